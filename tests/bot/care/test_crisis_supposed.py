"""Danger that is only supposed: their words said back, one plain question, and each of its answers."""

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.care.crisis_routes import kind_of, route_of
from bot.care.reply_rules import broken
from bot.care.turn import Answered
from nlp.labels import Kind, Mood, Status, Tier
from nlp.reading import NOWHERE, SUPPOSED, Clause, Finding, Reading, Signal, Span
from tests.bot.care.conftest import Chat
from tests.bot.care.crisis_stage import Stage, buttons, entries, heard, text
from tests.bot.care.test_crisis import holds_help

KINDS = [kind for kind in Kind if kind not in (Kind.UNDERAGE, Kind.PAST)]
TAPS = {"crisis:meant:yes", "crisis:meant:heavy", "crisis:meant:misread", "help_now"}
CANDLE = Clause("you light a candle", "do", "do", Span(0, 15))


def supposed(
    kind: Kind = Kind.ACTIVE_IDEATION, tier: Tier = Tier.T2, told: Tier = Tier.T0, text: str = "words", *clauses: Clause
) -> Reading:
    signals = [Signal(kind, Status.ASSERTED, tier, SUPPOSED, NOWHERE)]
    if told:
        signals.insert(0, Signal(kind, Status.ASSERTED, told, "rule", NOWHERE))
    return Reading(text, tier, tuple(signals), clauses=clauses)


@pytest.mark.parametrize(("kind", "tier"), list(product(KINDS, (Tier.T1, Tier.T2))))
def test_it_is_asked_in_one_question_with_help_if_it_is_that(kind: Kind, tier: Tier) -> None:
    for country, on_call, told, seed in product(("", "US", "DE", "GT", "XX"), (True, False), (0, 1), range(3)):
        if told >= tier:
            continue
        stage = Stage(country, on_call=on_call, seed=seed)
        step = stage.hear(supposed(kind, tier, Tier(told)))
        assert any(entry.startswith("crisis.supposed.ask") for entry in entries(step))
        assert text(step).count("?") == 1
        assert buttons(step) == TAPS
        assert tier is Tier.T1 or holds_help(text(step), country)
        assert "line" not in stage.episode.queue and stage.episode.tier is tier
        assert (step.alert is not None) == (on_call and tier is Tier.T2)
        assert ("person on call" in text(step)) == (step.alert is not None)
        answered = Answered(step.reply, step.tier, step.alert, named_help=step.named_help)  # type: ignore[arg-type]
        assert broken(answered, tier) == []


def test_their_own_words_come_first_and_nothing_bleak_or_off_limits_among_them() -> None:
    stage = Stage("GB")
    bleak = Clause("you can't go on", "cant", "cant", Span(0, 3))
    said = text(stage.hear(supposed(Kind.WISH_DEAD, Tier.T2, Tier.T0, "w", bleak, CANDLE)))
    assert "ou light a candle" in said.split("\n\n")[0] and "go on" not in said
    stage = Stage("GB")
    assert stage.client is not None
    stage.client.settings.off_limits = ["the candle"]
    assert "candle" not in text(stage.hear(supposed(Kind.WISH_DEAD, Tier.T2, Tier.T0, "w", CANDLE)))


def test_what_is_said_in_words_gets_the_full_answer_as_ever() -> None:
    both = Reading(
        "w",
        Tier.T2,
        (
            Signal(Kind.WISH_DEAD, Status.ASSERTED, Tier.T2, "rule", NOWHERE),
            Signal(Kind.WISH_DEAD, Status.ASSERTED, Tier.T2, SUPPOSED, NOWHERE),
        ),
    )
    assert not both.supposed
    assert entries(Stage("US").hear(both))[:2] == ["crisis.danger.heard", "crisis.lines.both"]


@pytest.mark.parametrize("answer", ["crisis:meant:yes", "yes", "yeah it is", "Yes. most nights"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_yes_leads_to_the_ordinary_steps(kind: Kind, answer: str) -> None:
    stage = Stage("US", on_call=True)
    stage.hear(supposed(kind))
    step = stage.hear(answer if answer.startswith("crisis:") else heard(answer))
    opened = Stage("US").sign(kind_of(route_of(kind)), Tier.T2)
    assert entries(step)[0] == entries(opened)[0]
    assert step.tier is Tier.T2 and step.named_help
    assert step.alert is None  # the note went out with the question
    assert not any(words in text(step) for words in ("watching", "Nobody sees", "Nobody else"))
    assert stage.episode.in_words
    assert stage.episode.queue == [name for name in stage.episode.queue if name.startswith(f"{route_of(kind)}.")]


@pytest.mark.parametrize("kind", [Kind.HOPELESSNESS, Kind.PASSIVE_WISH, Kind.SELF_HARM])
def test_a_yes_at_the_lowest_tier_says_more_than_was_known(kind: Kind) -> None:
    stage = Stage("US", on_call=True)
    assert stage.hear(supposed(kind, Tier.T1)).alert is None
    step = stage.hear("crisis:meant:yes")
    assert step.tier is Tier.T2 and step.alert is not None and "988" in text(step)


@pytest.mark.parametrize(
    ("answer", "entry"),
    [
        ("crisis:meant:misread", "misread"), ("no", "misread"), ("nope, i meant the bus", "misread"),
        ("you misread me", "misread"), ("i'm not suicidal", "misread"),
        ("crisis:meant:heavy", "heavy"), ("not that, but it's heavy", "heavy"), ("no, just really tired", "heavy"),
        ("no but it's been a lot lately", "heavy"),
    ],
)  # fmt: skip
def test_a_denial_is_believed_and_leads_back(answer: str, entry: str) -> None:
    stage = Stage("GB", on_call=True)
    stage.hear(supposed())
    step = stage.hear(answer if answer.startswith("crisis:") else heard(answer))
    assert entries(step) == [f"crisis.supposed.{entry}"]
    assert step.back and step.limited and "help_now" in buttons(step)
    assert stage.episode.tier is Tier.T2
    assert stage.say("the bus was late").reply is None


@pytest.mark.parametrize("answer", ["not sure", "maybe", "I'd rather not say"])
def test_not_sure_names_help_and_rather_not_say_is_respected(answer: str) -> None:
    stage = Stage("GB")
    stage.hear(supposed())
    step = stage.say(answer)
    assert step.named_help == (answer != "I'd rather not say")
    assert not step.back


def test_who_goes_on_talking_is_listened_to_and_asked_once_more_by_a_new_sign_only() -> None:
    stage = Stage("GB")
    asked = [stage.hear(supposed()), stage.say("and then the cat came in"), stage.say("she is grey")]
    assert [step.reply is None for step in asked] == [False, True, True]
    assert "crisis.supposed.ask" in entries(stage.hear(supposed()))
    assert stage.say("anyway").reply is None
    third = stage.hear(supposed())
    assert entries(third)[0] == "crisis.supposed.near" and third.named_help
    assert "?" not in text(third)
    leaving = replace(supposed(), acts=(Finding("goodbye", "test"),))
    assert stage.hear(leaving).named_help  # who never said that it is not so does not go without a number


def test_the_direct_question_is_not_put_twice_running() -> None:
    stage = Stage("GB")
    stage.hear(supposed(Kind.HOPELESSNESS, Tier.T1))
    assert entries(stage.sign(Kind.PASSIVE_WISH, Tier.T1)) == ["crisis.concern.passive_wish", "crisis.concern.near"]


def test_who_denied_it_and_goes_is_let_go_kindly() -> None:
    stage = Stage("GB")
    stage.hear(supposed())
    stage.hear("crisis:meant:misread")
    assert entries(stage.hear(replace(supposed(), acts=(Finding("goodbye", "test"),)))) == [
        "crisis.supposed.near_goodbye"
    ]


def test_after_a_denial_only_more_than_was_denied_is_asked_about() -> None:
    stage = Stage("GB")
    stage.hear(supposed(Kind.HOPELESSNESS, Tier.T1))
    stage.hear("crisis:meant:misread")
    assert entries(stage.hear(supposed(Kind.HOPELESSNESS, Tier.T1))) == ["crisis.supposed.near_denied"]
    assert "crisis.supposed.ask" in entries(stage.hear(supposed(Kind.ACTIVE_IDEATION, Tier.T2)))


@pytest.mark.parametrize("tier", [Tier.T1, Tier.T2, Tier.T3])
def test_what_is_told_in_words_after_a_denial_is_taken_as_seriously_as_at_first(tier: Tier) -> None:
    stage = Stage("US")
    stage.hear(supposed())
    stage.hear("crisis:meant:misread")
    first = Stage("US").sign(Kind.WISH_DEAD, tier)
    assert [e.split(".")[1] for e in entries(stage.sign(Kind.WISH_DEAD, tier))][:2] == [
        e.split(".")[1] for e in entries(first)
    ][:2]


def test_a_denial_tapped_late_stops_no_steps_of_danger_that_was_told_since() -> None:
    stage = Stage("US")
    stage.hear(supposed())
    stage.sign(Kind.WISH_DEAD, Tier.T2)
    step = stage.hear("crisis:meant:misread")
    assert entries(step)[0] == "crisis.answers.no"
    assert not step.back
    assert stage.episode.queue


def test_who_was_misread_is_not_asked_days_later_how_safe_they_are() -> None:
    stage = Stage("US")
    stage.hear(supposed())
    stage.hear("crisis:meant:misread")
    stage.wait(hours=73)
    assert stage.say("hello again").reply is None
    assert stage.episode.how == "denied"


@pytest.mark.parametrize("dots", ["...", "…", ". . ."])
def test_silence_is_answered_and_the_question_stays_open(dots: str) -> None:
    stage = Stage("GB")
    stage.hear(supposed())
    assert entries(stage.say(dots)) == ["crisis.stay.silence"]
    assert entries(stage.say("no")) == ["crisis.supposed.misread"]


def test_before_consent_nothing_is_kept_and_a_yes_is_still_understood() -> None:
    stage = Stage("US", talk=False)
    step = stage.hear(supposed())
    assert "crisis.supposed.ask" in entries(step) and step.episode is None
    assert "988" in text(stage.hear("crisis:meant:yes"))
    assert "crisis.danger.abuse" in entries(stage.hear(supposed(Kind.ABUSE_OR_DANGER)))


ANY = st.sampled_from(
    [supposed(kind, tier) for kind in KINDS for tier in (Tier.T1, Tier.T2)]
    + [heard(words) for words in ("no", "yes", "ok", "...", "not that, just tired", "i meant the bus", "my cat")]
    + [heard("w", (kind, tier)) for kind in KINDS for tier in (Tier.T1, Tier.T2, Tier.T3)]
    + ["crisis:meant:yes", "crisis:meant:heavy", "crisis:meant:misread", "help_now"]
)


@given(st.lists(ANY, max_size=25), st.booleans())
@settings(max_examples=60, deadline=None)
def test_no_denial_lowers_a_tier_and_no_reply_drops_the_help_button(talk: list[Reading | str], on_call: bool) -> None:
    stage, highest = Stage("US", on_call=on_call), Tier.T0
    for what in talk:
        step = stage.hear(what)
        highest = max(highest, step.tier)
        if highest:
            assert stage.episode.tier >= highest and step.limited
        if step.reply is not None and what != "help_now":
            assert "help_now" in buttons(step)
            assert text(step).count("?") <= 1
        if isinstance(what, Reading) and what.tier >= Tier.T2 and not what.supposed:
            assert stage.episode.in_words


# Through the whole room.


@pytest.fixture
async def talking(chat: Chat) -> Chat:
    await chat.agrees()
    await chat.sent()
    return chat


async def misread(chat: Chat) -> None:
    chat.understands(
        "I light a candle and I talk to her",
        tier=Tier.T2,
        signals=supposed().signals,
        language="en",
        mood=Mood.POSITIVE,
        clauses=(CANDLE,),
    )
    await chat.says("I light a candle and I talk to her")


@pytest.mark.parametrize("how", ["tapped", "typed"])
async def test_a_denial_goes_back_to_the_message_before(talking: Chat, how: str) -> None:
    await misread(talking)
    if how == "tapped":
        rows = await talking.presses("crisis:meant:misread")
    else:
        rows = await talking.says("no, I only pray")
    said = rows[-1].out
    assert "sorry" in said.text or "I believe you" in said.text
    assert "candle" in said.text
    assert "help_now" in {button.data for row in said.buttons for button in row}


async def test_a_voice_note_after_the_question_is_answered_and_the_question_stays_open(talking: Chat) -> None:
    await misread(talking)
    (row,) = await talking.does({"what": "voice"})
    assert "help_now" in {button.data for line in row.out.buttons for button in line}
    rows = await talking.says("no")
    assert "candle" in rows[-1].out.text


async def test_in_an_episode_commands_keep_the_help_button_too(talking: Chat) -> None:
    await misread(talking)
    for name in ("why", "about", "privacy", "pause", "resume"):
        for row in await talking.commands(name):
            assert "help_now" in {button.data for line in row.out.buttons for button in line}, name
