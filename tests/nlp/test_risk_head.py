"""The second opinion raises only where and as far as it may, and not against what the rules understood."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp import risk_head, rules, train_risk
from nlp.crisis import CrisisReader, tier_of
from nlp.embedding import Embedding
from nlp.floor import Floor
from nlp.heads import NONE
from nlp.kernel import Kernel
from nlp.labels import Kind, Status, Tier
from nlp.normalise import Normaliser
from nlp.reading import Signal, Span
from nlp.risk_head import (
    AGAINST,
    ALONE,
    BEARS_LOOSE,
    BEARS_LOOSE_SEVERAL,
    BEARS_SEVERAL,
    BEARS_T1,
    BEARS_T2,
    CRISIS,
    CRISIS_WITH_CUE,
    KINDS,
    LIMITS,
    MEDICAL_WITH_CUE,
    MOST_WORDS,
    WITH_CUE,
    RiskHead,
    Weight,
    windows,
)
from nlp.wording import Wording
from tests.loaded import loaded

HEAD = RiskHead(
    Kernel(
        points=np.eye(4, dtype=np.float32),
        weights=np.array([[1, 1], [1, -1], [-1, -1], [-1, -1]], dtype=np.float32).repeat([1, 1 + len(KINDS)], axis=1),
        bias=np.zeros(2 + len(KINDS), dtype=np.float32),
        gamma=2.0,
        wording=Wording({}, np.zeros(0, dtype=np.float32)),
        worth=np.zeros((0, 2 + len(KINDS)), dtype=np.float32),
    ),
    {
        ALONE: 0.8,
        WITH_CUE: 0.5,
        AGAINST: 0.7,
        CRISIS: 0.4,
        CRISIS_WITH_CUE: 0.6,
        MEDICAL_WITH_CUE: 0.7,
        BEARS_T1: -0.1,
        BEARS_T2: -0.2,
        BEARS_SEVERAL: -0.5,
        BEARS_LOOSE: 0.2,
        BEARS_LOOSE_SEVERAL: 0.1,
    },
    frozenset({"loose", "looser"}),
)


def _heard(kind: Kind, status: Status, tier: Tier) -> tuple[Signal, ...]:
    return (Signal(kind, status, tier, "rule", Span(0, 4)),)


def test_concern_where_the_rules_heard_nothing() -> None:
    (found,) = HEAD.judged((), Weight(risk=0.81, crisis=0.9), 20)
    assert found == Signal(Kind.HOPELESSNESS, Status.ASSERTED, Tier.T1, risk_head.RULE, Span(0, 20))
    assert HEAD.judged((), Weight(risk=0.79, crisis=0.79), 20) == ()


def test_ideation_where_a_rule_spoke_of_ones_own_life() -> None:
    own = _heard(Kind.PASSIVE_WISH, Status.ASSERTED, Tier.T1)
    assert HEAD.judged(own, Weight(0.9, 0.45), 20)[-1].tier is Tier.T2
    assert HEAD.judged(own, Weight(0.9, 0.45), 20)[-1].kind is Kind.ACTIVE_IDEATION
    assert HEAD.judged(own, Weight(0.9, 0.3), 20) == own
    for kind in (Kind.THIRD_PARTY, Kind.PAST, Kind.EATING_DISORDER):
        other = _heard(kind, Status.ASSERTED, Tier.T1)
        assert HEAD.judged(other, Weight(1.0, 1.0), 20) == other


def test_a_cue_waits_for_the_heads_consent_and_keeps_its_kind() -> None:
    cue = _heard(Kind.ABUSE_OR_DANGER, Status.ASSERTED, Tier.T0)
    assert HEAD.judged(cue, Weight(0.49, 0.1), 20) == cue
    for weight, tier in ((Weight(0.51, 0.1), Tier.T1), (Weight(0.9, 0.61), Tier.T2)):
        said = HEAD.judged(cue, weight, 20)[-1]
        assert (said.kind, said.tier) == (Kind.ABUSE_OR_DANGER, tier)


@pytest.mark.parametrize(
    ("kind", "below", "above"), [(Kind.ABUSE_OR_DANGER, 0.25, 0.35), (Kind.MEDICAL_EMERGENCY, 0.45, 0.55)]
)
def test_danger_beside_a_cue_takes_both_opinions_and_illness_more(kind: Kind, below: float, above: float) -> None:
    cue = _heard(kind, Status.ASSERTED, Tier.T0)
    assert HEAD.judged(cue, Weight(below, 0.9), 20) == cue
    assert HEAD.judged(cue, Weight(above, 0.9), 20)[-1].tier is Tier.T2


def test_a_cue_beside_words_that_were_not_meant_counts_for_nothing() -> None:
    heard = _heard(Kind.ABUSE_OR_DANGER, Status.ASSERTED, Tier.T0) + _heard(Kind.WISH_DEAD, Status.QUOTED, Tier.T0)
    assert HEAD.judged(heard, Weight(0.69, 1.0), 20) == heard
    assert HEAD.judged(heard, Weight(0.71, 1.0), 20)[-1].tier is Tier.T1


def test_of_several_cues_the_likeliest_kind_is_named() -> None:
    cues = _heard(Kind.SELF_HARM, Status.ASSERTED, Tier.T0) + _heard(Kind.EATING_DISORDER, Status.ASSERTED, Tier.T0)
    weight = Weight(0.6, 0.1, {Kind.SELF_HARM: -0.5, Kind.EATING_DISORDER: 0.3})
    assert HEAD.judged(cues, weight, 20)[-1].kind is Kind.EATING_DISORDER


@pytest.mark.parametrize("status", [Status.NEGATED, Status.QUOTED, Status.FIGURATIVE, Status.OTHER_PERSON, Status.PAST])
def test_against_the_rules_only_when_nearly_certain(status: Status) -> None:
    heard = _heard(Kind.WISH_DEAD, status, Tier.T0)
    assert HEAD.judged(heard, Weight(0.69, 0.9), 20) == heard
    assert HEAD.judged(heard, Weight(0.71, 0.9), 20)[-1].tier is Tier.T1


def test_being_young_is_no_cue() -> None:
    heard = _heard(Kind.UNDERAGE, Status.ASSERTED, Tier.T0)
    assert HEAD.judged(heard, Weight(0.7, 0.9), 20) == heard
    assert HEAD.judged(heard, Weight(0.85, 0.2), 20)[-1].tier is Tier.T1


@given(
    tier=st.sampled_from(Tier),
    status=st.sampled_from(Status),
    kind=st.sampled_from(Kind),
    risk=st.floats(-1, 1),
    crisis=st.floats(-1, 1),
)
def test_said_plainly_never_down_never_above_t2_and_t2_only_where_a_rule_spoke(
    tier: Tier, status: Status, kind: Kind, risk: float, crisis: float
) -> None:
    heard = _heard(kind, status, tier)
    after = max(signal.tier for signal in HEAD.judged(heard, Weight(risk, crisis), 9, plain=True))
    assert tier <= after <= max(tier, Tier.T2)
    if after > tier and status is not Status.ASSERTED and tier is Tier.T0:
        assert after is Tier.T1


@pytest.mark.parametrize(("tier", "limit"), [(Tier.T1, -0.1), (Tier.T2, -0.2), (Tier.T3, -0.2)])
def test_one_rule_counts_where_the_head_does_not_doubt_it(tier: Tier, limit: float) -> None:
    heard = _heard(Kind.ABUSE_OR_DANGER, Status.ASSERTED, tier)
    assert HEAD.judged(heard, Weight(limit + 0.01, -0.9), 20) == heard
    (left,) = HEAD.judged(heard, Weight(limit - 0.01, 0.9), 20)
    assert left == replace(heard[0], tier=Tier.T0)
    assert HEAD.judged(heard, Weight(limit - 0.01, -0.9), 20, plain=True) == heard


def test_a_second_rule_is_a_second_sign() -> None:
    first = _heard(Kind.ABUSE_OR_DANGER, Status.ASSERTED, Tier.T2)
    both = (*first, replace(first[0], rule="another"))
    assert HEAD.judged(both, Weight(-0.45, -0.9), 20) == both
    assert {signal.tier for signal in HEAD.judged(both, Weight(-0.55, -0.9), 20)} == {Tier.T0}
    twice = (*first, replace(first[0], span=Span(5, 9)))
    assert {signal.tier for signal in HEAD.judged(twice, Weight(-0.45, -0.9), 20)} == {Tier.T0}


def test_a_loose_rule_counts_only_where_the_head_agrees() -> None:
    loose = tuple(replace(one, rule="loose") for one in _heard(Kind.HOPELESSNESS, Status.ASSERTED, Tier.T2))
    assert {signal.tier for signal in HEAD.judged(loose, Weight(0.19, -0.9), 20)} == {Tier.T0}
    assert tier_of(HEAD.judged(loose, Weight(0.2, -0.9), 20)) is Tier.T2
    assert tier_of(HEAD.judged(loose, Weight(-0.9, -0.9), 20, plain=True)) is Tier.T2


def test_two_loose_rules_need_less_and_one_that_is_not_loose_needs_least() -> None:
    loose = tuple(replace(one, rule="loose") for one in _heard(Kind.HOPELESSNESS, Status.ASSERTED, Tier.T1))
    both = (*loose, replace(loose[0], rule="looser"))
    assert tier_of(HEAD.judged(both, Weight(0.1, -0.9), 20)) is Tier.T1
    assert tier_of(HEAD.judged(both, Weight(0.09, -0.9), 20)) is Tier.T0
    beside = (*loose, replace(loose[0], rule="firm"))
    assert tier_of(HEAD.judged(beside, Weight(-0.5, -0.9), 20)) is Tier.T1


def test_every_loose_rule_is_a_rule() -> None:
    known = {rule.id for rule in loaded(CrisisReader).rules.rules}
    assert risk_head.load().loose
    assert risk_head.load().loose - known == set()


@given(risk=st.floats(-1, 1), crisis=st.floats(-1, 1))
def test_alone_it_never_goes_beyond_concern(risk: float, crisis: float) -> None:
    assert max((signal.tier for signal in HEAD.judged((), Weight(risk, crisis), 9)), default=Tier.T0) <= Tier.T1


@given(st.text(alphabet="ab. !\n", max_size=2_000))
def test_windows_are_short_and_few(text: str) -> None:
    found = windows(text)
    assert 1 <= len(found) <= 6
    assert all(len(window.split()) <= MOST_WORDS for window in found)


def test_every_word_is_in_a_window_of_a_message_without_stops() -> None:
    words = [f"w{number}" for number in range(130)]
    assert set(" ".join(windows(" ".join(words))).split()) == set(words)


def test_what_is_like_risk_but_like_no_kind_of_it_is_doubted() -> None:
    like_no_kind = replace(HEAD.kernel, weights=HEAD.kernel.weights * np.array([1, 1] + [-1] * len(KINDS), np.float32))
    point = HEAD.kernel.points[0]
    sure, unsure = (RiskHead(one, {}).weigh([point], ["words"]) for one in (HEAD.kernel, like_no_kind))
    assert sure.risk > unsure.risk
    assert sure.crisis == unsure.crisis


def test_one_clause_is_not_drowned() -> None:
    calm, dark = np.eye(4, dtype=np.float32)[3], np.eye(4, dtype=np.float32)[0]
    assert HEAD.weigh([calm, dark, calm], ["", "", ""]) == HEAD.weigh([dark], [""])
    assert HEAD.weigh([dark], [""]).crisis > 0.9 > HEAD.weigh([calm], [""]).crisis


def test_the_built_head_has_all_limits_and_asks_more_where_less_was_heard() -> None:
    head = risk_head.load()
    assert set(head.limits) == set(LIMITS)
    assert head.kernel.bias.shape == (2 + len(KINDS),)
    assert 0 < head.limits[WITH_CUE] <= head.limits[ALONE]
    assert head.limits[WITH_CUE] <= head.limits[AGAINST]
    assert 0 < head.limits[CRISIS_WITH_CUE] <= head.limits[MEDICAL_WITH_CUE]
    assert head.limits[CRISIS] > 0
    assert head.limits[BEARS_SEVERAL] < head.limits[BEARS_T2] <= head.limits[BEARS_T1] < head.limits[WITH_CUE]
    assert head.limits[BEARS_SEVERAL] < head.limits[BEARS_LOOSE_SEVERAL] <= head.limits[BEARS_LOOSE]
    assert head.limits[BEARS_T1] <= head.limits[BEARS_LOOSE] < head.limits[WITH_CUE]


def test_what_is_never_missed_is_not_taken_away_by_the_head(model_cache: Path) -> None:
    reader, floor, head = loaded(CrisisReader), loaded(Floor), risk_head.load()
    embedding, normaliser = Embedding.load(model_cache), loaded(Normaliser)

    def judged(text: str, weight: Weight) -> Tier:
        return tier_of(head.judged(reader.read(text), weight, len(text), plain=bool(floor.read(text))))

    def tier(text: str) -> Tier:
        pieces = windows(normaliser.normalise(text).text)
        return judged(text, head.weigh([embedding.vector(piece) for piece in pieces], pieces))

    groups = rules.load_records(train_risk.PLAIN, ("kind", "least", "lines"))
    lines = [(text, Tier[group["least"]]) for group in groups for text in group["lines"]]
    assert len(lines) > 700
    doubted = [(text, least) for text, least in lines if judged(text, Weight(risk=-1.0, crisis=-1.0)) < least]
    assert [text for text, least in doubted if tier(text) < least] == []  # the others stand whatever the head holds


@pytest.mark.parametrize(
    "calm",
    [
        "my girl has scratches on her leg from the hedge, she let me look and it's nothing",
        "i took the afternoon off, she's in her room and the door is open",
        "my son hardly leaves his room, i stood outside the door just to hear him laugh",
    ],
)
def test_calm_words_about_a_child_are_no_danger(calm: str, model_cache: Path) -> None:
    pieces = windows(loaded(Normaliser).normalise(calm).text)
    weight = risk_head.load().weigh([Embedding.load(model_cache).vector(piece) for piece in pieces], pieces)
    assert tier_of(risk_head.load().judged(loaded(CrisisReader).read(calm), weight, len(calm))) is Tier.T0


def test_examples_are_single_and_enough() -> None:
    rows = train_risk.examples()
    assert len({text.lower() for text, _, _ in rows}) == len(rows)
    assert {label for _, label, _ in rows} == {*train_risk.LABELS}
    assert NONE in train_risk.LABELS
    kinds = {kind for _, _, kind in rows if kind}
    assert kinds == set(Kind) - {Kind.UNDERAGE}
