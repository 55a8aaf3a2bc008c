"""The people of the practice: inviting, roles, revoking sessions, letting go, handing clients over. For leads."""

from dataclasses import replace

from starlette.responses import Response

from bot.care.staff import changes, joining
from bot.care.staff.access import Act
from bot.care.staff.joining import StaffError
from bot.care.staff.records import CodeKind, Member, Role
from bot.console.seat import Page, PageError, Seat


async def show(seat: Seat, code: str = "", name: str = "") -> Response:
    book = seat.house.store.staff
    everyone = await book.people.all()
    codes = [c for c in await book.people.codes() if c.kind is CodeKind.STAFF and c.ends > seat.now]
    return seat.render(
        "people.html",
        members=[member for member in everyone if member.active],
        left=[member for member in everyone if not member.active],
        codes=codes,
        having=await book.links.having(),
        roles=list(Role),
        code=code,
        name=name,
    )


async def invite(seat: Seat) -> Response:
    """The code stands on the answer itself: it is shown once and kept nowhere in clear."""
    try:
        role = Role(seat.one("role"))
    except ValueError:
        raise PageError(400, "Choose one of the roles.") from None
    name = joining.clean_name(seat.one("name"))
    code = await joining.invite(seat.house.store.staff, name, role, seat.now)
    return await show(seat, code, name)


async def drop_invite(seat: Seat) -> Response:
    wanted = seat.one("code", 64)
    known = [code.hash for code in await seat.house.store.staff.people.codes() if code.kind is CodeKind.STAFF]
    if wanted in known:
        await seat.house.store.staff.people.drop_code(wanted)
    return seat.to("/people", "code-dropped")


async def _other(seat: Seat, field: str = "member") -> Member:
    found = await seat.house.store.staff.people.member(seat.one(field, 32))
    if found is None or not found.active:
        raise PageError(404, "There is no such member of the practice.")
    return found


async def change_role(seat: Seat) -> Response:
    member = await _other(seat)
    if member.id == seat.member.id:
        raise StaffError("Somebody else has to change your own role.")
    try:
        role = Role(seat.one("role"))
    except ValueError:
        raise PageError(400, "Choose one of the roles.") from None
    if role is Role.OPERATOR and await seat.house.store.staff.links.of_member(member.id):
        raise StaffError(f"{member.name} still has clients; hand them over first.")
    await seat.house.store.staff.people.save(replace(member, role=role))
    seat.house.room.rota.changed()
    return seat.to("/people", "role")


async def revoke(seat: Seat) -> Response:
    member = await _other(seat)
    await seat.house.store.staff.doors.close(member.id)
    return seat.to("/people", "revoked")


async def let_go(seat: Seat) -> Response:
    member = await _other(seat)
    if member.id == seat.member.id:
        raise StaffError("Somebody else has to do this for you.")
    to = seat.one("to", 32)
    if to:
        await changes.hand_over_all(seat.house.tell, member, await _other(seat, "to"))
    elif await seat.house.store.staff.links.of_member(member.id) and not seat.one("end"):
        raise StaffError(f"{member.name} has clients. Choose who takes them over, or say that the links end.")
    await changes.leave(seat.house.tell, member, seat.now)
    seat.house.room.rota.changed()
    seat.house.wake()
    return seat.to("/people", "let-go")


async def hand_over_all(seat: Seat) -> Response:
    member, to = await _other(seat), await _other(seat, "to")
    await changes.hand_over_all(seat.house.tell, member, to)
    seat.house.wake()
    return seat.to("/people", "handed")


PAGES = (
    Page("/people", Act.PEOPLE, show),
    Page("/people/invite", Act.PEOPLE, invite, "POST"),
    Page("/people/drop-invite", Act.PEOPLE, drop_invite, "POST"),
    Page("/people/role", Act.PEOPLE, change_role, "POST"),
    Page("/people/revoke", Act.PEOPLE, revoke, "POST"),
    Page("/people/let-go", Act.PEOPLE, let_go, "POST"),
    Page("/people/hand-over", Act.PEOPLE, hand_over_all, "POST"),
)
