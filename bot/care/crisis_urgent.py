"""Calm words in an urgent hour (T3): who is there, help on its way, danger within reach; else only that they were read.

Nothing is said back in the person's own words then: what they say of themselves in such an hour is not to be echoed.
"""

from bot.care import crisis_hour as hour
from bot.care import crisis_said as said
from bot.care import episode as episodes
from bot.care.crisis_barriers import refuses_rescue
from bot.care.crisis_flow import Flow
from bot.care.crisis_routes import Route
from nlp.labels import Kind, Tier

_HELP_EVERY = 2  # messages
_AMONG_OTHERS = frozenset({Route.ABUSE, Route.CHILD, Route.OTHERS})  # where the danger may be in the same house
_KEPT = frozenset({"decided", "arrived"})  # what is remembered of it
_MOMENTS = {"thanks": "crisis.met.thanks", "calling": "crisis.answer.calling"}  # said elsewhere, too


def taken_up(flow: Flow) -> bool:
    """Answer what the words say of somebody near, of help, of danger within reach. False: none of it."""
    heard = _heard(flow)
    if flow.episode.tier < Tier.T3 or not heard:
        return False
    flow.trail.append(f"crisis:{heard}")
    flow.episode.given += [heard] if heard in _KEPT and heard not in flow.episode.given else []
    flow.speaker.say(_MOMENTS.get(heard, f"crisis.stay.{heard}"), *_where(flow))
    if heard == "thanks" and said.passed(flow.episode, "follow"):
        flow.put("follow")
    if heard in ("with", "coming", "arrived", "calling") and flow.main_route() is not Route.THIRD_PARTY:
        flow.episode.pending, flow.episode.waited = "", 0
        here = ("cannot_call", "cannot_speak") if heard == "arrived" else ()
        said.passed(flow.episode, "people", *here)
        if heard in ("with", "arrived"):  # a note in a day or so is offered once somebody is there
            flow.ask_later("follow")
    elif heard in ("with", "coming", "called"):
        flow.episode.pending, flow.episode.waited = "", 0
    return True


def _heard(flow: Flow) -> str:
    reading = flow.scene.reading
    if flow.main_route() is Route.THIRD_PARTY:
        return hour.of_another(reading) or _thanks(flow)
    found = hour.danger(reading)
    if found == "decided":
        found = "" if found in flow.episode.given else found  # met once; said again, the hour itself is answered
    if found == "children" and flow.main_route() in _AMONG_OTHERS:
        found = ""
    return found or ("rescue" if refuses_rescue(reading) else _thanks(flow))


def _thanks(flow: Flow) -> str:
    return "thanks" if flow.scene.reading.did("thanks") else ""


def sign_taken_up(flow: Flow) -> bool:
    """A sign that is not the gravest, in an urgent hour: help near, danger within reach and a refusal are met first."""
    reading, episode = flow.scene.reading, flow.episode
    if episode.tier < Tier.T3 or reading.tier >= Tier.T3:
        return False
    refused = refuses_rescue(reading)
    if not refused and not hour.danger(reading):
        return False
    episodes.sign(
        episode, reading.tier, [kind.value for kind in reading.kinds if kind is not Kind.UNDERAGE], flow.scene.now
    )
    flow.tier = reading.tier
    flow.turn_to(flow.main_route())
    if refused:
        flow.trail.append("crisis:rescue")
        flow.speaker.say("crisis.stay.rescue")
        return True
    return taken_up(flow)


def _where(flow: Flow) -> list[str]:
    """That they are where help is, by their own account."""
    return ["arrived"] * ("arrived" in flow.episode.given)


def present(flow: Flow) -> None:
    """Heard, and now and then where help is."""
    flow.trail.append("crisis:present")
    flow.speaker.say("crisis.stay.present", *_where(flow))
    flow.episode.waited += 1
    if not _where(flow) and flow.episode.waited % _HELP_EVERY == 1 and flow.main_route() is not Route.THIRD_PARTY:
        flow.say_help()
