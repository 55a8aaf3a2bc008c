"""What a page holds in its hands: the house behind it, who is signed in, the client it is about, and what was sent."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.care.ports import Clock, Store
from bot.care.staff import tokens
from bot.care.staff.access import Act, may
from bot.care.staff.changes import Teller
from bot.care.staff.records import Link, Member, Session
from bot.care.visit import Policy, Room
from bot.console.shown import Shown
from responses.voice import Voice

ROOT = "/console"


@dataclass(frozen=True, slots=True)
class House:
    """Handed in by wiring."""

    room: Room
    shown: Shown
    idle: timedelta
    address: str  # public, without a path
    wake: Callable[[], None]  # something was queued for Telegram

    @property
    def store(self) -> Store:
        return self.room.store

    @property
    def voice(self) -> Voice:
        return self.room.voice

    @property
    def clock(self) -> Clock:
        return self.room.clock

    @property
    def policy(self) -> Policy:
        return self.room.policy

    @property
    def secure(self) -> bool:
        return self.address.startswith("https://")

    @property
    def tell(self) -> Teller:
        return Teller.apart(self.store, self.voice)


class PageError(Exception):
    """A request that is refused: an HTTP status and one clear sentence."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


NOT_THERE = "There is no such page, or it is not yours to see."


@dataclass(slots=True)
class Seat:
    """One request of somebody who is signed in."""

    house: House
    request: Request
    member: Member
    session: Session
    secret: str  # of the session's cookie
    now: datetime
    link: Link | None = None
    form: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def csrf(self) -> str:
        return tokens.mark(self.secret, "form")

    @property
    def client(self) -> Link:
        """The link that the address names, which the gate has checked."""
        if self.link is None:
            raise PageError(404, NOT_THERE)
        return self.link

    def one(self, name: str, longest: int = 200) -> str:
        """A field of the form, "" when it was left out. Raises PageError beyond `longest` characters."""
        value = next(iter(self.form.get(name, ())), "").strip()
        if len(value) > longest:
            raise PageError(400, f"That is too long: {longest} characters at most.")
        return value

    def many(self, name: str) -> list[str]:
        return list(dict.fromkeys(self.form.get(name, ())))

    def may(self, act: Act, link: Link | None = None) -> bool:
        return may(self.member, act, link)

    def render(self, page_name: str, status: int = 200, **values: Any) -> HTMLResponse:
        page = self.house.shown.page(page_name, seat=self, now=self.now, **values)
        return HTMLResponse(page, status)

    def to(self, path: str, said: str = "", place: str = "") -> Response:
        """On to another page, which says `said` (a name in bot.console.shown.SAID), and to a `place` on it."""
        return RedirectResponse(f"{ROOT}{path}{f'?said={said}' if said else ''}{f'#{place}' if place else ''}", 303)


Handle = Callable[[Seat], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Page:
    """An address and who may use it. Every page that needs a session is one of these; the gate reads nothing else."""

    path: str
    act: Act
    handle: Handle
    method: str = "GET"
    look: str = ""  # what goes on the client's record when it is shown
    live: bool = False  # asked for by the page itself, again and again

    @property
    def of_client(self) -> bool:
        return "{link}" in self.path
