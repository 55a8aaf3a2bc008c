"""The pure core of a turn: risk, then calm, from values alone. Terminal, Telegram, `reply` and `replay` end here."""

from dataclasses import dataclass, replace
from datetime import datetime
from random import Random

from bot.care import crisis, crisis_said
from bot.care.apologies import beside_apology
from bot.care.memory import Memory
from bot.care.records import Client
from bot.care.reply import Reply
from bot.care.respond import listened_again, respond
from nlp.labels import Mood, Tier
from nlp.reading import Reading
from responses.helplines import Helplines
from responses.voice import Voice


@dataclass(frozen=True, slots=True)
class Means:
    """What an answer is made with."""

    voice: Voice
    helplines: Helplines
    on_call: bool  # somebody is configured to be told
    hours: str = ""  # when nobody is on duty now: when notes are read


@dataclass(frozen=True, slots=True)
class Answered:
    reply: Reply
    tier: Tier
    alert: tuple[Tier, tuple[str, ...]] | None = None
    follow: bool = False  # the client would like one note in a day or so
    named_help: bool = False  # a line or a number was named
    back: bool = False  # danger was denied: `going_back` to what was told before the question


@dataclass(frozen=True, slots=True)
class Watch:
    """What the look for risk came to. `answered` None: calm listening may answer, kept simple if `limited`."""

    answered: Answered | None
    limited: bool


def watch(
    means: Means, client: Client | None, reading: Reading | None, button: str, talk: bool, now: datetime, random: Random
) -> Watch:
    """Risk first. Changes the client's episode and country."""
    if reading is None and not button:
        return Watch(None, limited=False)
    step = crisis.step(
        crisis.Scene(
            reading=reading or Reading(""),
            button=button,
            client=client,
            talk=talk,
            on_call=means.on_call,
            hours=means.hours,
            voice=means.voice,
            helplines=means.helplines,
            now=now,
            random=random,
        )
    )
    if client is not None:
        if step.episode is not None:
            client.episode = step.episode.dump()
        if step.country_set:
            client.settings.country = step.country_set
    if step.reply is None:
        return Watch(None, step.limited)
    return Watch(Answered(step.reply, step.tier, step.alert, step.follow, step.named_help, step.back), step.limited)


def answer_calm(
    means: Means, client: Client, memory: Memory, reading: Reading, now: datetime, random: Random, *, limited: bool
) -> Answered:
    """Listening. The turn is opened and heard here; in an episode only the gentlest ways of answering are used."""
    reading = beside_apology(reading)
    memory.open_turn(now)
    memory.hear(reading, now)
    reply = respond(reading, memory, client.settings, means.voice, random, limited=limited)
    if limited:
        reply = replace(reply, buttons=(*reply.buttons, crisis.help_row(means.voice)))
    return Answered(reply, reading.tier)


def going_back(
    means: Means, client: Client, memory: Memory, before: Reading, answered: Answered, now: datetime, random: Random
) -> Answered:
    """A denial answered to its end: the message that was misread (`before`) gets the listening it should have had.

    What was said back of it before the question is not said back again. The turn is open already.
    """
    clause = crisis_said.own_words(before, client.settings.off_limits)
    memory.hear(before, now)
    glad = before.mood is Mood.POSITIVE  # joy is not shared in the breath of an apology
    rest = replace(
        before, clauses=tuple(c for c in before.clauses if c != clause), mood=Mood.NEUTRAL if glad else before.mood
    )
    parts = listened_again(rest, memory, client.settings, means.voice, random)
    if not parts:
        own, world = ({"clause": clause.text}, {"clause"}) if clause is not None else ({}, set[str]())
        parts = (means.voice.say("crisis.supposed.go_on", random, slots=own, world=world, used=memory.resting),)
    reply = answered.reply
    trail = (*reply.trail, *(f"entry:{part.entry}" for part in parts))
    return replace(answered, reply=replace(reply, parts=(*reply.parts, *parts), trail=trail))
