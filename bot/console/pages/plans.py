"""The plan editor: from a template to a proposal, for one client or several, with a preview in both zones."""

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from bot.care.checkins.asking import example
from bot.care.checkins.plan import DAYS, KINDS
from bot.care.staff import looking, planning, templates
from bot.care.staff.access import Act
from bot.care.staff.joining import StaffError
from bot.care.staff.records import Link
from bot.console.seat import NOT_THERE, Page, PageError, Seat

_USUAL, _OTHER = "usual", "other"


async def new(seat: Seat) -> Response:
    """`?template=NAME&client=LINK...`: whom it is for, those named ticked, and which template."""
    query = seat.request.query_params
    wanted = query.getlist("client")[: planning.MOST_AT_ONCE]
    chosen = query.get("template", _USUAL)
    return await _form(seat, {"client": wanted}, chosen if templates.named(chosen) or chosen == _OTHER else _USUAL)


def _from(template: templates.Template, clients: list[str]) -> dict[str, Any]:
    """The editor's fields, as the template has them."""
    return {
        "days": list(template.days),
        "when": "window" if template.window else "at",
        "at": f"{template.at:%H:%M}" if template.at else "18:30",
        "from": f"{template.window[0]:%H:%M}" if template.window else "17:00",
        "to": f"{template.window[1]:%H:%M}" if template.window else "20:00",
        "kinds": list(template.kinds),
        "quiet_from": "21:00",
        "quiet_to": "09:00",
        "until": "",
        "client": clients,
    }


async def _form(seat: Seat, filled: Mapping[str, Any], template: str = "", sentence: str = "") -> Response:
    """The choice of a template, as `template` says; for "" the editor with every field."""
    links = await seat.house.store.staff.links.of_member(seat.member.id)
    await looking.record(seat.house.store.staff.looks, seat.member, [k.client for k in links], looking.LIST, seat.now)
    return seat.render(
        "plan.html" if template else "plan_edit.html",
        status=400 if sentence else 200,
        links=links,
        filled=filled,
        sentence=sentence,
        template=template,
        templates=templates.TEMPLATES,
        examples={one.name: example(seat.house.voice, one.kinds[0]) for one in templates.TEMPLATES},
        days=DAYS,
        kinds=KINDS,
    )


def _filled(seat: Seat) -> dict[str, Any]:
    names = ("when", "at", "from", "to", "quiet_from", "quiet_to", "until")
    single = {name: seat.one(name, 20) for name in names}
    return {**single, **{name: seat.many(name) for name in ("days", "kinds", "client")}}


def _given(filled: Mapping[str, Any]) -> dict[str, Any]:
    """The form as a plan's plain values."""
    given: dict[str, Any] = {"days": filled["days"]}
    if filled["when"] == "window":
        given["window"] = [filled["from"], filled["to"]]
    else:
        given["at"] = filled["at"]
    if filled["kinds"]:
        given["kinds"] = filled["kinds"]
    if filled["quiet_from"] or filled["quiet_to"]:
        given["quiet"] = [filled["quiet_from"], filled["quiet_to"]]
    if filled["until"]:
        given["until"] = filled["until"]
    return given


async def _links(seat: Seat, wanted: list[str]) -> list[Link]:
    """The clients that were ticked, every one of them this member's own."""
    if not wanted:
        raise StaffError("Choose at least one client.")
    if len(wanted) > planning.MOST_AT_ONCE:
        raise StaffError(f"Choose {planning.MOST_AT_ONCE} clients at most.")
    found = {link.id: link for link in await seat.house.store.staff.links.of_member(seat.member.id)}
    links = [found.get(link) for link in wanted]
    if any(link is None or not seat.may(Act.CARE_FOR_CLIENT, link) for link in links):
        raise PageError(404, NOT_THERE)
    return [link for link in links if link is not None]


async def preview(seat: Seat) -> Response:
    """Of a template chosen by its name, or of what the editor holds; for other days and times the editor itself."""
    filled, chosen = _filled(seat), seat.one("template", 20)
    if template := templates.named(chosen):
        filled = _from(template, filled["client"])
    elif chosen:
        usual = templates.named(_USUAL)
        assert usual is not None
        return await _form(seat, _from(usual, filled["client"]))
    try:
        links, plan = await _links(seat, filled["client"]), planning.plan_of(_given(filled))
    except StaffError as refused:
        return await _form(seat, filled, chosen, str(refused))
    examples = [(kind, example(seat.house.voice, kind)) for kind in plan.kinds]
    outlooks = await planning.outlook(seat.house.room, plan, links)
    return seat.render("plan_preview.html", filled=filled, plan=plan, outlooks=outlooks, examples=examples)


async def propose(seat: Seat) -> Response:
    filled = _filled(seat)
    if seat.one("change"):
        return await _form(seat, filled)
    try:
        links, plan = await _links(seat, filled["client"]), planning.plan_of(_given(filled))
    except StaffError as refused:
        return await _form(seat, filled, sentence=str(refused))
    outcomes = await planning.propose_to(seat.house.room, seat.member, plan, links)
    seat.house.wake()
    if len(outcomes) == 1 and not outcomes[0].against:
        return seat.to(f"/clients/{links[0].id}", "plan")
    return seat.render("plan_sent.html", outcomes=outcomes)


async def stop(seat: Seat) -> Response:
    plan = seat.one("plan", 32)
    if await planning.stop(seat.house.room, seat.client, plan):
        await seat.house.tell.client(seat.client.client, "people.plan.ended", name=seat.member.name)
        seat.house.wake()
    return seat.to(f"/clients/{seat.client.id}", "plan-ended")


PAGES = (
    Page("/plans/new", Act.INVITE_CLIENT, new),
    Page("/plans/preview", Act.INVITE_CLIENT, preview, "POST"),
    Page("/plans", Act.INVITE_CLIENT, propose, "POST"),
    Page("/clients/{link}/stop-plan", Act.CARE_FOR_CLIENT, stop, "POST"),
)
