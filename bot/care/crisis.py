"""Risk before all else: decides whether the crisis flow answers a message, and with what. Pure and seedable.

Once there was a sign of risk, every later message of the episode is either answered here or left to listening that is
kept simple (`Step.limited`); none goes unanswered, and nothing a person says or leaves unsaid lowers the tier.
"""

from dataclasses import replace
from random import Random

from bot.care import (
    crisis_asked,
    crisis_closing,
    crisis_helping,
    crisis_met,
    crisis_nearness,
    crisis_said,
    crisis_supposed,
    crisis_taken,
    crisis_urgent,
)
from bot.care import episode as episodes
from bot.care.crisis_answers import MEANT, Answer, tapped, typed
from bot.care.crisis_flow import Flow
from bot.care.crisis_routes import RAISES, Route
from bot.care.crisis_scene import Scene, Step
from bot.care.crisis_words import Speaker, answer_rows, country_rows, help_row, other_country_rows
from bot.care.episode import Episode
from bot.care.reply import Reply
from bot.care.taken_back import taken_back
from nlp.labels import Kind, Tier
from responses.helplines import Helplines
from responses.voice import Voice

__all__ = ["Scene", "Step", "help_now", "help_row", "safe_reply", "step"]


def step(scene: Scene) -> Step:
    """The answer of the crisis flow to one message or tap; `reply` None when calm listening may answer."""
    before = Episode.load(scene.client.episode) if scene.client is not None and scene.kept else None
    live = before if before is not None and episodes.is_live(before, scene.now) else None
    if live is not None:
        crisis_said.note(live, scene.reading)
    answer = _answer(scene, before)
    if scene.reading.tier > Tier.T0 or (answer is not None and _raises(answer)):
        return _risk(scene, before, answer)
    if scene.button == "help_now":
        return Step(live, Tier.T0, help_now(scene), live is not None, None, named_help=True)
    if scene.button.startswith("country:"):
        return _country(scene, live, _chosen_country(scene))
    if Kind.UNDERAGE in scene.reading.kinds:
        return _underage(scene, live or episodes.open_episode(scene.now))
    told = _told(scene, live, answer) if live is not None and not scene.button and not scene.with_person else None
    if told is not None:
        return told
    return _answered(scene, before, answer) if answer is not None else _calm(scene, before, live)


def help_now(scene: Scene) -> Reply:
    """For /help_now, in every state and before consent: an emergency number, a line, a directory."""
    flow = Flow(scene, episodes.open_episode(scene.now))
    flow.speaker.say("crisis.help.emergency")
    if scene.helplines.knows(flow.country):
        flow.speaker.say("crisis.line")
    flow.speaker.say("crisis.help.more")
    flow.ask_country()
    flow.trail.append("crisis:help_now")
    return flow.reply(help_now=False)


def safe_reply(voice: Voice, helplines: Helplines, country: str, random: Random) -> Reply:
    """What is said when the ear failed or a message cannot be handled: that it was not read, and where help is."""
    slots, world = helplines.slots(country), helplines.world(country)
    speaker = Speaker(voice, random, slots, world, None)
    speaker.say("crisis.safe.unread")
    speaker.say("crisis.safe.help")
    rows = () if helplines.knows(country) else country_rows(voice, helplines)
    return speaker.reply(("crisis:safe_reply",), *rows)


def _answer(scene: Scene, before: Episode | None) -> Answer | None:
    if scene.button:
        return tapped(scene.button)
    if scene.with_person or before is None or not (episodes.is_live(before, scene.now) or before.closing):
        return None  # a question of long ago is not what new words answer
    wished = any(signal.kind is Kind.PASSIVE_WISH and signal.tier > Tier.T0 for signal in scene.reading.in_rules)
    if wished and before.pending.endswith(".thoughts") and not before.waited:
        return Answer("thoughts", "yes")  # said in other words
    told = before.in_words and before.tier is Tier.T2 and Route.SUICIDE in before.routes
    asked = before.pending.endswith(".plan") or before.unmet.endswith(".plan")
    ready = crisis_nearness.prepared(scene.reading) or (asked and crisis_nearness.dated(scene.reading))
    if told and (crisis_said.plan(scene.reading) or (before.in_words and ready)):
        return Answer("plan", "yes")  # said before it was asked, or beside another question
    return typed(before, scene.reading)


def _told(scene: Scene, live: Episode, answer: Answer | None) -> Step | None:
    """Calm words that are answered before any step: what they take back, give or ask."""
    if taken_back(scene.reading) and not live.underage and not crisis_supposed.settled(live):
        return _misread(scene, live)
    flow = Flow(scene, live)
    met = crisis_urgent.taken_up(flow) or (not episodes.only_sent_on(live) and crisis_met.taken_up(flow, answer))
    return flow.done() if met or (answer is None and crisis_asked.taken_up(flow)) else None


def _raises(answer: Answer) -> bool:
    return answer.value == "yes" and (answer.step in RAISES or answer.step == MEANT)


def _risk(scene: Scene, before: Episode | None, answer: Answer | None) -> Step:
    live = before if before is not None and episodes.is_live(before, scene.now) else None
    episode = live or episodes.open_episode(scene.now)
    episode.underage = episode.underage or Kind.UNDERAGE in scene.reading.kinds
    if live is None:
        crisis_said.note(episode, scene.reading)
    chosen = _chosen_country(scene)
    flow = Flow(scene, episode, chosen)
    if live is not None and not scene.button and _met_as_it_is(flow):
        return flow.done()
    if answer is None or _raises(answer) or not crisis_taken.beside_a_sign(flow, answer):
        _heard(flow, answer if answer is not None and _raises(answer) else None)
    if Kind.UNDERAGE in scene.reading.kinds:
        flow.speaker.say("crisis.underage.also")
        flow.rows += answer_rows(scene.voice, "age")
    if scene.button == "help_now" or chosen:  # pressed in the same moment: both are answered
        flow.line()
    return replace(flow.done(), country_set=chosen if scene.kept else "")


def _met_as_it_is(flow: Flow) -> bool:
    """A sign that is met by what was told with it: help near, the other they look after, a fear of losing a child."""
    ways = (crisis_urgent.sign_taken_up, crisis_met.of_another, crisis_asked.sign_taken_up, crisis_met.in_the_way)
    return any(way(flow) for way in ways)


def _heard(flow: Flow, raising: Answer | None) -> None:
    """The graver of a sign in words and of a "yes" that says more than was known."""
    reading = flow.scene.reading
    if raising is not None and raising.step == MEANT and (reading.supposed or reading.tier < Tier.T2):
        crisis_supposed.confirmed(flow)
    elif raising is not None and raising.step in RAISES and RAISES[raising.step][1] >= reading.tier:
        flow.episode.in_words = True
        crisis_taken.take(flow, raising)
    else:
        _sign(flow, crisis_supposed.leading_of(reading))


def _sign(flow: Flow, kind: Kind) -> None:
    """A sign in the words; what is only supposed is asked about."""
    reading, episode = flow.scene.reading, flow.episode
    if kind is Kind.THIRD_PARTY:
        crisis_said.whom(episode, reading)
    if crisis_supposed.applies(flow, reading, kind):
        crisis_supposed.ask(flow, kind, reading.tier)
    else:
        episode.in_words = episode.in_words or reading.danger_in_words
        flow.sign(kind, reading.tier, tuple(k.value for k in reading.kinds if k is not Kind.UNDERAGE))
    if kind is Kind.THIRD_PARTY:
        crisis_helping.note(episode, reading)


def _chosen_country(scene: Scene) -> str:
    kind, _, code = scene.button.partition(":")
    return code if kind == "country" and scene.helplines.knows(code) else ""


def _answered(scene: Scene, before: Episode | None, answer: Answer) -> Step:
    episode = before if before is not None and before.closed is None else episodes.open_episode(scene.now)
    if answer.step == "closing":
        return crisis_closing.answered(scene, episode, answer)
    flow = Flow(scene, episode)
    if answer.step == "age":
        episode.underage = False
        if episode.tier is Tier.T0:
            episodes.close(episode, scene.now, "adult")
    if answer.step == MEANT and not episode.in_words:
        crisis_supposed.answered(flow, answer)
    else:
        crisis_taken.take(flow, replace(answer, value="no") if answer.step == MEANT else answer)
    return flow.done()


def _misread(scene: Scene, live: Episode) -> Step:
    """What was only supposed is denied outright."""
    flow = Flow(scene, live)
    crisis_supposed.denied(flow, "misread")
    return flow.done()


def _underage(scene: Scene, episode: Episode) -> Step:
    """18 and over only: said kindly, with a line for young people, and no more ordinary talk."""
    again, episode.underage = episode.underage, True
    flow = Flow(scene, episode)
    flow.speaker.say("crisis.underage.again" if again else "crisis.underage.stop")
    flow.line()
    if not again:
        flow.ask_country()
    flow.rows += answer_rows(scene.voice, "age")
    flow.trail.append("crisis:underage")
    return flow.done()


def _calm(scene: Scene, before: Episode | None, live: Episode | None) -> Step:
    if scene.with_person:
        return Step(live, Tier.T0, None, live is not None, None)
    if live is None:
        return crisis_closing.due(scene, before)
    named = "" if scene.helplines.knows(scene.country) else scene.helplines.country_of(scene.reading.text)
    if named:
        return _country(scene, live, named)
    if episodes.only_sent_on(live):
        return _underage(scene, live)
    flow = Flow(scene, live)
    if crisis_said.nothing(scene.reading):
        flow.speaker.say("crisis.stay.silence")
        return flow.done()
    if flow.unhurried() or flow.due_step():
        return flow.done()
    if live.tier is Tier.T3:
        crisis_urgent.present(flow)
        return flow.done()
    if live.underage:
        return _underage(scene, live)
    if live.tier is Tier.T2 and live.in_words and (flow.receive() or flow.say_back("crisis.lead")):
        return flow.done()
    return Step(live, Tier.T0, None, True, None)


def _country(scene: Scene, live: Episode | None, known: str) -> Step:
    """A country was chosen: its numbers come at once. "": one that has to be typed."""
    episode = live or episodes.open_episode(scene.now)
    flow = Flow(scene, episode, known)
    flow.trail.append("crisis:country")
    if not known:
        flow.speaker.say("crisis.country.type")
        flow.rows += other_country_rows(scene.voice, scene.helplines)
    elif not flow.numbers_in_one():
        flow.country_and_line()
    if known and live is not None:
        flow.first_step()
    reply = flow.reply()
    return Step(
        live, Tier.T0, reply, live is not None, None, known if scene.kept else "", named_help=flow.speaker.named_help
    )
