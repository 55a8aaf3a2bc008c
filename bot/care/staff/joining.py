"""Coming into a practice by a code, and going: invite, join, leave, hand over."""

from dataclasses import replace
from datetime import datetime

from bot.care.staff import tokens
from bot.care.staff.access import Act, may
from bot.care.staff.ports import StaffBook
from bot.care.staff.records import CLIENT_CODE_LASTS, INVITE_LASTS, Code, CodeKind, Link, Member, Role

LONGEST_NAME = 60


class StaffError(Exception):
    """Something that cannot be done, said in one clear sentence to a member of the practice."""


def clean_name(typed: str) -> str:
    """One line without control characters. Raises StaffError when it is empty or too long."""
    name = " ".join("".join(c for c in typed if c.isprintable() or c.isspace()).split())
    if not name:
        raise StaffError("A name is needed.")
    if len(name) > LONGEST_NAME:
        raise StaffError(f"A name may have {LONGEST_NAME} characters at most.")
    return name


async def invite(book: StaffBook, name: str, role: Role, now: datetime) -> str:
    """A code that lets one person join under this name; it ends after two days. Raises StaffError."""
    code = tokens.new_code()
    ends = now + INVITE_LASTS
    await book.people.add_code(
        Code(tokens.code_hash(code), CodeKind.STAFF, ends, now, name=clean_name(name), role=role)
    )
    return code


async def client_code(book: StaffBook, member: Member, label: str, now: datetime) -> str:
    """A code that links one client with this member, who calls the client `label`. Raises StaffError."""
    if not may(member, Act.INVITE_CLIENT):
        raise StaffError("Your role has no clients.")
    code = tokens.new_code()
    kept = Code(
        tokens.code_hash(code), CodeKind.CLIENT, now + CLIENT_CODE_LASTS, now, name=clean_name(label), member=member.id
    )
    await book.people.add_code(kept)
    return code


async def find_code(book: StaffBook, typed: str, kind: CodeKind, now: datetime) -> Code | None:
    """The code that was typed, while it holds."""
    plain = tokens.plain_code(typed)
    found = await book.people.code(tokens.hashed(plain)) if plain else None
    return found if found is not None and found.kind is kind and found.ends > now else None


async def join(book: StaffBook, typed: str, chat: int, zone: str, now: datetime) -> Member | None:
    """Become a member by an invite; None when the code does not hold (any more)."""
    code = await find_code(book, typed, CodeKind.STAFF, now)
    if code is None:
        return None
    member = Member(tokens.new_id(), code.role, code.name, now, chat=chat, zone=zone)
    return member if await book.people.join(member, code.hash) else None


async def leave(book: StaffBook, member: Member, now: datetime) -> list[Link]:
    """A member leaves the practice: sessions, links and codes end at once; returns the clients left without them.

    The last lead cannot leave: nobody could let anyone in or plan who is on call. Raises StaffError.
    """
    if member.role is Role.LEAD and await _leads(book) <= 1:
        raise StaffError("The last lead cannot leave; make somebody else a lead first.")
    left = await book.links.of_member(member.id)
    await book.doors.close(member.id)
    for code in await book.people.codes():
        if code.member == member.id:
            await book.people.drop_code(code.hash)
    await book.people.save(replace(member, chat=0, left=now, desk={}))
    return left


async def _leads(book: StaffBook) -> int:
    return sum(member.active and member.role is Role.LEAD for member in await book.people.all())


async def hand_over(book: StaffBook, link: Link, to: Member) -> Link:
    """Give a client to a colleague. Raises StaffError when they cannot take one."""
    if not may(to, Act.INVITE_CLIENT):
        raise StaffError(f"{to.name} cannot look after clients.")
    if any(other.member == to.id for other in await book.links.of_client(link.client)):
        raise StaffError(f"{to.name} looks after this client already.")
    handed = replace(link, member=to.id)
    await book.links.change(handed)
    return handed
