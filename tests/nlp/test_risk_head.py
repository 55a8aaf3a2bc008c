"""The second opinion raises by one step at most, and not against what the rules understood."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp import heads, risk_head, train_risk
from nlp.heads import NONE, Head
from nlp.labels import Kind, Status, Tier
from nlp.reading import Signal, Span
from nlp.risk_head import CONCERN, CRISIS, LABELS, LOOK_ALIKE, MOST_WORDS, Weight, raised, weigh, windows

HEAD = Head(
    labels=LABELS,
    weights=np.eye(4, dtype=np.float32),
    bias=np.zeros(4, dtype=np.float32),
    thresholds=np.array([0.8, 0.7, 0.95, 1.0], dtype=np.float32),
)


def _heard(kind: Kind, status: Status, tier: Tier) -> tuple[Signal, ...]:
    return (Signal(kind, status, tier, "rule", Span(0, 4)),)


def test_concern_where_the_rules_heard_nothing() -> None:
    (found,) = raised((), HEAD, Weight(risk=0.81, crisis=0.8), 20)
    assert found == Signal(Kind.HOPELESSNESS, Status.ASSERTED, Tier.T1, risk_head.RULE, Span(0, 20))
    assert raised((), HEAD, Weight(risk=0.79, crisis=0.79), 20) == ()


def test_ideation_only_where_a_rule_spoke_of_ones_own_life() -> None:
    own = _heard(Kind.PASSIVE_WISH, Status.ASSERTED, Tier.T1)
    assert raised(own, HEAD, Weight(0.9, 0.75), 20)[-1].tier is Tier.T2
    assert raised(own, HEAD, Weight(0.9, 0.6), 20) == own
    for kind in (Kind.THIRD_PARTY, Kind.PAST, Kind.EATING_DISORDER):
        other = _heard(kind, Status.ASSERTED, Tier.T1)
        assert raised(other, HEAD, Weight(1.0, 1.0), 20) == other


@pytest.mark.parametrize("status", [Status.NEGATED, Status.QUOTED, Status.FIGURATIVE, Status.OTHER_PERSON, Status.PAST])
def test_against_the_rules_only_when_nearly_certain(status: Status) -> None:
    heard = _heard(Kind.WISH_DEAD, status, Tier.T0)
    assert raised(heard, HEAD, Weight(0.94, 0.9), 20) == heard
    assert raised(heard, HEAD, Weight(0.96, 0.9), 20)[-1].tier is Tier.T1


def test_being_young_is_no_word_against_risk() -> None:
    heard = _heard(Kind.UNDERAGE, Status.ASSERTED, Tier.T0)
    assert raised(heard, HEAD, Weight(0.85, 0.2), 20)[-1].tier is Tier.T1


@given(tier=st.sampled_from(Tier), kind=st.sampled_from(Kind), risk=st.floats(0, 1), crisis=st.floats(0, 1))
def test_one_step_at_most_and_never_down(tier: Tier, kind: Kind, risk: float, crisis: float) -> None:
    heard = _heard(kind, Status.ASSERTED, tier)
    after = max(signal.tier for signal in raised(heard, HEAD, Weight(risk, crisis), 9))
    assert tier <= after <= min(Tier(min(tier + 1, 3)), max(tier, Tier.T2))


@given(st.text(alphabet="ab. !\n", max_size=2_000))
def test_windows_are_short_and_few(text: str) -> None:
    found = windows(text)
    assert 1 <= len(found) <= 6
    assert all(len(window.split()) <= MOST_WORDS for window in found)


def test_every_word_is_in_a_window_of_a_message_without_stops() -> None:
    words = [f"w{number}" for number in range(130)]
    assert set(" ".join(windows(" ".join(words))).split()) == set(words)


def test_one_clause_is_not_drowned() -> None:
    calm = np.array([0, 0, 0, 9], dtype=np.float32)
    dark = np.array([0, 9, 0, 0], dtype=np.float32)
    assert weigh(HEAD, [calm, dark, calm]).crisis > 0.99


def test_the_built_head_has_the_labels_and_its_thresholds_are_ordered() -> None:
    head = heads.load()[risk_head.NAME]
    assert head.labels == LABELS
    assert 0.3 < risk_head.threshold(head, CONCERN) <= risk_head.threshold(head, LOOK_ALIKE) < 1
    assert 0.3 < risk_head.threshold(head, CRISIS) < 1


def test_examples_are_single_and_enough_and_none_is_held_out() -> None:
    pairs = train_risk.examples()
    assert len({text.lower() for text, _ in pairs}) == len(pairs)
    assert {label for _, label in pairs} == {CONCERN, CRISIS, LOOK_ALIKE, NONE}
