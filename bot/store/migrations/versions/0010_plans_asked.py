"""Since when a proposed plan waits for its client's answer, found without opening the plan.

A plan's form is sealed, so what was proposed before this version is not known here until it is answered or changed.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_ASKED = sa.text("asked IS NOT NULL")


def upgrade() -> None:
    op.add_column("plans", sa.Column("asked", sa.BigInteger(), nullable=True))
    op.create_index(
        "plans_asked", "plans", ["client", "asked"], unique=False, sqlite_where=_ASKED, postgresql_where=_ASKED
    )


def downgrade() -> None:
    op.drop_index("plans_asked", table_name="plans")
    with op.batch_alter_table("plans") as plans:
        plans.drop_column("asked")
