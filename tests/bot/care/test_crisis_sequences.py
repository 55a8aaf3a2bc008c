"""Whatever is said in whatever order: what must always hold in an episode."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.care.crisis_answers import CHOICES
from bot.care.episode import Episode
from nlp.labels import Kind, Tier
from nlp.reading import Reading
from tests.bot.care.crisis_stage import Stage, buttons, entries, heard, text

KINDS = st.sampled_from(list(Kind))
TIERS = st.sampled_from([Tier.T1, Tier.T2, Tier.T3])
SIGNS = st.builds(lambda kind, tier: heard("words", (kind, tier)), KINDS, TIERS)
CALM = st.sampled_from(
    ["", "ok", "yes", "no", "not sure", "Germany", "my cat is asleep", "nobody", "i can't", "better"]
)
TAPS = st.one_of(
    st.sampled_from([f"crisis:{s}:{v}" for s, rows in CHOICES.items() for row in rows for v in row]),
    st.sampled_from(["help_now", "country:GB", "country:other", "country:xx"]),
)
MESSAGES = st.one_of(SIGNS, CALM.map(heard), TAPS)
WAITS = st.sampled_from([0.1, 2, 2, 2, 60, 60 * 30])
TALKS = st.lists(st.tuples(MESSAGES, WAITS), max_size=25)
STAGES = st.builds(
    Stage,
    st.sampled_from(["", "US", "GB", "DE", "GT"]),
    on_call=st.booleans(),
    talk=st.booleans(),
    known=st.booleans(),
    seed=st.integers(0, 9),
)


@given(STAGES, TALKS)
@settings(max_examples=40, deadline=None)
def test_risk_and_taps_always_get_an_answer_from_the_crisis_shelf(
    stage: Stage, talk: list[tuple[Reading | str, float]]
) -> None:
    for what, minutes in talk:
        step = stage.hear(what, minutes)
        if isinstance(what, str) or what.tier > Tier.T0 or Kind.UNDERAGE in what.kinds:
            assert step.reply is not None
        if step.reply is not None:
            assert step.reply.parts
            assert all(entry.startswith("crisis.") for entry in entries(step))
        if step.reply is not None and what != "help_now":
            assert "help_now" in buttons(step)


@given(STAGES, TALKS)
@settings(max_examples=40, deadline=None)
def test_in_an_episode_listening_stays_limited_and_the_tier_never_falls(
    stage: Stage, talk: list[tuple[Reading | str, float]]
) -> None:
    highest = Tier.T0
    for what, _ in talk:
        step = stage.hear(what)
        if not stage.client or not stage.talk:
            assert step.episode is None
            assert not step.limited
            continue
        risk = step.tier > Tier.T0
        highest = max(highest, step.tier)
        assert not risk or step.limited
        if step.episode is not None and highest:
            assert step.episode.tier >= highest
            assert step.limited


@given(STAGES, st.lists(SIGNS, min_size=2, max_size=40))
@settings(max_examples=25, deadline=None)
def test_no_answer_to_risk_is_said_twice_in_an_episode(stage: Stage, signs: list[Reading]) -> None:
    if stage.client is None or not stage.talk:
        return
    said = [text(stage.hear(sign)) for sign in signs]
    assert len(set(said)) == len(said)


@given(STAGES, TALKS)
@settings(max_examples=40, deadline=None)
def test_notes_only_rise_with_the_tier(stage: Stage, talk: list[tuple[Reading | str, float]]) -> None:
    raised: list[Tier] = []
    for what, _ in talk:
        step = stage.hear(what, 0.1)
        if step.alert is not None:
            assert stage.on_call
            assert stage.talk
            raised.append(step.alert[0])
    assert all(tier >= Tier.T2 for tier in raised)
    assert raised == sorted(set(raised))


@given(STAGES, TALKS)
@settings(max_examples=40, deadline=None)
def test_what_is_said_of_notes_is_what_is_done(stage: Stage, talk: list[tuple[Reading | str, float]]) -> None:
    for what, minutes in talk:
        step = stage.hear(what, minutes)
        said = entries(step) if step.reply else []
        sending = any(
            e.startswith(("crisis.truth.program_on_call", "crisis.truth.sending", "crisis.truth.sending_again"))
            for e in said
        )
        assert sending == (step.alert is not None)


@given(STAGES, TALKS)
@settings(max_examples=25, deadline=None)
def test_an_episode_survives_being_written_down(stage: Stage, talk: list[tuple[Reading | str, float]]) -> None:
    for what, minutes in talk:
        step = stage.hear(what, minutes)
        if step.episode is not None:
            assert Episode.load(step.episode.dump()) == step.episode


@pytest.mark.parametrize(("kind", "tier"), list(product(list(Kind), [Tier.T1, Tier.T2, Tier.T3])))
@pytest.mark.parametrize("country", ["", "US"])
def test_the_same_sign_over_and_over_is_answered_in_other_words(kind: Kind, tier: Tier, country: str) -> None:
    stage = Stage(country, on_call=True)
    said = [text(stage.sign(kind, tier)) for _ in range(20)]
    assert len(set(said)) == 20
