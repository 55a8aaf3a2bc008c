"""What alembic runs: the migrations over the connection that bot.store.schema hands in."""

from alembic import context

import bot.store.checkin_tables
import bot.store.staff.tables  # noqa: F401 - puts its tables into the metadata
from bot.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
