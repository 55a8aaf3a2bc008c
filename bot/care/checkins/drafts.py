"""A plan while it is being put together: as JSON in the flow, and back."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, time
from typing import Any

from bot.care.checkins.plan import OWN, USUAL_AT, Plan, Span

_FORM = "%H:%M"


def new_draft(zone: str) -> Plan:
    """A sensible beginning: three evenings a week (S-09)."""
    return Plan(id="", zone=zone, at=USUAL_AT)


def draft_of(plan: Plan) -> dict[str, Any]:
    return {
        "id": plan.id,
        "zone": plan.zone,
        "days": list(plan.days),
        "at": plan.at.strftime(_FORM) if plan.at else "",
        "window": _texts(plan.window),
        "kinds": list(plan.kinds),
        "quiet": _texts(plan.quiet),
        "until": plan.until.isoformat() if plan.until else "",
        "origin": plan.origin,
    }


def plan_of(draft: Mapping[str, Any]) -> Plan:
    return Plan(
        id=str(draft["id"]),
        zone=str(draft["zone"]),
        days=tuple(draft["days"]),
        at=time.fromisoformat(draft["at"]) if draft["at"] else None,
        window=_span(draft["window"]),
        kinds=tuple(draft["kinds"]),
        quiet=_span(draft["quiet"]) or (time(0), time(0)),
        until=date.fromisoformat(draft["until"]) if draft["until"] else None,
        origin=str(draft.get("origin", OWN)),
    )


def merged(kept: Plan, draft: Plan) -> Plan:
    """The kept plan with what the client chose."""
    return replace(
        kept,
        zone=draft.zone,
        days=draft.days,
        at=draft.at,
        window=draft.window,
        kinds=draft.kinds,
        quiet=draft.quiet,
        until=draft.until,
    )


def _texts(span: Span | None) -> list[str]:
    return [at.strftime(_FORM) for at in span] if span else []


def _span(texts: list[str]) -> Span | None:
    return (time.fromisoformat(texts[0]), time.fromisoformat(texts[1])) if texts else None
