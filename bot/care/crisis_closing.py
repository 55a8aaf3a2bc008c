"""Long after the last sign of danger: one gentle question, and what is said to its answer."""

from dataclasses import replace

from bot.care import crisis_supposed
from bot.care import episode as episodes
from bot.care.crisis_answers import Answer
from bot.care.crisis_flow import Flow
from bot.care.crisis_scene import Scene, Step
from bot.care.crisis_words import answer_rows
from bot.care.episode import Episode
from nlp.labels import Tier

_NOTHING = Step(None, Tier.T0, None, False, None)


def due(scene: Scene, before: Episode | None) -> Step:
    """Long after the last sign, on a calm message: one gentle question, once. Left unanswered, it ends there too."""
    if before is not None and before.closing and before.closed is None:
        episodes.close(before, scene.now, "asked")
        return replace(_NOTHING, episode=before)
    if before is None or not episodes.may_close(before, scene.now):
        return _NOTHING
    if crisis_supposed.only_denied(before):  # who was misread days ago is not asked how safe they are
        episodes.close(before, scene.now, "denied")
        return replace(_NOTHING, episode=before)
    before.closing, before.pending, before.waited = True, "suicide.closing", 0
    flow = Flow(scene, before)
    flow.speaker.say("crisis.closing.ask")
    flow.rows += answer_rows(scene.voice, "closing")
    flow.trail.append("crisis:closing")
    return flow.done()


def answered(scene: Scene, episode: Episode, answer: Answer) -> Step:
    if answer.value == "hard":
        episodes.sign(episode, Tier.T1, (), scene.now)
    elif episode.closing:  # a button of long ago ends nothing that came after it
        episodes.close(episode, scene.now, f"asked:{answer.value}")
    flow = Flow(scene, episode)
    episode.pending = ""
    flow.speaker.say(f"crisis.closing.{answer.value}")
    if answer.value == "hard":
        flow.speaker.say("crisis.stay.help")
    return flow.done()
