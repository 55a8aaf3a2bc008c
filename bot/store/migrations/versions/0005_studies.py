"""Studies, their tables of random ids, and the record of exports."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_COUNTED = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "studies",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_studies")),
    )
    op.create_table(
        "study_ids",
        sa.Column("study", sa.String(length=64), nullable=False),
        sa.Column("client", sa.String(length=64), nullable=False),
        sa.Column("code", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["study"], ["studies.name"], name=op.f("fk_study_ids_study")),
        sa.ForeignKeyConstraint(["client"], ["clients.id"], name=op.f("fk_study_ids_client"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("study", "client", name=op.f("pk_study_ids")),
    )
    op.create_index("study_ids_client", "study_ids", ["client"], unique=False)
    op.create_table(
        "study_exports",
        sa.Column("id", _COUNTED, nullable=False),
        sa.Column("study", sa.String(length=64), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_study_exports")),
    )
    op.create_index("study_exports_study", "study_exports", ["study"], unique=False)


def downgrade() -> None:
    op.drop_table("study_exports")
    op.drop_table("study_ids")
    op.drop_table("studies")
