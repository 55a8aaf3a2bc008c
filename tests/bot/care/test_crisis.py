"""The crisis flow, one promise a test."""

from dataclasses import replace
from itertools import product

import pytest

from bot.care import crisis
from bot.care.crisis_words import COUNTRIES
from bot.care.records import Priority
from nlp.labels import Kind, Tier
from tests.bot.care.crisis_stage import Stage, buttons, entries, heard, helplines, text, voice

RISKS = [kind for kind in Kind if kind is not Kind.UNDERAGE]
TIERS = (Tier.T1, Tier.T2, Tier.T3)


def holds_help(words: str, country: str) -> bool:
    lines = helplines()
    places = [lines.emergency(country), lines.emergency(country, police=True), lines.directory]
    places += [line.number or line.text for line in lines.lines if line.country == country]
    return any(place in words for place in places)


@pytest.mark.parametrize(("kind", "tier"), list(product(RISKS, TIERS)))
def test_every_risk_is_answered_from_the_crisis_shelf_with_help_in_reach(kind: Kind, tier: Tier) -> None:
    worlds = product((True, False), ("", "US", "DE", "GT", "XX"), (True, False), (True, False))
    for known, country, on_call, talk in worlds:
        stage = Stage(country, on_call=on_call, talk=talk, known=known)
        step = stage.sign(kind, tier)
        assert step.tier is tier
        assert step.reply is not None
        assert all(entry.startswith("crisis.") for entry in entries(step))
        assert step.reply.priority == Priority.CRISIS
        assert "help_now" in buttons(step)
        shown = country if known else ""
        assert tier is Tier.T1 or holds_help(text(step), shown)


@pytest.mark.parametrize(("kind", "tier"), list(product(RISKS, TIERS)))
def test_a_note_goes_out_only_with_consent_and_somebody_on_call(kind: Kind, tier: Tier) -> None:
    for known, talk, on_call in product((True, False), repeat=3):
        step = Stage(on_call=on_call, talk=talk, known=known).sign(kind, tier)
        assert (step.alert is not None) == (known and talk and on_call and tier >= Tier.T2)


@pytest.mark.parametrize("talk", [True, False])
def test_nothing_is_kept_before_consent(talk: bool) -> None:
    stage = Stage(talk=False, known=talk)
    step = stage.sign(Kind.WISH_DEAD, Tier.T2)
    assert step.episode is None
    assert not step.limited
    assert step.country_set == stage.hear("country:DE").country_set == ""


def test_a_country_button_before_consent_still_shows_that_countrys_numbers() -> None:
    step = Stage(known=False).hear("country:DE")
    assert "112" in text(step)
    assert "0800 111 0 111" in text(step)


def test_concern_is_reflected_and_asked_about_directly() -> None:
    step = Stage("US").sign(Kind.PASSIVE_WISH, Tier.T1)
    assert entries(step) == ["crisis.concern.passive_wish", "crisis.steps.thoughts"]
    assert {f"crisis:thoughts:{value}" for value in ("yes", "no", "unsure", "skip")} <= buttons(step)
    assert "988" not in text(step)


def test_the_direct_question_is_asked_once_a_day() -> None:
    stage = Stage("US")
    stage.sign(Kind.HOPELESSNESS, Tier.T1)
    stage.hear("crisis:thoughts:no")
    again = [entries(stage.sign(Kind.HOPELESSNESS, Tier.T1)) for _ in range(4)]
    assert not any("crisis.steps.thoughts" in said for said in again)
    stage.wait(hours=24)
    assert "crisis.steps.thoughts" in entries(stage.sign(Kind.HOPELESSNESS, Tier.T1))


def test_signs_that_add_up_allow_the_question_once_more() -> None:
    stage = Stage("US")
    stage.sign(Kind.HOPELESSNESS, Tier.T1)
    stage.hear("crisis:thoughts:no")
    assert "crisis.steps.thoughts" not in entries(stage.sign(Kind.PASSIVE_WISH, Tier.T1))
    assert "crisis.steps.thoughts" in entries(stage.sign(Kind.PAST, Tier.T1))
    assert "crisis.steps.thoughts" not in entries(stage.sign(Kind.HOPELESSNESS, Tier.T1))


def test_a_no_is_believed_and_names_help_once() -> None:
    stage = Stage("US")
    stage.sign(Kind.PASSIVE_WISH, Tier.T1)
    step = stage.say("no, not like that", act="no")
    assert entries(step) == ["crisis.answers.no_thoughts"]
    assert "/help_now" in text(step)
    assert step.tier is Tier.T0
    calm = stage.say("my sister came by")
    assert calm.reply is None
    assert calm.limited


@pytest.mark.parametrize("words", ["yes", "Yeah.", "i do", "yes, most nights", "it is"])
def test_a_typed_yes_opens_the_next_tier(words: str) -> None:
    stage = Stage("US", on_call=True)
    stage.sign(Kind.PASSIVE_WISH, Tier.T1)
    step = stage.say(words)
    assert step.tier is Tier.T2
    assert step.alert is not None
    assert "988" in text(step)


@pytest.mark.parametrize("words", ["no one would care", "nothing to say", "nobody asks me that", "my cat is ill"])
def test_other_words_are_not_taken_for_a_no(words: str) -> None:
    stage = Stage("US")
    stage.sign(Kind.PASSIVE_WISH, Tier.T1)
    assert stage.say(words).reply is None
    assert stage.episode.pending.endswith("thoughts")


@pytest.mark.parametrize("words", ["not sure", "maybe", "idk", "kind of", "I don't know"])
def test_not_sure_brings_a_line_and_no_note(words: str) -> None:
    stage = Stage("US", on_call=True)
    stage.sign(Kind.PASSIVE_WISH, Tier.T1)
    step = stage.say(words)
    assert "988" in text(step)
    assert step.alert is None


def test_rather_not_say_is_respected() -> None:
    stage = Stage("US")
    stage.sign(Kind.PASSIVE_WISH, Tier.T1)
    assert entries(stage.say("I'd rather not say")) == ["crisis.answers.skip"]


def test_after_ideation_come_small_steps_one_a_message() -> None:
    stage = Stage("US")
    first = stage.sign(Kind.WISH_DEAD, Tier.T2)
    assert entries(first)[:2] == ["crisis.danger.heard", "crisis.lines.both"]
    assert "program" in text(first)
    steps = [
        stage.say("ok"),
        stage.hear("crisis:plan:no"),
        stage.say("my sister maybe"),
        stage.hear("crisis:willing:yes"),
    ]
    assert [entries(step)[-1].split(".")[-1] for step in steps] == ["plan", "people", "willing_named", "yes_willing"]
    assert entries(stage.say("hm"))[-1] == "crisis.steps.own_steps"
    comfort = stage.say("music helps")  # what helps is received by name
    assert entries(comfort) == ["crisis.met.comfort", "crisis.steps.care"]
    assert "music" in text(comfort).lower()
    assert entries(stage.say("i had one once"))[-1] == "crisis.steps.follow"
    assert stage.hear("crisis:follow:yes").follow
    assert entries(stage.say("good night")) == ["crisis.met.goodbye_line"]


def test_nobody_is_asked_about_a_later_note_before_consent() -> None:
    for known, talk in ((False, False), (True, False)):
        stage = Stage("US", known=known, talk=talk)
        said = [entries(stage.sign(Kind.WISH_DEAD, Tier.T2)) for _ in range(8)]
        assert "crisis.steps.follow" not in {entry for reply in said for entry in reply}


def test_a_plan_makes_it_urgent() -> None:
    stage = Stage("US", on_call=True)
    stage.sign(Kind.WISH_DEAD, Tier.T2)
    stage.say("ok")
    step = stage.say("yes")
    assert step.tier is Tier.T3
    assert step.alert is not None
    assert step.alert[0] is Tier.T3
    assert "911" in text(step)


def test_urgent_names_a_number_a_person_and_distance_and_then_what_if_you_cannot_call() -> None:
    stage = Stage("GB")
    step = stage.sign(Kind.INTENT_OR_ATTEMPT_NOW, Tier.T3)
    assert "999" in text(step)
    assert "116 123" in text(step)
    assert "crisis.urgent.safe" in entries(step)
    assert {"crisis:call:calling", "crisis:call:cant", "crisis:call:with"} <= buttons(step)
    assert entries(stage.say("i can't call")) == ["crisis.steps.cannot_call_other"]
    assert entries(stage.say("hm"))[-1] == "crisis.steps.people_urgent"  # the other ways were just named


def test_once_the_other_ways_were_named_they_are_not_named_again() -> None:
    stage = Stage("GB")
    stage.sign(Kind.INTENT_OR_ATTEMPT_NOW, Tier.T3)
    stage.say("hm")
    assert entries(stage.say("ok"))[-1].startswith("crisis.steps.cannot_call")
    assert entries(stage.hear("crisis:call:cant")) == ["crisis.answers.cant"]


@pytest.mark.parametrize("said", ["my neighbour is here", "I'm with my sister now"])
def test_who_has_somebody_there_is_not_asked_for_somebody(said: str) -> None:
    stage = Stage("GB")
    stage.sign(Kind.INTENT_OR_ATTEMPT_NOW, Tier.T3)
    stage.hear("crisis:call:cant")
    assert entries(stage.say(said)) == ["crisis.stay.with"]
    assert not any("people" in name for name in stage.episode.queue)
    assert stage.episode.tier is Tier.T3


@pytest.mark.parametrize("said", ["nobody is here", "there is no friend with me", "he is coming to work on it"])
def test_company_is_not_made_up(said: str) -> None:
    stage = Stage("GB")
    stage.sign(Kind.INTENT_OR_ATTEMPT_NOW, Tier.T3)
    stage.hear("crisis:call:cant")
    assert "crisis.stay.with" not in entries(stage.say(said))


@pytest.mark.parametrize("said", ["no plan. i just wish i was gone", "i'm not going to do anything, but i want to die"])
def test_a_plan_that_was_denied_is_asked_for_as_such(said: str) -> None:
    stage = Stage("GB")
    stage.sign(Kind.WISH_DEAD, Tier.T2)
    step = stage.sign(Kind.WISH_DEAD, Tier.T2, said)
    assert entries(step)[-1] in (
        "crisis.steps.plan_denied",
        "crisis.steps.plan_wont",
    )  # asked once, with what was said taken in
    assert step.tier is Tier.T2
    assert stage.episode.tier is Tier.T2


def test_maybe_is_not_nobody() -> None:
    stage = Stage("GB")
    stage.sign(Kind.WISH_DEAD, Tier.T2)
    stage.hear("crisis:plan:no")
    assert "crisis.answers.none" not in entries(stage.say("maybe. i'd have to find the words"))


@pytest.mark.parametrize(("tier", "hours"), [(Tier.T1, 24), (Tier.T2, 24), (Tier.T3, 72)])
def test_an_episode_outlasts_calm_words_for_its_time(tier: Tier, hours: int) -> None:
    stage = Stage("US")
    stage.sign(Kind.WISH_DEAD, tier)
    stage.wait(hours=hours - 1)
    assert stage.say("just kidding, all good").limited
    stage.wait(hours=1)
    assert not stage.say("hello").limited


def test_a_lower_sign_in_an_urgent_episode_is_answered_as_urgent() -> None:
    stage = Stage("US")
    stage.sign(Kind.INTENT_OR_ATTEMPT_NOW, Tier.T3)
    step = stage.sign(Kind.HOPELESSNESS, Tier.T1)
    assert entries(step)[0] == "crisis.stay.heard_urgent"


def test_the_line_is_shown_in_full_once_and_then_by_name() -> None:
    stage = Stage("US")
    said = [entries(stage.sign(Kind.WISH_DEAD, Tier.T2)) for _ in range(12)]
    assert sum("crisis.lines.both" in parts for parts in said) == 1
    assert any("crisis.stay.help" in parts for parts in said)


def test_that_it_is_a_program_is_said_once() -> None:
    stage = Stage("US")
    said = [entry for _ in range(9) for entry in entries(stage.sign(Kind.WISH_DEAD, Tier.T2))]
    assert sum(entry.startswith("crisis.truth.program") for entry in said) == 1


def test_with_nobody_on_call_it_says_that_nobody_is_watching() -> None:
    for seed in range(20):
        words = text(Stage("US", seed=seed).sign(Kind.WISH_DEAD, Tier.T2)).lower()
        assert any(
            phrase in words for phrase in ("nobody is watching", "no one is watching", "nobody sees", "nobody else is")
        )
        assert "note" not in words


def test_with_somebody_on_call_it_says_that_a_note_goes_out() -> None:
    for seed in range(20):
        words = text(Stage("US", on_call=True, seed=seed).sign(Kind.WISH_DEAD, Tier.T2)).lower()
        assert "person on call" in words
        assert "watching" not in words


def test_one_note_a_tier_and_never_one_more() -> None:
    stage = Stage("US", on_call=True)
    risks = [Tier.T1, Tier.T2, Tier.T2, Tier.T1, Tier.T3, Tier.T2, Tier.T3]
    alerts = [stage.sign(Kind.WISH_DEAD, tier).alert for tier in risks]
    assert [alert[0] if alert else None for alert in alerts] == [None, Tier.T2, None, None, Tier.T3, None, None]


def test_a_note_goes_out_later_when_somebody_comes_on_call() -> None:
    stage = Stage("US")
    stage.sign(Kind.WISH_DEAD, Tier.T2)
    stage.on_call = True
    step = stage.sign(Kind.WISH_DEAD, Tier.T2)
    assert step.alert is not None
    assert "crisis.truth.sending" in entries(step)


def test_an_unknown_country_is_asked_once_and_its_lines_come_at_once() -> None:
    stage = Stage()
    step = stage.sign(Kind.WISH_DEAD, Tier.T2)
    assert {f"country:{code}" for code in COUNTRIES} <= buttons(step)
    assert "findahelpline.com" in text(step)
    assert "crisis.country.ask" not in entries(stage.sign(Kind.WISH_DEAD, Tier.T2))
    chosen = stage.hear("country:AU")
    assert chosen.country_set == "AU"
    assert "000" in text(chosen)
    assert "13 11 14" in text(chosen)


def test_a_typed_country_is_understood() -> None:
    stage = Stage()
    stage.sign(Kind.WISH_DEAD, Tier.T2)
    step = stage.say("I'm in the Netherlands")
    assert step.country_set == "NL"
    assert "0800 0113" in text(step)


def test_another_country_or_nonsense_is_asked_to_be_typed() -> None:
    for data in ("country:other", "country:ZZ", "country:"):
        step = Stage().hear(data)
        assert entries(step) == ["crisis.country.type"]
        assert step.country_set == ""


def test_abuse_does_not_assume_a_safe_phone() -> None:
    step = Stage("GB").sign(Kind.ABUSE_OR_DANGER, Tier.T2)
    assert "crisis.danger.device" in entries(step)
    assert "0808 2000 247" in text(step)


def test_each_kind_gets_its_own_line() -> None:
    assert "1 800 222 1222" in text(Stage("US", seed=1).sign(Kind.MEDICAL_EMERGENCY, Tier.T3))
    assert "1 888 375 7767" in text(Stage("US").sign(Kind.EATING_DISORDER, Tier.T1))
    assert "110" in text(Stage("DE").sign(Kind.ABUSE_OR_DANGER, Tier.T3))


def test_a_second_danger_is_opened_in_the_same_episode() -> None:
    stage = Stage("GB")
    stage.sign(Kind.WISH_DEAD, Tier.T2)
    step = stage.sign(Kind.ABUSE_OR_DANGER, Tier.T2)
    assert entries(step)[0] == "crisis.danger.abuse"


def test_worry_for_a_friend_gets_help_for_the_helper() -> None:
    stage = Stage("US")
    assert entries(stage.sign(Kind.THIRD_PARTY, Tier.T1))[0] == "crisis.concern.third_party"
    assert entries(stage.say("he won't answer"))[-1] == "crisis.helping.keep"
    assert entries(stage.say("it's been hours"))[-1] == "crisis.steps.helper"


def test_somebody_under_18_is_told_so_kindly_and_never_left_without_an_answer() -> None:
    stage = Stage("GB")
    first = stage.hear(heard("i am 15", (Kind.UNDERAGE, Tier.T0)))
    assert entries(first)[0] == "crisis.underage.stop"
    assert "0800 1111" in text(first)
    stage.wait(days=9)
    assert entries(stage.say("please"))[0] == "crisis.underage.again"
    risk = stage.sign(Kind.WISH_DEAD, Tier.T2)
    assert entries(risk)[0] == "crisis.danger.heard"


def test_a_grown_up_who_was_misread_can_go_on() -> None:
    stage = Stage("GB")
    stage.hear(heard("sixteen years sober", (Kind.UNDERAGE, Tier.T0)))
    assert entries(stage.hear("crisis:age:adult")) == ["crisis.answers.adult"]
    calm = stage.say("so, about work")
    assert calm.reply is None
    assert not calm.limited


def test_risk_from_somebody_under_18_is_answered_first() -> None:
    step = Stage("GB").hear(heard("i'm 14", (Kind.UNDERAGE, Tier.T0), (Kind.WISH_DEAD, Tier.T2)))
    assert entries(step)[0] == "crisis.danger.heard"
    assert "crisis.underage.also" in entries(step)
    assert "0800 1111" in text(step)


def test_days_later_one_gentle_question_and_no_more() -> None:
    stage = Stage("US")
    stage.sign(Kind.WISH_DEAD, Tier.T2)
    stage.wait(hours=73)
    assert entries(stage.say("hello again")) == ["crisis.closing.ask"]
    assert stage.say("work was long").reply is None
    assert stage.say("still at work").reply is None


@pytest.mark.parametrize(("words", "entry", "closed"), [("better", "ok", True), ("not good", "hard", False)])
def test_the_answer_to_it_closes_the_episode_or_takes_it_up_again(words: str, entry: str, closed: bool) -> None:
    stage = Stage("US")
    stage.sign(Kind.WISH_DEAD, Tier.T2)
    stage.wait(hours=73)
    stage.say("hello again")
    step = stage.say(words)
    assert entries(step)[0] == f"crisis.closing.{entry}"
    assert (stage.episode.closed is not None) == closed
    assert stage.say("hm").limited != closed


@pytest.mark.parametrize("country", ["", "US", "GT", "XX"])
def test_help_now_answers_in_every_state(country: str) -> None:
    for stage in (Stage(country), Stage(country, talk=False), Stage(known=False)):
        reply = crisis.help_now(stage.scene(heard("")))
        shown = country if stage.client else ""
        assert helplines().emergency(shown) in reply.text
        assert helplines().directory in reply.text
        assert stage.hear("help_now").reply is not None


def test_help_now_does_not_outrank_risk_in_the_same_moment() -> None:
    stage = Stage("US")
    step = crisis.step(stage.scene(heard("words", (Kind.WISH_DEAD, Tier.T2))))
    both = crisis.step(
        crisis.Scene(
            heard("words", (Kind.WISH_DEAD, Tier.T2)), "help_now", stage.client, True, False, voice(), helplines(),
            stage.now, stage.scene("").random,
        )
    )  # fmt: skip
    assert both.tier is step.tier is Tier.T2
    assert both.episode is not None


@pytest.mark.parametrize("country", ["", "US", "GT", "XX"])
def test_when_nothing_could_be_read_help_is_named_and_the_fault_owned(country: str) -> None:
    reply = crisis.safe_reply(voice(), helplines(), country, Stage().scene("").random)
    assert [part.entry.split(".")[1] for part in reply.parts] == ["help", "help"]
    assert helplines().emergency(country) in reply.text


def test_calm_words_without_an_episode_are_none_of_its_business() -> None:
    step = Stage().say("hello")
    assert step.reply is None
    assert step.episode is None
    assert not step.limited


@pytest.mark.parametrize("data", ["crisis:plan:soon", "crisis:x:yes", "crisis:", "consent:talk", "crisis:plan:yes:x"])
def test_buttons_never_given_out_change_nothing(data: str) -> None:
    assert Stage().hear(data).reply is None


@pytest.mark.parametrize(
    ("said", "entry"),
    [
        ("it is in the study. i suppose it could stay locked", "crisis.near.locked"),
        ("i keep looking at it", "crisis.near.away"),
        ("my wife is asleep upstairs", "crisis.stay.near"),
        ("ok. he's calling", "crisis.answers.calling"),
        ("she can drive me to the hospital", "crisis.stay.going"),
        ("All right. I will wake her", "crisis.stay.going"),
        ("my sister is here", "crisis.stay.with"),
    ],
)
def test_in_an_urgent_hour_words_about_help_and_danger_are_taken_up(said: str, entry: str) -> None:
    stage = Stage("GB")
    stage.sign(Kind.INTENT_OR_ATTEMPT_NOW, Tier.T3)
    assert entries(stage.say(said)) == [entry]
    assert stage.episode.tier is Tier.T3


def test_in_an_urgent_hour_nothing_is_said_back_in_their_own_words() -> None:
    stage = Stage("GB")
    stage.sign(Kind.INTENT_OR_ATTEMPT_NOW, Tier.T3)
    said = [stage.say(f"nobody can change my mind {n}") for n in range(12)]
    assert all(step.reply is not None for step in said)
    assert len({text(step) for step in said}) == 12
    assert sum("999" in text(step) for step in said) >= 2


def test_the_note_for_later_is_offered_once_there_is_somebody_and_not_before() -> None:
    stage = Stage("GB")
    stage.sign(Kind.INTENT_OR_ATTEMPT_NOW, Tier.T3)
    before = [entry for n in range(8) for entry in entries(stage.say(f"words {n}"))]
    assert "crisis.steps.follow" not in before
    stage.say("my sister is here")
    assert entries(stage.say("ok"))[-1] == "crisis.steps.follow"


@pytest.mark.parametrize("language", ["de", "es", "pt", "fr", "it", "ru", "uk", "tr", "id", "hi", "ar", "fa"])
@pytest.mark.parametrize("tier", [Tier.T2, Tier.T3])
def test_help_is_named_in_the_language_somebody_wrote_in(language: str, tier: Tier) -> None:
    for country, number in (("", "112"), ("GB", "999")):
        stage = Stage(country)
        step = stage.hear(replace(heard("words", (Kind.WISH_DEAD, tier)), language=language))
        said = next(part for part in step.reply.parts if part.entry.startswith("crisis.tongues."))  # type: ignore[union-attr]
        assert "findahelpline.com" in said.text
        assert number in said.text or language == "fa"
        assert step.named_help


def test_english_is_not_said_twice() -> None:
    assert not any("tongues" in entry for entry in entries(Stage("GB").sign(Kind.WISH_DEAD, Tier.T2)))


def test_who_has_a_therapist_is_not_told_how_to_find_one() -> None:
    stage = Stage("GB")
    stage.sign(Kind.WISH_DEAD, Tier.T2)
    assert any(name.endswith(".care") for name in stage.episode.queue)
    stage.say("my therapist is called dana")
    assert not any(name.endswith(".care") for name in stage.episode.queue)
