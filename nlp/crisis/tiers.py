"""What one sign asks for, and what they ask for together."""

from collections.abc import Iterable

from nlp.labels import Kind, Status, Tier
from nlp.reading import Signal

DEFAULT_TIERS = {
    Kind.PASSIVE_WISH: Tier.T1,
    Kind.HOPELESSNESS: Tier.T1,
    Kind.WISH_DEAD: Tier.T2,
    Kind.ACTIVE_IDEATION: Tier.T2,
    Kind.METHOD_OR_PLAN: Tier.T2,
    Kind.INTENT_OR_ATTEMPT_NOW: Tier.T3,
    Kind.SELF_HARM: Tier.T2,
    Kind.HARM_TO_OTHERS: Tier.T2,
    Kind.ABUSE_OR_DANGER: Tier.T2,
    Kind.CHILD_IN_DANGER: Tier.T2,
    Kind.MEDICAL_EMERGENCY: Tier.T3,
    Kind.PSYCHOSIS_VOICES: Tier.T2,
    Kind.EATING_DISORDER: Tier.T1,
    Kind.THIRD_PARTY: Tier.T1,
    Kind.PAST: Tier.T1,
    Kind.UNDERAGE: Tier.T0,  # a route of its own, never a tier
}

_AT_MOST = {
    Status.NEGATED: Tier.T0,
    Status.QUOTED: Tier.T0,
    Status.FIGURATIVE: Tier.T0,
    Status.OTHER_PERSON: Tier.T0,  # a context rule raises it where someone near is meant
    Status.HYPOTHETICAL: Tier.T1,
    Status.PAST: Tier.T1,
    Status.ASSERTED: Tier.T3,
}


def tier_with(status: Status, tier: Tier) -> Tier:
    """The tier left to a sign once it is known how it is meant."""
    return min(tier, _AT_MOST[status])


def tier_of(signals: Iterable[Signal]) -> Tier:
    """The route for a whole message: the highest sign counts, and several signs of concern stay concern."""
    return max((signal.tier for signal in signals), default=Tier.T0)
