"""The way into the console: a link that the bot sends, for the browser that opens it first, once, for five minutes."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.care.staff import tokens
from bot.care.staff.ports import StaffBook
from bot.care.staff.records import LINK_LASTS, SESSION_ENDS, Member, Session, SignIn

_MOST_LINKS, _LINKS_WITHIN = 5, timedelta(minutes=10)
_TOUCH_AFTER = timedelta(seconds=30)  # the record of when a session was used is not written at every page


class Refusal(StrEnum):
    """Why a link does not open the console."""

    UNKNOWN = "unknown"  # never given out, forged, or tidied away
    PAST = "past"
    USED = "used"
    OTHER_BROWSER = "other_browser"
    GONE = "gone"  # the member left


async def new_link(book: StaffBook, member: Member, now: datetime) -> str | None:
    """The token of a fresh link; None when too many were asked for in the last minutes."""
    if await book.doors.recent_sign_ins(member.id, now - _LINKS_WITHIN) >= _MOST_LINKS:
        return None
    token = tokens.new_token()
    await book.doors.add_sign_in(SignIn(tokens.hashed(token), member.id, now + LINK_LASTS), now)
    return token


async def open_link(book: StaffBook, token: str, browser: str, now: datetime) -> Member | Refusal:
    """Look at a link with a browser's own secret. The first browser binds it to itself; nothing is used up."""
    found = await book.doors.sign_in(tokens.hashed(token))
    if found is None:
        return Refusal.UNKNOWN
    if found.ends <= now:
        return Refusal.PAST
    if found.used:
        return Refusal.USED
    if not await book.doors.bind(found.hash, tokens.hashed(browser)):
        return Refusal.OTHER_BROWSER
    member = await book.people.member(found.member)
    return member if member is not None and member.active else Refusal.GONE


@dataclass(frozen=True, slots=True)
class SignedIn:
    token: str  # for the cookie
    member: Member
    session: Session


async def use_link(book: StaffBook, token: str, browser: str, shown: str, now: datetime) -> SignedIn | Refusal:
    """Begin a session in the browser that opened the link. `shown` names it to its owner: "Firefox on Linux"."""
    member = await open_link(book, token, browser, now)
    if isinstance(member, Refusal):
        return member
    if not await book.doors.use_sign_in(tokens.hashed(token)):
        return Refusal.USED
    secret = tokens.new_token()
    session = Session(tokens.new_id(), member.id, shown, begun=now, seen=now, ends=now + SESSION_ENDS)
    await book.doors.open(tokens.hashed(secret), session)
    return SignedIn(secret, member, session)


async def who(
    book: StaffBook, token: str, idle: timedelta, now: datetime, *, touch: bool = True
) -> tuple[Member, Session] | None:
    """Whose session a cookie is; None when it ended, was idle too long, was revoked or never was.

    With `touch` False the look does not count as use: a page that refreshes itself must not keep a session alive.
    """
    session = await book.doors.session(tokens.hashed(token)) if token else None
    if session is None:
        return None
    if session.ends <= now or now - session.seen > idle:
        await book.doors.close(session.member, session.id)
        return None
    member = await book.people.member(session.member)
    if member is None or not member.active:
        return None
    if touch and now - session.seen > _TOUCH_AFTER:
        await book.doors.touch(session.id, now)
    return member, session
