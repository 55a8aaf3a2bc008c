"""The tables, one set for SQLite and PostgreSQL.

No column holds a person's words or a Telegram id in clear: `who`, `record`, `words`, `notes` and `body` are sealed,
`chat`, `owner` and `guard` are keyed hashes, `id` of a client is random. Times are microseconds since 1970, UTC.
"""

from enum import IntEnum

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Sequence,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

# Every constraint has a name, so that a later migration can name it.
metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
    }
)

# SQLite counts up by itself only in an INTEGER key; a BIGINT one would stay empty.
Counted = BigInteger().with_variant(Integer, "sqlite")


def partial_index(name: str, *columns: str, where: str) -> Index:
    """An index over the rows for which `where` holds, the same in both databases."""
    return Index(name, *columns, sqlite_where=text(where), postgresql_where=text(where))


class InboxState(IntEnum):
    WAITING = 0
    HANDLED = 1
    ASIDE = 2


class OutboxState(IntEnum):
    PENDING = 0
    SENDING = 1
    SENT = 2
    FAILED = 3
    UNKNOWN = 4
    DROPPED = 5


meta = Table(
    "meta",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", LargeBinary, nullable=False),
)

counters = Table(
    "counters",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", BigInteger, nullable=False),
)

clients = Table(
    "clients",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("chat", LargeBinary, nullable=False, unique=True),
    Column("who", LargeBinary, nullable=False),
    Column("data_key", LargeBinary, nullable=False),  # wrapped by the master key
    Column("record", LargeBinary, nullable=False),
    Column("turns", BigInteger, nullable=False),  # number of the newest turn
    Column("version", BigInteger, nullable=False),  # guards against a second writer
    Column("paused", SmallInteger, nullable=False, server_default="0"),  # for lists that open no record
)

turns = Table(
    "turns",
    metadata,
    Column("client", String(64), ForeignKey("clients.id", ondelete="CASCADE"), primary_key=True),
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("at", BigInteger, nullable=False),
    Column("worded", SmallInteger, nullable=False),  # 0 once the words were emptied
    Column("words", LargeBinary, nullable=False),
    Column("notes", LargeBinary, nullable=False),
    partial_index("turns_worded", "at", where="worded = 1"),
)

keepsakes = Table(
    "keepsakes",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("client", String(64), ForeignKey("clients.id", ondelete="CASCADE"), nullable=False),
    Column("kind", String(32), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Index("keepsakes_client", "client", "kind", "at"),
)

inbox = Table(
    "inbox",
    metadata,
    Column("id", Counted, primary_key=True),
    Column("update_id", BigInteger, nullable=False),
    Column("day", Integer, nullable=False),  # day of arrival, counted from year 1
    Column("chat", LargeBinary),  # none once the client was erased
    Column("guard", LargeBinary, unique=True),
    Column("who", LargeBinary, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("received", BigInteger, nullable=False),
    Column("state", SmallInteger, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("why", String(64), nullable=False),
    UniqueConstraint("update_id", "day"),
    partial_index("inbox_waiting", "chat", "update_id", where="state = 0"),
    partial_index("inbox_aside", "received", where="state = 2"),
    Index("inbox_chat", "chat"),
    Index("inbox_received", "received"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("chat", LargeBinary, nullable=False),  # where it goes
    Column("owner", LargeBinary, nullable=False),  # whose turn made it
    Column("who", LargeBinary, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("priority", SmallInteger, nullable=False),
    Column("once", SmallInteger, nullable=False),  # 1: at most once
    Column("alert", BigInteger),
    Column("state", SmallInteger, nullable=False),
    Column("not_before", BigInteger, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("taker", BigInteger, nullable=False),  # which running program has it in hand
    Column("created", BigInteger, nullable=False),
    Column("finished", BigInteger),
    Column("message", BigInteger),  # number within its chat; names nobody
    Column("why", String(64), nullable=False),
    partial_index("outbox_due", "not_before", "priority", "id", where="state = 0"),
    partial_index("outbox_open", "chat", where="state < 2"),
    partial_index("outbox_troubled", "state", where="state > 2"),
    Index("outbox_owner", "owner"),
    Index("outbox_finished", "finished"),
)

# Across replicas only a sequence drawn under the chat's lock keeps the order of a chat; clocks do not.
outbox_numbers = Sequence("outbox_numbers", metadata=metadata)

letters = Table(
    "letters",
    metadata,
    Column("id", Counted, primary_key=True),
    Column("owner", LargeBinary, nullable=False),  # whose turn made it
    Column("alert", BigInteger, nullable=False),
    Column("contact", String(64), nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("state", SmallInteger, nullable=False),  # an OutboxState
    Column("not_before", BigInteger, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("taker", BigInteger, nullable=False),
    Column("created", BigInteger, nullable=False),
    Column("finished", BigInteger),
    Column("why", String(64), nullable=False),
    partial_index("letters_due", "not_before", where="state = 0"),
    Index("letters_alert", "alert"),
    Index("letters_owner", "owner"),
)

alerts = Table(
    "alerts",
    metadata,
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("client", String(64), ForeignKey("clients.id", ondelete="SET NULL")),
    Column("alias", String(64), nullable=False),
    Column("tier", SmallInteger, nullable=False),
    Column("kinds", String(400), nullable=False),
    Column("state", String(16), nullable=False),
    Column("raised", BigInteger, nullable=False),
    Column("level", Integer, nullable=False),
    Index("alerts_client", "client"),
    Index("alerts_state", "state"),
)

alert_steps = Table(
    "alert_steps",
    metadata,
    Column("id", Counted, primary_key=True),
    Column("number", BigInteger, ForeignKey("alerts.number"), nullable=False),
    Column("state", String(16), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("who", String(64), nullable=False),
    Column("why", String(64), nullable=False),
    Index("alert_steps_number", "number"),
    Index("alert_steps_who", "who"),
)

studies = Table(
    "studies",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("facts", Text, nullable=False),  # JSON; nothing of a client
)

# Random study ids, sealed with the client's own key. Rows may be destroyed: then nothing leads back from an export.
study_ids = Table(
    "study_ids",
    metadata,
    Column("study", String(64), ForeignKey("studies.name"), primary_key=True),
    Column("client", String(64), ForeignKey("clients.id", ondelete="CASCADE"), primary_key=True),
    Column("code", LargeBinary, nullable=False),
    Index("study_ids_client", "client"),
)

# Who took what out, when and why. Append-only: nothing changes or deletes a row.
study_exports = Table(
    "study_exports",
    metadata,
    Column("id", Counted, primary_key=True),
    Column("study", String(64), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("record", Text, nullable=False),  # JSON
    Index("study_exports_study", "study"),
)
