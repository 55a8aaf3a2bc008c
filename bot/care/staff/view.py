"""One client as their practitioner may see them: what was agreed, what is shared, and when, never more."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.care.checkins.plan import Plan, Slot, SlotState, Status
from bot.care.checkins.schedule import Send, sends
from bot.care.ports import Store
from bot.care.records import Client
from bot.care.staff.records import Link, NoteState

MARKS_FOR = timedelta(days=42)
_PREVIEW, _TIMELINE, _ANSWERS = 7, 40, 20
_ANSWER_WITHIN = timedelta(hours=20)


@dataclass(frozen=True, slots=True)
class Mark:
    at: datetime
    value: int  # 1 very hard .. 5 good


@dataclass(frozen=True, slots=True)
class Said:
    """A client's answer to a check-in, in their words."""

    at: datetime
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Event:
    at: datetime
    what: str  # a name the page puts into words
    detail: str = ""


@dataclass(frozen=True, slots=True)
class PlanView:
    plan: Plan
    coming: list[Send]


@dataclass(frozen=True, slots=True)
class ClientView:
    zone: str
    consents: dict[str, bool]
    paused: bool
    plans: list[PlanView]
    timeline: list[Event]
    marks: list[Mark] | None = None  # None: not shared
    answers: list[Said] | None = None
    gone: bool = False  # erased or no longer talking
    quiet: tuple[str, str] = ("21:00", "09:00")
    slots: list[Slot] = field(default_factory=list)


async def view(store: Store, link: Link, now: datetime) -> ClientView | None:
    """None when the client's data is gone."""
    chat = await store.staff.links.chat(link.client)
    if chat is None:
        return None
    async with store.work(chat) as work:
        client = await work.client()
        if client is None:
            return None
        plans, slots = await work.plans(), await work.slots(_TIMELINE)
        marks = await work.kept("mark", 200) if client.consented("marks") else None
        turns = await work.turns(60) if client.consented("answers") else None
    notes = await store.staff.notes.of_link(link.id)
    events = [*_of_slots(slots), *_of_plans(plans, link), *_of_consents(client, link)]
    events += [Event(note.due, f"note-{note.state}") for note in notes if note.state is not NoteState.WAITING]
    events.sort(key=lambda event: event.at, reverse=True)
    return ClientView(
        zone=client.settings.zone,
        consents={name: client.consented(name) for name in ("talk", "marks", "answers", "alert_content")},
        paused=client.settings.paused,
        plans=[PlanView(plan, _coming(plan, now)) for plan in plans if _shown(plan, now)],
        timeline=events[:_TIMELINE],
        marks=None if marks is None else [Mark(k.at, int(k.value["value"])) for k in marks if now - k.at < MARKS_FOR],
        answers=None if turns is None else _answers(slots, [(t.at, t.heard) for t in turns if t.heard]),
        gone=not client.consented("talk"),
        slots=slots,
    )


def _shown(plan: Plan, now: datetime) -> bool:
    """Live ones and what still waits; one that ended or was declined stays for a week."""
    return plan.status in (Status.ACCEPTED, Status.PROPOSED, Status.PAUSED) or now - plan.changed < timedelta(days=7)


def _coming(plan: Plan, now: datetime) -> list[Send]:
    live = plan.status in (Status.ACCEPTED, Status.PROPOSED) and plan.zone
    return sends(plan, now, _PREVIEW) if live else []


def _of_slots(slots: list[Slot]) -> list[Event]:
    found = []
    for slot in slots:
        if slot.state in (SlotState.SENT, SlotState.ANSWERED, SlotState.UNKNOWN):
            found.append(Event(slot.due, f"slot-{slot.state}", slot.kind))
        elif slot.state is SlotState.SKIPPED:
            found.append(Event(slot.due, "slot-skipped", slot.why))
    return found


def _of_plans(plans: list[Plan], link: Link) -> list[Event]:
    return [
        Event(plan.changed, f"plan-{plan.status}", "yours" if plan.origin == link.member else "")
        for plan in plans
        if plan.status is not Status.PROPOSED
    ]


def _of_consents(client: Client, link: Link) -> list[Event]:
    """Those given or taken back since the link began."""
    concern = ("marks", "answers", "alert_content")
    found = [c for c in client.consents if c.purpose in concern and c.at >= link.since]
    events = [Event(c.at, "consent-on" if c.given else "consent-off", c.purpose) for c in found]
    return [*events, Event(link.since, "linked")]


def _answers(slots: list[Slot], said: list[tuple[datetime, str]]) -> list[Said]:
    """The first words after each answered check-in, within the time in which words count as its answer."""
    found = []
    for slot in slots:
        if slot.state is SlotState.ANSWERED:
            words = next((text for at, text in said if slot.due <= at < slot.due + _ANSWER_WITHIN), "")
            if words:
                found.append(Said(slot.due, slot.kind, words))
    return found[::-1][:_ANSWERS]
