"""In danger of their own: who was named is proposed, how near it is stays open, what was done with it is said."""

import re

import pytest

from bot.care.crisis_given import given
from bot.care.crisis_persons import person, relation
from bot.care.food import asks_to_eat_less
from nlp.labels import Kind, Status, Tier
from nlp.reading import Finding, Reading, Signal, Span
from tests.bot.care.crisis_stage import Stage, buttons, entries, heard, text


def in_danger(seed: int = 0, country: str = "GB", *, on_call: bool = True) -> Stage:
    stage = Stage(country, seed=seed, on_call=on_call)
    stage.hear(heard("i want to die", (Kind.WISH_DEAD, Tier.T2)))
    data = stage.episode
    data.in_words = True
    assert stage.client is not None
    stage.client.episode = data.dump()
    return stage


def at(step: str, seed: int = 0) -> Stage:
    stage = in_danger(seed)
    for n in range(20):
        if stage.episode.pending.endswith(step):
            return stage
        stage.say(f"the rain goes on {n}")
    raise AssertionError(step)


@pytest.mark.parametrize(
    ("said", "who"),
    [
        ("our neighbour joan sat with me after the funeral", "your neighbour Joan"),
        ("my colleague meg has talked me down before", "your colleague Meg"),
        ("my brother pulled me out of worse", "your brother"),
        ("my gran said i could come any time", "your gran"),
        ("my flatmate noticed something", "your flatmate"),
        ("tariq is away till six. he has been there for me", "Tariq"),
        ("my cousin always picks up", "your cousin"),
    ],
)
@pytest.mark.parametrize("seed", range(3))
def test_who_has_stood_by_them_is_proposed_by_name_and_not_asked_for(said: str, who: str, seed: int) -> None:
    stage = in_danger(seed)
    step = stage.say(said)
    assert entries(step)[0] in ("crisis.met.person_stood_by", "crisis.met.person_asks_after")
    assert who.lower() in text(step).lower()
    asked = [e for n in range(12) if (s := stage.say(f"the night is long {n}")).reply for e in entries(s)]
    assert not any(entry.startswith("crisis.steps.people") for entry in asked)


@pytest.mark.parametrize(
    "said",
    ["my dad was there for me once, he's dead now", "my ex never checked on me", "nobody knows me"],
)
def test_nobody_is_proposed_who_is_gone_or_was_not_there(said: str) -> None:
    found = given(Reading(said), "")
    assert found is None or "stood_by" not in found.world


@pytest.mark.parametrize(
    ("name", "kept"), [("your mum", "mum"), ("your neighbour Joan", "neighbour"), ("Tariq", ""), ("", "")]
)
def test_of_a_person_only_the_relation_is_kept(name: str, kept: str) -> None:
    assert relation(name) == kept


def test_who_was_named_stays_known_to_later_steps_and_no_name_is_kept() -> None:
    stage = in_danger()
    stage.say("my friend noor knows a bit of it")
    assert "noor" not in str(stage.episode.dump()).lower()
    step = stage.say("idk about a hotline")
    assert "your friend" in text(step).lower() and "who" not in text(step).lower().split("?")[0].split()[-6:]
    assert not re.search(r"\bWho\b", text(step))


def test_a_person_with_a_trade_is_who_they_are_to_them() -> None:
    assert person("our uncle is a nurse") == "your uncle"
    assert person("i have one friend from the mosque") == "your friend"


@pytest.mark.parametrize("seed", range(6))
def test_distance_is_an_if_unless_a_way_was_told(seed: int) -> None:
    plain = in_danger(seed)
    while not plain.episode.pending.endswith(".plan"):
        plain.say("the rain goes on")
    asked = text(plain.hear("crisis:plan:unsure"))
    assert re.search(r"\b[Ii]f (there('s| is)|anything|something)\b", asked.split("\n\n")[-1])
    told = in_danger(seed)
    step = told.hear(heard("i know how i'd do it", (Kind.METHOD_OR_PLAN, Tier.T2)))
    assert entries(step)[-1] == "crisis.means.step_means_told"


@pytest.mark.parametrize("seed", range(6))
def test_asked_once_more_distance_stands_on_its_own_feet(seed: int) -> None:
    stage = in_danger(seed)
    while not stage.episode.pending.endswith(".plan"):
        stage.say("the rain goes on")
    stage.hear("crisis:plan:unsure")
    again = [s for n in range(6) if (s := stage.say(f"the cat sleeps {n}")).reply and "again" in entries(s)[-1]]
    assert len(again) == 1
    assert re.search(r"\b(if|anything)\b", text(again[0])) and "hurt" in text(again[0])


@pytest.mark.parametrize("answer", ["yes", "no", "unsure"])
def test_what_is_to_be_done_first_is_not_followed_by_a_question(answer: str) -> None:
    for seed in range(4):
        stage = in_danger(seed)
        while not stage.episode.pending.endswith(".plan"):
            stage.say("the rain goes on")
        stage.hear("crisis:plan:unsure")
        assert "?" not in text(stage.hear(f"crisis:means:{answer}"))


@pytest.mark.parametrize("said", ["idk", "maybe", "ok", "hm", "not sure"])
def test_while_it_is_open_how_near_it_is_nothing_is_put_off(said: str) -> None:
    for seed in range(4):
        stage = in_danger(seed)
        while not stage.episode.pending.endswith(".plan"):
            stage.say("the rain goes on")
        stage.hear("crisis:plan:unsure")
        stage.hear("crisis:means:yes")
        stage.say("the rain goes on")
        answer = text(stage.say(said))
        assert not re.search(r"hurry|later|whenever|your time|leave it", answer), answer


@pytest.mark.parametrize("said", ["not yet, after work", "no. tonight", "not yet, when she's home", "no, on sunday"])
def test_a_time_they_set_themselves_is_kept_and_the_hours_before_it_are_thought_of(said: str) -> None:
    for seed in range(4):
        stage = in_danger(seed)
        stage.hear("crisis:plan:no")
        stage.say("i could text my brother")
        while not stage.episode.pending.endswith(".reached"):
            stage.say("the rain goes on")
        step = stage.say(said)
        assert entries(step)[0] == "crisis.answers.no_reached_later"
        assert "999" in text(step) and "tomorrow" not in text(step)


TELLING = ["are you going to tell my parents?", "did you report me", "you told someone?", "did you tell my school"]


@pytest.mark.parametrize("said", [*TELLING, "please don't report me"])
def test_asked_about_telling_the_note_that_went_is_named(said: str) -> None:
    for seed in range(4):
        answer = text(in_danger(seed).say(said))
        assert "person on call" in answer and re.search(r"\b(note|write|read)\b", answer)
        assert re.search(r"may|somebody|person", answer)


@pytest.mark.parametrize("said", TELLING)
def test_asked_about_telling_where_nothing_went_nothing_is_claimed(said: str) -> None:
    for seed in range(4):
        answer = text(in_danger(seed, on_call=False).say(said))
        assert "went to" not in answer and "I did write" not in answer


@pytest.mark.parametrize("said", ["gotta go, bye", "ok i'm off to bed", "goodnight", "bye for now", "ok bye"])
def test_who_leaves_is_offered_one_note_if_it_was_not_offered_yet(said: str) -> None:
    stage = in_danger()
    stage.say("the rain goes on")
    stage.hear("crisis:plan:no")
    step = stage.say(said)
    assert entries(step) == ["crisis.met.goodbye_line", "crisis.steps.follow"]
    assert "crisis:follow:yes" in buttons(step)
    assert stage.hear("crisis:follow:yes").follow
    assert "crisis.steps.follow" not in entries(stage.say("ok bye now"))


def test_who_leaves_with_the_question_about_today_open_is_asked_it_first() -> None:
    stage = at(".plan")
    step = stage.say("gotta go")
    assert entries(step)[-1] == "crisis.steps.plan_again"


def test_another_topic_keeps_the_offer_for_the_goodbye() -> None:
    stage = in_danger()
    stage.say("the rain goes on")
    stage.hear("crisis:plan:no")
    stage.say("can we talk about something else")
    assert "crisis.steps.follow" in entries(stage.say("thanks, i have to go"))


@pytest.mark.parametrize(
    "said", ["i gave it to my sister", "my flatmate has the keys now, i left them with her", "they're out of the house"]
)
def test_what_was_handed_over_answers_the_question_of_distance(said: str) -> None:
    stage = in_danger()
    while not stage.episode.pending.endswith(".plan"):
        stage.say("the rain goes on")
    stage.hear("crisis:plan:unsure")
    assert entries(stage.say(said))[0] == "crisis.met.handed"
    assert not stage.episode.unmet


def test_where_it_is_is_not_passed_over() -> None:
    assert entries(in_danger().say("it's in the truck")) == ["crisis.met.within"]


def test_somebody_who_comes_is_met() -> None:
    assert entries(in_danger().say("she says she's coming over"))[0] == "crisis.met.company"


def test_a_country_s_line_for_the_young_is_named_to_somebody_young_and_the_steps_go_on() -> None:
    stage = Stage("", on_call=True)
    both = heard("i want to die. i'm 15", (Kind.WISH_DEAD, Tier.T2), (Kind.UNDERAGE, Tier.T0))
    stage.hear(both)
    data = stage.episode
    data.in_words = True
    assert stage.client is not None
    stage.client.episode = data.dump()
    first = stage.hear("country:GB")
    assert "0800 1111" in text(first) and entries(first)[-1].startswith("crisis.steps.plan")
    stage.hear("crisis:plan:no")
    assert entries(stage.say("my teacher is kind to me"))[0].startswith("crisis.met.person")
    assert entries(stage.say("can i write to someone instead?"))[0].startswith("crisis.asked.write")


@pytest.mark.parametrize(
    ("said", "asks"),
    [
        ("how do i stop eating at night", True), ("what can i do so i don't eat", True),
        ("what should i do to skip dinner", True), ("what should i cook for ten people", False),
    ],
)  # fmt: skip
def test_asked_how_to_eat_less(said: str, asks: bool) -> None:
    sign = Signal(Kind.EATING_DISORDER, Status.ASSERTED, Tier.T0, "cue", Span(0, 1))
    reading = Reading(said, Tier.T0, (sign,), acts=(Finding("asks_advice", "test"),))
    assert asks_to_eat_less(reading) is asks
    assert not asks_to_eat_less(Reading(said, acts=(Finding("asks_advice", "test"),)))


@pytest.mark.parametrize(
    ("said", "entry"),
    [
        ("i'm not giving it to anyone", "crisis.met.kept_it"), ("leave me alone", "crisis.met.peace"),
        ("my old boss asked how i am", "crisis.met.person_asks_after"), ("i have my pills here", "crisis.met.within"),
        ("is this a real person?", "crisis.met.human"), ("doctors did nothing", "crisis.barriers.tried"),
        ("i would not want to worry her", "crisis.barriers.burden"), ("what would i say to her", "crisis.met.words"),
    ],
)  # fmt: skip
def test_what_is_said_in_passing_is_met(said: str, entry: str) -> None:
    assert entries(in_danger().say(said))[0] == entry


def test_who_wants_peace_is_asked_nothing_for_a_while() -> None:
    stage = in_danger()
    stage.say("leave me alone")
    assert not any((s := stage.say(f"rain {n}")).reply and "?" in text(s) for n in range(3))


def test_nobody_there_is_not_asked_who() -> None:
    stage = in_danger()
    stage.hear("crisis:plan:no")
    step = stage.hear(heard("there's no one", (Kind.HOPELESSNESS, Tier.T1)))
    assert entries(step)[-1] == "crisis.answers.none"


def test_a_burden_beside_a_faint_sign_is_met_as_what_is_in_the_way() -> None:
    step = in_danger().hear(heard("i don't want to burden them", (Kind.HOPELESSNESS, Tier.T1)))
    assert step.tier is Tier.T1
    assert not entries(step)[0].startswith("crisis.stay.")


def test_a_wish_not_to_be_here_answers_the_direct_question() -> None:
    stage = Stage("GB", on_call=True)
    stage.hear(heard("no point", (Kind.HOPELESSNESS, Tier.T1)))
    assert stage.episode.pending.endswith(".thoughts")
    step = stage.hear(heard("sometimes i don't want to be here", (Kind.PASSIVE_WISH, Tier.T1)))
    assert step.tier is Tier.T2 and stage.episode.routes == {"suicide": int(Tier.T2)}


def test_beside_self_harm_such_a_wish_brings_the_question_about_today() -> None:
    stage = Stage("GB", on_call=True)
    stage.hear(heard("i hurt myself", (Kind.SELF_HARM, Tier.T2)))
    stage.say("hm")
    stage.hear("crisis:wound:no")
    stage.hear("crisis:thoughts:skip")
    step = stage.hear(heard("sometimes i don't want to be here", (Kind.PASSIVE_WISH, Tier.T1)))
    assert entries(step)[-1].startswith("crisis.steps.plan")


@pytest.mark.parametrize(
    ("said", "entry"),
    [("no. maybe after my defence on thursday", "crisis.answers.unsure"), ("no plan", "crisis.answers.no_plan")],
)
def test_a_day_that_is_thought_of_is_no_denial(said: str, entry: str) -> None:
    assert entries(at(".plan").say(said))[0].startswith(entry)


def test_a_wound_that_has_stopped_is_an_answer_and_so_is_a_voice_that_orders_nothing() -> None:
    stage = Stage("GB")
    stage.hear(heard("i hurt myself", (Kind.SELF_HARM, Tier.T2)))
    stage.say("hm")
    assert stage.episode.pending.endswith(".wound")
    assert entries(stage.say("it's not bleeding anymore"))[0] == "crisis.answers.no"
    voices = Stage("GB")
    voices.hear(heard("i hear a voice", (Kind.PSYCHOSIS_VOICES, Tier.T2)))
    voices.say("hm")
    voices.say("it says i am bad")
    assert entries(voices.say("no, it doesn't tell me to do anything"))[0] == "crisis.answers.no"


def test_fear_of_losing_a_child_is_no_child_in_danger() -> None:
    step = in_danger().hear(heard("will they take my baby?", (Kind.CHILD_IN_DANGER, Tier.T2)))
    assert entries(step) == ["crisis.asked.police"]


def test_who_fears_somebody_and_must_go_is_not_wished_a_good_day() -> None:
    stage = Stage("GB", on_call=True)
    stage.hear(heard("he beats me", (Kind.ABUSE_OR_DANGER, Tier.T2)))
    assert entries(stage.say("i have to go he's back")) == ["crisis.routes.with_abuse"]
