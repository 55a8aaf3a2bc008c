"""Values of the practice as a whole, such as its rota."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "practice_values",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_practice_values")),
    )


def downgrade() -> None:
    op.drop_table("practice_values")
