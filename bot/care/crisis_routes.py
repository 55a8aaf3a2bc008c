"""Which way a kind of risk goes: the route, the helpline that fits it, and the small steps after its first words."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from nlp.labels import Kind, Tier
from nlp.reading import Reading


class Route(StrEnum):
    SUICIDE = "suicide"
    SELF_HARM = "self_harm"
    OTHERS = "others"  # harm to others
    ABUSE = "abuse"
    CHILD = "child"
    MEDICAL = "medical"
    VOICES = "voices"
    EATING = "eating"
    THIRD_PARTY = "third_party"


_ROUTES: Mapping[Kind, Route] = {
    Kind.MEDICAL_EMERGENCY: Route.MEDICAL,
    Kind.INTENT_OR_ATTEMPT_NOW: Route.SUICIDE,
    Kind.METHOD_OR_PLAN: Route.SUICIDE,
    Kind.ACTIVE_IDEATION: Route.SUICIDE,
    Kind.WISH_DEAD: Route.SUICIDE,
    Kind.CHILD_IN_DANGER: Route.CHILD,
    Kind.ABUSE_OR_DANGER: Route.ABUSE,
    Kind.HARM_TO_OTHERS: Route.OTHERS,
    Kind.THIRD_PARTY: Route.THIRD_PARTY,  # before what the one they worry about may have
    Kind.PSYCHOSIS_VOICES: Route.VOICES,
    Kind.SELF_HARM: Route.SELF_HARM,
    Kind.EATING_DISORDER: Route.EATING,
    Kind.PASSIVE_WISH: Route.SUICIDE,
    Kind.PAST: Route.SUICIDE,
    Kind.HOPELESSNESS: Route.SUICIDE,
}
_ORDER = tuple(_ROUTES)  # which of several kinds of one tier is answered first
_NO_SIGNAL = {Tier.T1: Kind.HOPELESSNESS, Tier.T2: Kind.WISH_DEAD, Tier.T3: Kind.INTENT_OR_ATTEMPT_NOW}

LINE: Mapping[Route, str] = {
    Route.ABUSE: "abuse",
    Route.CHILD: "child",
    Route.MEDICAL: "poison",
    Route.EATING: "eating",
}
POLICE = frozenset({Route.ABUSE, Route.CHILD, Route.OTHERS})  # their emergency number is that of the police

_LAST = ("people", "willing", "own_steps", "care", "follow")
STEPS: Mapping[tuple[Route, Tier], tuple[str, ...]] = {
    (Route.SUICIDE, Tier.T2): ("plan", *_LAST),
    (Route.SELF_HARM, Tier.T2): ("wound", "thoughts", *_LAST),
    (Route.OTHERS, Tier.T2): ("danger", *_LAST),
    (Route.ABUSE, Tier.T2): ("danger", "people", "willing"),
    (Route.CHILD, Tier.T2): ("danger", "people", "willing"),
    (Route.MEDICAL, Tier.T2): ("people",),
    (Route.VOICES, Tier.T2): ("commands", *_LAST),
    (Route.EATING, Tier.T1): ("willing",),
    (Route.EATING, Tier.T2): ("body", "people", "willing"),
    (Route.THIRD_PARTY, Tier.T1): ("keep", "helper", "when"),
    (Route.THIRD_PARTY, Tier.T2): ("keep", "helper", "when", "carer"),
    **{(route, Tier.T3): ("cannot_call", "people") for route in Route},
    (Route.ABUSE, Tier.T3): ("cannot_speak", "people"),
    (Route.THIRD_PARTY, Tier.T3): (),  # what there is to do is met as it is told
}
# A "yes" to these says more than was known: (route or None for the step's own, tier, kind).
RAISES: Mapping[str, tuple[Route | None, Tier, Kind]] = {
    "thoughts": (Route.SUICIDE, Tier.T2, Kind.WISH_DEAD),
    "plan": (Route.SUICIDE, Tier.T3, Kind.METHOD_OR_PLAN),
    "commands": (Route.VOICES, Tier.T3, Kind.PSYCHOSIS_VOICES),
    "wound": (Route.MEDICAL, Tier.T3, Kind.MEDICAL_EMERGENCY),
    "body": (Route.MEDICAL, Tier.T3, Kind.MEDICAL_EMERGENCY),
    "danger": (None, Tier.T3, Kind.ABUSE_OR_DANGER),
}
KIND_OF: Mapping[Route, Kind] = {
    Route.ABUSE: Kind.ABUSE_OR_DANGER,
    Route.CHILD: Kind.CHILD_IN_DANGER,
    Route.OTHERS: Kind.HARM_TO_OTHERS,
}


_CHIEF: Mapping[Route, Kind] = {
    Route.SUICIDE: Kind.WISH_DEAD,
    Route.SELF_HARM: Kind.SELF_HARM,
    Route.MEDICAL: Kind.MEDICAL_EMERGENCY,
    Route.VOICES: Kind.PSYCHOSIS_VOICES,
    Route.EATING: Kind.EATING_DISORDER,
    Route.THIRD_PARTY: Kind.THIRD_PARTY,
    **KIND_OF,
}


def kind_of(route: Route) -> Kind:
    """The kind a plain "yes" stands for on a route."""
    return _CHIEF[route]


def route_of(kind: Kind) -> Route:
    return _ROUTES.get(kind, Route.SUICIDE)


def leading(reading: Reading) -> Kind:
    """The kind to answer first: of the highest tier, then the one where minutes count most."""
    counting = [s for s in reading.signals if s.tier > Tier.T0 and s.kind in _ROUTES]
    top = max((s.tier for s in counting), default=Tier.T0)
    if top < reading.tier:
        return _NO_SIGNAL[reading.tier]
    return min((s.kind for s in counting if s.tier is top), key=_ORDER.index)


def first_of(kinds: Sequence[str]) -> str:
    """Of an alert's kinds the one that weighs most; "unread" when none is known."""
    known = [kind for kind in _ORDER if kind.value in kinds]
    return known[0].value if known else next(iter(kinds), "unread")


def steps(route: Route, tier: Tier) -> list[str]:
    """Steps that follow the opening, as "route.step"."""
    return [f"{route}.{name}" for name in STEPS.get((route, tier), ())]
