"""Calm words in an urgent hour (T3): who is there, help on its way, danger within reach; else only that they were read.

Nothing is said back in the person's own words then: what they say of themselves in such an hour is not to be echoed.
"""

from bot.care import crisis_said as said
from bot.care.crisis_flow import Flow
from nlp.labels import Tier

_HELP_EVERY = 3  # messages


def taken_up(flow: Flow) -> bool:
    """Answer what the words say of somebody near, of help, of danger within reach. False: none of it."""
    heard = said.danger(flow.scene.reading)
    if flow.episode.tier < Tier.T3 or not heard:
        return False
    flow.trail.append(f"crisis:{heard}")
    flow.speaker.say(f"crisis.stay.{heard}")
    if heard in ("with", "coming"):
        flow.episode.pending, flow.episode.waited = "", 0
        said.passed(flow.episode, "people")
        flow.ask_later("follow")
    return True


def present(flow: Flow) -> None:
    """Heard, and now and then where help is."""
    flow.trail.append("crisis:present")
    flow.speaker.say("crisis.stay.present")
    flow.episode.waited += 1
    if flow.episode.waited % _HELP_EVERY == 0:
        flow.speaker.say("crisis.stay.help")
