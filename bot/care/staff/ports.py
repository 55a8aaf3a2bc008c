"""What the people's side of care needs kept. Made by bot.store over SQL, with an in-memory twin for tests.

Every method is a transaction of its own. Hashes are made by the caller: what is handed over stands nowhere in clear.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol

from bot.care.staff.records import Code, Link, Look, Member, Note, NoteState, Proposal, Session, SignIn, Standing


class People(Protocol):
    async def join(self, member: Member, code: str) -> bool:
        """Add a member by a code, which is used up with it; False when the code was used meanwhile.

        Raises StoreError when the chat belongs to a member already.
        """

    async def save(self, member: Member) -> None:
        """Name, role, chat, zone, desk and leaving."""

    async def member(self, member: str) -> Member | None: ...

    async def at(self, chat: int) -> Member | None:
        """The active member whose chat this is."""

    async def all(self) -> list[Member]:
        """By time of joining; those who left included."""

    async def add_code(self, code: Code) -> None: ...

    async def code(self, hash_: str) -> Code | None:
        """One that was neither used nor taken back; it may be past its end."""

    async def codes(self) -> list[Code]:
        """Those not used, newest last."""

    async def drop_code(self, hash_: str) -> None: ...


class Links(Protocol):
    async def link(self, link: Link) -> bool:
        """Link by a code, which is used up with it; False when it was used meanwhile. The client must be there."""

    async def one(self, link: str) -> Link | None: ...

    async def of_member(self, member: str) -> list[Link]:
        """By label, without regard to case."""

    async def some_of_member(self, member: str, clients: Sequence[str]) -> list[Link]:
        """Those about these clients, in no order: a page that shows twenty does not open a thousand."""

    async def of_client(self, client: str) -> list[Link]: ...

    async def all(self) -> list[Link]: ...

    async def having(self) -> set[str]:
        """Members who look after somebody."""

    async def change(self, link: Link) -> None:
        """Label, member (a hand-over) and whether notes are taken."""

    async def end(self, link: str) -> None: ...

    async def standings(
        self, member: str, since: datetime, clients: Sequence[str] | None = None
    ) -> dict[str, Standing]:
        """By client, of all of a member's or of these; check-ins before `since` are not looked at."""

    async def chat(self, client: str) -> int | None:
        """The client's chat, to open their data with `Store.work`; None when erased."""


class Looks(Protocol):
    async def add(self, member: str, clients: Sequence[str], what: str, at: datetime) -> None: ...

    async def seen_since(self, member: str, what: str, since: datetime) -> set[str]:
        """Clients whose `what` this member looked at since then."""

    async def of_client(self, client: str, limit: int = 100) -> list[Look]:
        """Newest first."""

    async def of_practice(self, member: str = "", limit: int = 200) -> list[Look]:
        """Newest first, with the link and label if there still is one; of one member, or of all for ""."""


class Doors(Protocol):
    """Sign-in links and sessions of the console."""

    async def add_sign_in(self, sign_in: SignIn, made: datetime) -> None: ...

    async def sign_in(self, hash_: str) -> SignIn | None: ...

    async def bind(self, hash_: str, browser: str) -> bool:
        """The first browser to open a link has it from then on. True for that one, also when it comes again."""

    async def use_sign_in(self, hash_: str) -> bool:
        """True for the first who uses it."""

    async def recent_sign_ins(self, member: str, since: datetime) -> int: ...

    async def open(self, hash_: str, session: Session) -> None: ...

    async def session(self, hash_: str) -> Session | None: ...

    async def touch(self, session: str, now: datetime) -> None: ...

    async def sessions(self, member: str) -> list[Session]: ...

    async def close(self, member: str, session: str = "") -> int:
        """End one session of a member, or all of them and their unused links; returns how many ended."""

    async def tidy(self, now: datetime) -> None:
        """Let go of what is past its time: links, sessions, codes."""


class Notes(Protocol):
    async def add(self, note: Note) -> None: ...

    async def of_link(self, link: str) -> list[Note]:
        """Newest first."""

    async def due(self, now: datetime) -> list[Note]: ...

    async def settle(self, note: str, state: NoteState, why: str = "") -> bool:
        """Leave `waiting`, once; the words are emptied. True for the first who settles it."""


class Proposals(Protocol):
    async def add(self, proposal: Proposal) -> None: ...

    async def all(self) -> list[Proposal]:
        """Newest first."""

    async def settle(self, proposal: str, state: str) -> None: ...


class KeptForPractice(Protocol):
    """One value that belongs to the practice as a whole, as JSON."""

    async def load(self) -> dict[str, Any] | None: ...

    async def save(self, value: dict[str, Any]) -> None: ...


class StaffBook(Protocol):
    """All of it, as a store hands it out."""

    @property
    def people(self) -> People: ...
    @property
    def links(self) -> Links: ...
    @property
    def looks(self) -> Looks: ...
    @property
    def doors(self) -> Doors: ...
    @property
    def notes(self) -> Notes: ...
    @property
    def proposals(self) -> Proposals: ...
    @property
    def rota(self) -> KeptForPractice: ...
    @property
    def signatures(self) -> KeptForPractice:
        """Entry id -> {"sha256", "reviewer", "date"}, as the lock file has it: given here, not yet taken up there."""
