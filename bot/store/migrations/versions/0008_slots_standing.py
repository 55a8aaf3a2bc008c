"""How check-ins stand with many clients is read from an index alone."""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("slots_standing", "slots", ["client", "state", "due"], unique=False)


def downgrade() -> None:
    op.drop_index("slots_standing", table_name="slots")
