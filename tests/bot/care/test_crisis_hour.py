"""In an urgent hour: what is meant is not what is done, a call is heard at any time, nothing is made conditional."""

import re

import pytest

from bot.care.crisis_hour import company, danger, within_reach
from nlp.labels import Kind, Tier
from nlp.reading import Reading
from tests.bot.care.crisis_stage import Stage, entries, heard, text


def urgent(country: str = "US", seed: int = 0, kind: Kind = Kind.INTENT_OR_ATTEMPT_NOW) -> Stage:
    stage = Stage(country, seed=seed, on_call=True)
    stage.sign(kind, Tier.T3)
    return stage


@pytest.mark.parametrize(
    ("said", "what"),
    [
        ("I'll wake my husband", "going"), ("ok i will tell my roommate", "going"),
        ("i could knock next door", "going"),
        ("let me get my mum", "going"), ("he can drive me", "going"), ("should i call my sister", "going"),
        ("i told my brother. he's getting the car", "coming"), ("we're on the way to the hospital", "coming"),
        ("my dad is driving over", "coming"), ("i woke her", "coming"), ("ok, knocked", ""),
        ("the ambulance is on its way", "coming"), ("my aunt is taking me to the clinic", "coming"),
        ("ok calling", "calling"), ("calling 999 now", "calling"), ("fine. i'll ring", "calling"),
        ("she's on the phone with them", "calling"), ("my neighbour called an ambulance", "calling"),
        ("i'm at the hospital", "arrived"), ("the paramedics are here", "arrived"), ("we are in a&e now", "arrived"),
        ("my flatmate is here", "with"), ("my mum keeps calling me", "rings"), ("he has texted me again", "rings"),
        ("my son is in the garden", "children"), ("someone is downstairs", "near"),
        ("i won't tell her", ""), ("i can't wake him", ""), ("i'm not going to call", ""), ("he called me a "
         r"coward", ""),
        ("i will do it", ""), ("i told you already", ""), ("i wrote my goodbyes", "byes"),
        ("it's in the glovebox", "away"), ("it's locked in the safe", "locked"),
    ],
)  # fmt: skip
def test_what_words_of_an_urgent_hour_say(said: str, what: str) -> None:
    assert danger(Reading(said)) == what


@pytest.mark.parametrize(
    "said", ["I'll go and wake my wife", "ok i will tell my roommate", "she could take me to the er"]
)
@pytest.mark.parametrize("seed", range(4))
def test_a_step_that_is_only_meant_is_asked_for_now_and_the_number_stays(said: str, seed: int) -> None:
    step = urgent(seed=seed).say(said)
    assert entries(step) == ["crisis.stay.going"]
    assert re.search(r"\bnow\b|\bthis minute\b", text(step)) and "911" in text(step)
    assert "glad" not in text(step)


@pytest.mark.parametrize("said", ["ok calling", "i'm calling them", "Calling now.", "ok i'll ring"])
@pytest.mark.parametrize("before", [0, 1, 5])
def test_a_call_is_heard_however_long_the_question_has_waited(said: str, before: int) -> None:
    stage = urgent("GB")
    for n in range(before):
        stage.say(f"words {n}")
    step = stage.say(said)
    assert entries(step) == ["crisis.answers.calling"]
    assert not any("people" in name for name in stage.episode.queue)


def test_somebody_who_tries_to_reach_them_is_to_be_answered() -> None:
    assert entries(urgent().say("my brother keeps ringing me")) == ["crisis.stay.rings"]
    fearful = urgent(kind=Kind.ABUSE_OR_DANGER)
    assert entries(fearful.say("he keeps ringing me")) == ["crisis.routes.rings_abuse"]


def test_where_help_is_nobody_is_told_to_call_it() -> None:
    stage = urgent("GB")
    assert entries(stage.say("we are at the hospital")) == ["crisis.stay.arrived"]
    assert entries(stage.say("im scared")) == ["crisis.near.scared_arrived"]
    said = [text(stage.say(f"they say wait {n}")) for n in range(6)]
    assert not any("999" in one for one in said)


@pytest.mark.parametrize("country", ["", "US", "GB", "FR", "ZZ"])
def test_nothing_is_conditional_while_it_is_urgent(country: str) -> None:
    lines = ("no", "nobody can stop me", "i don't want an ambulance", "it's in the drawer", "why", "i'm scared", "ok")
    for seed in range(6):
        stage = Stage("", seed=seed, on_call=True)
        said = [text(stage.sign(Kind.INTENT_OR_ATTEMPT_NOW, Tier.T3)), text(stage.hear("country:other"))]
        said += [text(stage.hear(f"country:{country}"))] if country not in ("", "ZZ") else []
        said += [text(stage.say(line)) for line in lines]
        assert not any("can't wait" in one or "can wait" in one for one in said)


@pytest.mark.parametrize("country", ["US", "GB", "DE", ""])
@pytest.mark.parametrize("seed", range(4))
def test_who_cannot_call_can_write_or_show_words_or_go(country: str, seed: int) -> None:
    stage = urgent(country, seed)
    for _ in range(2):
        said = text(stage.hear("crisis:call:cant")).lower()
        assert "emergency room" in said
        assert "call" in said and re.search(r'"[^"]*(call|come|help)[^"]*"', said)  # words that somebody can read
        assert re.search(r"\btext\b|\bwrit|\bsend", said)
        assert re.search(r"\b(some(one|body)|person|next door|whoever|together)\b", said)


def test_company_and_reach() -> None:
    assert company(Reading("he says my sister is coming over"))
    assert not company(Reading("nobody is coming over")) and not company(Reading("she isn't coming over"))
    assert within_reach(Reading("it's in the truck")) and not within_reach(Reading("it's in the safe"))


@pytest.mark.parametrize(
    "said",
    ["my kids are asleep inside", "my daughter is upstairs", "the baby is here", "our twins are in the next room"],
)
@pytest.mark.parametrize("seed", range(4))
def test_children_are_never_fetched_to_help(said: str, seed: int) -> None:
    step = urgent(seed=seed).say(said)
    assert entries(step) == ["crisis.near.children"]
    assert re.search(r"adult|grown-up", text(step)) and "911" in text(step) and "wake them" not in text(step)


def test_in_an_urgent_hour_nothing_less_opens_beside_it() -> None:
    stage = urgent("CA")
    step = stage.hear(heard("i can't let them find me", (Kind.ABUSE_OR_DANGER, Tier.T2)))
    assert not any(entry.startswith("crisis.danger.") for entry in entries(step))
    assert not any(name.startswith("abuse.") for name in stage.episode.queue)


@pytest.mark.parametrize(
    ("said", "near"),
    [
        ("i have my meds here", True), ("rifle's in the closet", True), ("there are pills in the kitchen", True),
        ("just my sleeping pills", True), ("no pills here", False), ("the doctor gave me pills", False),
        ("i gave the pills to my mum", False), ("the gun is locked away", False),
    ],
)  # fmt: skip
def test_what_is_within_reach(said: str, near: bool) -> None:
    assert within_reach(Reading(said)) is near
