"""In an episode, what a message gives or asks is answered before any step, and is not asked for again."""

import pytest

from bot.care.crisis_barriers import refuses_rescue
from bot.care.crisis_given import given
from bot.care.crisis_persons import person
from nlp.labels import Kind, Tier
from nlp.reading import Reading
from tests.bot.care.crisis_stage import Stage, buttons, entries, text


def told(seed: int = 0, tier: Tier = Tier.T2, country: str = "GB") -> Stage:
    stage = Stage(country, seed=seed)
    stage.sign(Kind.WISH_DEAD, tier)
    stage.episode.in_words = True
    data = stage.episode
    data.in_words = True
    assert stage.client is not None
    stage.client.episode = data.dump()
    return stage


@pytest.mark.parametrize(
    ("said", "entry", "word"),
    [
        ("my brother, maybe. we don't talk much", "crisis.met.person", "your brother"),
        ("my wife knows that i'm tired. not about the thoughts", "crisis.met.person", "your wife"),
        ("i could text my friend jo. she knows", "crisis.met.willing_named", "your friend jo"),
        ("i think i could tell her tonight", "crisis.met.willing_later", "999"),
        ("i'm scared they'd take the baby away from me", "crisis.barriers.child_taken", "child"),
        ("please dont report me or anything", "crisis.barriers.reported", "/privacy"),
        ("they would throw me out", "crisis.barriers.outed", "home"),
        ("i can't afford therapy", "crisis.barriers.cost", "free"),
        ("i don't want to burden them", "crisis.barriers.burden", "they"),
        ("i hate phone calls", "crisis.barriers.phone", "one"),
        ("don't want a hotline. want somebody to get it", "crisis.barriers.understood", "who"),
        ("is it normal, or am i a terrible mother", "crisis.met.normal", "doctor"),
        ("is it my fault?", "crisis.met.fault", "you"),
        ("thank you. sorry again", "crisis.met.thanks_last_sorry", "sorry"),
        ("ok gonna go. ty", "crisis.met.goodbye", "116 123"),
        ("my therapist is away until monday", "crisis.met.care_away", "your therapist"),
        ("drawing helps", "crisis.met.comfort", "drawing"),
    ],
)
def test_what_was_said_is_met_by_what_it_was(said: str, entry: str, word: str) -> None:
    act = "thanks" if said.startswith("thank") else ""
    step = told().say(said, act)
    expected = entry if not (act and "sorry" in entry) else "crisis.met.thanks"  # the stage hears one act only
    assert entries(step)[0].startswith(expected)
    assert expected == "crisis.met.thanks" or word in text(step).lower()


ASKED_FOR = {"person": ("people",), "willing": ("people", "willing"), "comfort": ("own_steps",), "care": ("care",)}


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("before", range(5))
@pytest.mark.parametrize(
    ("said", "what"),
    [("my sister knows", "person"), ("i'll call my mum tomorrow", "willing"), ("music helps", "comfort"),
     ("i have a therapist", "care")],
)  # fmt: skip
def test_no_step_asks_for_what_the_last_message_gave(said: str, what: str, before: int, seed: int) -> None:
    stage = told(seed)
    for _ in range(before):
        stage.say("hm")
    stage.say(said)
    asked = [name.rpartition(".")[2] for name in stage.episode.done]
    put = stage.episode.pending.rpartition(".")[2]
    assert put not in ASKED_FOR[what] or (what == "person" and put == "willing") or before
    queue = [name.rpartition(".")[2] for name in stage.episode.queue]
    assert not set(ASKED_FOR[what]) & set(queue)
    assert len(asked) == len(set(asked))


def test_a_known_way_brings_distance_before_anything_else() -> None:
    stage = told()
    step = stage.sign(Kind.METHOD_OR_PLAN, Tier.T2, "yes. i know how i would do it. not today")
    assert entries(step)[-1] == "crisis.means.step_means_told"
    assert "plan" not in {name.rpartition(".")[2] for name in stage.episode.queue}  # "not today" is not asked again
    assert entries(stage.say("can't guarantee anything"))[0] == "crisis.means.unsure_means_line"


def test_no_assurance_about_today_brings_distance_too() -> None:
    stage = told()
    while not stage.episode.pending.endswith(".plan"):
        stage.say("hm")
    assert entries(stage.hear("crisis:plan:unsure")) == ["crisis.answers.unsure_plan", "crisis.means.step_means"]


def test_means_in_reach_in_an_urgent_hour_are_met_also_where_the_ear_hears_a_sign() -> None:
    stage = told(tier=Tier.T3)
    step = stage.sign(Kind.SELF_HARM, Tier.T2, "its in the drawer. i keep looking at it")
    assert entries(step) == ["crisis.near.away"]
    assert "999" in text(step)


@pytest.mark.parametrize("seed", range(4))
def test_an_ambulance_refused_is_no_poisoning(seed: int) -> None:
    said = "i do not want an ambulance at my door"
    assert refuses_rescue(Reading(said))
    assert not refuses_rescue(Reading("i took them all and called an ambulance"))
    step = told(seed, Tier.T3).sign(Kind.MEDICAL_EMERGENCY, Tier.T2, said)
    assert entries(step)[0].startswith("crisis.near.rescue")
    assert "oison" not in text(step)


def test_for_a_child_the_number_and_the_steps_are_for_the_child() -> None:
    stage = Stage("AU")
    first = stage.sign(Kind.THIRD_PARTY, Tier.T1, "my son is sixteen and told me he wants to die")
    assert "000 for him" in text(first)
    assert "Kids Helpline" in text(first)
    assert "program" in text(first)
    assert entries(stage.say("i asked him and he let me look"))[-1] == "crisis.helping.keep"
    assert "for him" in text(stage.say("he's in his room, the door is open"))
    assert entries(stage.say("is it my fault? i've been so caught up in the divorce")) == ["crisis.met.fault_helper"]


def test_a_might_is_not_called_a_denial() -> None:
    step = told().say("i'm not going to do anything now. but if it goes on, i might")
    assert entries(step)[-1] == "crisis.steps.plan_might"


def test_another_topic_is_let_be_for_some_messages() -> None:
    stage = told()
    assert entries(stage.say("can we talk about something else")) == ["crisis.met.topic"]
    assert stage.say("the film was long").reply is None
    assert entries(stage.say("my friend rue is nice. we draw together")) == ["crisis.met.person_rest"]


def test_a_note_is_agreed_to_only_by_a_clear_yes() -> None:
    stage = told()
    while not stage.episode.pending.endswith(".follow"):
        stage.say("hm")
    assert not stage.say("i have dana, i'm lucky with her").follow


def test_a_country_in_an_urgent_hour_says_call_now() -> None:
    stage = told(tier=Tier.T3, country="")
    assert "now" in text(stage.hear("country:US")).split("\n\n")[0]


def test_the_first_reply_holds_few_buttons() -> None:
    step = Stage("").sign(Kind.WISH_DEAD, Tier.T2)
    assert len(buttons(step)) <= 7
    assert len(text(step).split("\n\n")) <= 3
    assert {"country:IE", "country:PH"} <= buttons(Stage("").hear("country:other"))


def test_an_offer_of_a_line_can_be_taken() -> None:
    stage = Stage("CA")
    stage.sign(Kind.HOPELESSNESS, Tier.T1)
    stage.hear("crisis:thoughts:unsure")
    assert entries(stage.say("ok"))[0].startswith("crisis.means.yes_offer")


@pytest.mark.parametrize(
    "said", ["my brother hit me again", "my dad died last year", "my wife left me", "the bus was late"]
)
def test_nobody_is_made_a_support_who_was_not_named_as_one(said: str) -> None:
    found = given(Reading(said), "plan")
    assert found is None or found.name != "person"


def test_names_are_turned() -> None:
    assert person("my friend rue is nice") == "your friend Rue"
    assert person("my friend is nice") == "your friend"
    assert person("the weather") == ""


def test_an_ambulance_refused_after_something_taken_keeps_the_number() -> None:
    for seed in range(8):
        stage = Stage("GB", seed=seed)
        stage.sign(Kind.MEDICAL_EMERGENCY, Tier.T3)
        refused = stage.say("i don't want an ambulance")
        assert entries(refused) == ["crisis.near.rescue_medical_line"]
        assert "999" in text(refused)
        assert "999" in text(stage.say("i feel fine"))


def test_a_helper_who_asks_what_to_say_is_given_words_for_the_other() -> None:
    stage = Stage("GB")
    stage.sign(Kind.THIRD_PARTY, Tier.T2, "my husband says he will end his life")
    assert entries(stage.say("what do i say to him?")) == ["crisis.asked.happens_helper"]


@pytest.mark.parametrize(
    "kind", [Kind.ABUSE_OR_DANGER, Kind.HARM_TO_OTHERS, Kind.CHILD_IN_DANGER], ids=lambda kind: kind.value
)
@pytest.mark.parametrize(
    "said",
    ["i'm scared", "no police", "he is here", "he's asleep upstairs", "he never stops"],
)
@pytest.mark.parametrize("country", ["GB", ""])
def test_who_is_near_may_be_the_danger_so_nobody_is_told_to_stay_beside_them(
    kind: Kind, said: str, country: str
) -> None:
    for seed in range(6):
        stage = Stage(country, seed=seed)
        stage.sign(kind, Tier.T3)
        stage.say("ok")  # the step that was due
        answered = stage.say(said)
        assert entries(answered)[0].startswith(
            ("crisis.routes.", "crisis.stay.child", "crisis.stay.abuse", "crisis.stay.others")
        ), entries(answered)
