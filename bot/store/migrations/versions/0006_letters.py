"""Notes by mail and webhook, and finding what a contact did last."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    counted = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "letters",
        sa.Column("id", counted, nullable=False),
        sa.Column("owner", sa.LargeBinary(), nullable=False),
        sa.Column("alert", sa.BigInteger(), nullable=False),
        sa.Column("contact", sa.String(length=64), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.SmallInteger(), nullable=False),
        sa.Column("not_before", sa.BigInteger(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("taker", sa.BigInteger(), nullable=False),
        sa.Column("created", sa.BigInteger(), nullable=False),
        sa.Column("finished", sa.BigInteger(), nullable=True),
        sa.Column("why", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letters")),
    )
    pending = sa.text("state = 0")
    op.create_index("letters_due", "letters", ["not_before"], sqlite_where=pending, postgresql_where=pending)
    op.create_index("letters_alert", "letters", ["alert"])
    op.create_index("letters_owner", "letters", ["owner"])
    op.create_index("alert_steps_who", "alert_steps", ["who"])


def downgrade() -> None:
    op.drop_index("alert_steps_who", "alert_steps")
    op.drop_table("letters")
