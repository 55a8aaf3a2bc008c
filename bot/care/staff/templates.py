"""Plans that a practitioner can start from. Each is a beginning: everything can be changed before it is proposed."""

from dataclasses import dataclass
from datetime import time

from bot.care.checkins.plan import KINDS, Plan, Span


@dataclass(frozen=True, slots=True)
class Template:
    name: str  # in addresses and buttons
    title: str
    why: str
    days: tuple[str, ...]
    at: time | None = None
    window: Span | None = None
    kinds: tuple[str, ...] = KINDS

    def plan(self) -> Plan:
        """Without a zone: that is the client's own."""
        return Plan("", "", self.days, self.at, self.window, self.kinds)


TEMPLATES = (
    Template(
        "gentle",
        "A gentle start",
        "Twice a week in the early evening, one question each time.",
        ("tue", "fri"),
        window=(time(17, 30), time(19, 30)),
        kinds=("how_are_you", "noticing"),
    ),
    Template(
        "usual",
        "Three times a week",
        "The usual rhythm: feelings, thoughts, body and connection in turn.",
        ("mon", "wed", "fri"),
        at=time(18, 30),
    ),
    Template(
        "mornings",
        "Weekday mornings",
        "A short look at the day ahead, before it fills up.",
        ("mon", "tue", "wed", "thu", "fri"),
        window=(time(9), time(10, 30)),
        kinds=("how_are_you", "body", "kind_words"),
    ),
    Template(
        "weekly",
        "Once a week",
        "A look back on Sundays, for people who want little of it.",
        ("sun",),
        at=time(17),
        kinds=("looking_back", "kindness_noticing"),
    ),
)


def named(name: str) -> Template | None:
    return next((template for template in TEMPLATES if template.name == name), None)
