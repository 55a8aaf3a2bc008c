"""The tables of the people's side. Names, labels, chats and words are sealed by the master key; codes are hashes."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, LargeBinary, SmallInteger, String, Table

from bot.store.tables import Counted, metadata, partial_index

members = Table(
    "members",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("role", String(16), nullable=False),
    Column("chat", LargeBinary, unique=True),  # keyed hash; none once they left
    Column("body", LargeBinary, nullable=False),  # name, chat, zone, desk
    Column("created", BigInteger, nullable=False),
    Column("gone", BigInteger),
)

staff_codes = Table(
    "staff_codes",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("member", String(32), ForeignKey("members.id", ondelete="CASCADE")),
    Column("body", LargeBinary, nullable=False),  # name, role
    Column("made", BigInteger, nullable=False),
    Column("ends", BigInteger, nullable=False),
)

links = Table(
    "links",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("client", String(64), ForeignKey("clients.id", ondelete="CASCADE"), nullable=False),
    Column("member", String(32), ForeignKey("members.id"), nullable=False),
    Column("code", String(64), nullable=False),
    Column("label", LargeBinary, nullable=False),
    Column("since", BigInteger, nullable=False),
    Column("notes", SmallInteger, nullable=False),
    Index("links_client", "client"),
    Index("links_member", "member"),
)

looks = Table(
    "looks",
    metadata,
    Column("id", Counted, primary_key=True),
    Column("client", String(64), ForeignKey("clients.id", ondelete="SET NULL")),  # the look outlives an erasure
    Column("member", String(32), ForeignKey("members.id"), nullable=False),
    Column("what", String(32), nullable=False),
    Column("at", BigInteger, nullable=False),
    Index("looks_client", "client", "at"),
    Index("looks_member", "member", "at"),
)

sign_ins = Table(
    "sign_ins",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("member", String(32), ForeignKey("members.id", ondelete="CASCADE"), nullable=False),
    Column("browser", String(64), nullable=False),
    Column("made", BigInteger, nullable=False),
    Column("ends", BigInteger, nullable=False),
    Column("used", SmallInteger, nullable=False),
    Index("sign_ins_member", "member", "made"),
)

console_sessions = Table(
    "console_sessions",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("id", String(32), nullable=False, unique=True),
    Column("member", String(32), ForeignKey("members.id", ondelete="CASCADE"), nullable=False),
    Column("browser", String(80), nullable=False),
    Column("begun", BigInteger, nullable=False),
    Column("seen", BigInteger, nullable=False),
    Column("ends", BigInteger, nullable=False),
    Index("console_sessions_member", "member"),
)

staff_notes = Table(
    "staff_notes",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("link", String(32), ForeignKey("links.id", ondelete="CASCADE"), nullable=False),
    Column("client", String(64), ForeignKey("clients.id", ondelete="CASCADE"), nullable=False),
    Column("member", String(32), ForeignKey("members.id"), nullable=False),
    Column("body", LargeBinary, nullable=False),  # empty once it left `waiting`
    Column("due", BigInteger, nullable=False),
    Column("made", BigInteger, nullable=False),
    Column("state", String(16), nullable=False),
    Column("why", String(64), nullable=False),
    Index("staff_notes_link", "link"),
    partial_index("staff_notes_due", "due", where="state = 'waiting'"),
)

proposals = Table(
    "proposals",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("member", String(32), ForeignKey("members.id"), nullable=False),
    Column("entry", String(128), nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("made", BigInteger, nullable=False),
    Column("state", String(16), nullable=False),
)

practice_values = Table(
    "practice_values",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("body", LargeBinary, nullable=False),
)

# Table -> (sealed column, what its seal is about beside the row's key): for a change of the master key.
SEALED = {
    members: ("body", "member"),
    staff_codes: ("body", "code"),
    links: ("label", "link"),
    staff_notes: ("body", "staff note"),
    proposals: ("body", "proposal"),
    practice_values: ("body", "practice"),
}
