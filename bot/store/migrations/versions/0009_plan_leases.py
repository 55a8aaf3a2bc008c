"""A claim on a plan stands beside the plan, no longer in it, and is found from an index alone."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_DUE = sa.text("due IS NOT NULL")


def upgrade() -> None:
    op.create_table(
        "plan_leases",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_plan_leases")),
    )
    _index("due", "client", "id")


def downgrade() -> None:
    _index("due")
    op.drop_table("plan_leases")


def _index(*columns: str) -> None:
    op.drop_index("plans_due", table_name="plans")
    op.create_index("plans_due", "plans", list(columns), unique=False, sqlite_where=_DUE, postgresql_where=_DUE)
