"""Takes up an answer to a step of the crisis flow: what is said to it, and whether the next step follows at once."""

from bot.care import crisis_said as said
from bot.care import crisis_sense as sense
from bot.care import crisis_steps as coming
from bot.care import episode as episodes
from bot.care.crisis_answers import YES_NO, Answer
from bot.care.crisis_flow import Flow
from bot.care.crisis_routes import KIND_OF, RAISES, Route
from nlp.labels import Tier

_ENDS = {("offer", "yes"), ("means", "unsure"), ("willing", "yes"), ("willing", "no")}  # said in full
_NO_STEP = frozenset({"skip", "cant", "barrier", "refuse"})  # another way was named, or peace wanted: nothing on top


def take(flow: Flow, answer: Answer) -> None:
    """An answer to a step, tapped or typed."""
    flow.trail.append(f"crisis:answer:{answer.step}:{answer.value}")
    if answer.value == "yes" and answer.step in RAISES:
        _raise(flow, answer.step)
        return
    coming.met(flow.episode, answer.step)
    asked_on = flow.episode.pending.rpartition(".")[0]
    if answer.value != "refuse" or answer.step not in YES_NO:
        flow.episode.pending = ""  # a question of yes or no stays open beside what is refused
    if asked_on:
        flow.turn_to(Route(asked_on))
    if answer.value == "cant" and said.passed(flow.episode, "cannot_call", "cannot_speak"):
        flow.speaker.say(f"crisis.step.{'cannot_speak' if flow.route is Route.ABUSE else 'cannot_call'}")
        return
    if answer.value != "free" or not flow.say_back("crisis.lead"):
        flow.speaker.say(f"crisis.answer.{answer.value}", answer.step, *_beside(flow))
    flow.follow = (answer.step, answer.value) == ("follow", "yes")
    if answer.step == "call" and answer.value in ("calling", "with"):
        flow.ask_later("follow")
    if (answer.step, answer.value) == ("thoughts", "unsure"):
        episodes.sign(flow.episode, Tier.T1, (), flow.scene.now)
        flow.line()
        flow.episode.pending, flow.episode.waited = f"{flow.route}.offer", 0
    elif answer.step == "plan" and (answer.value in ("unsure", "later") or said.way(flow.scene.reading)):
        said.means_first(flow.episode)
        flow.next_step()
    elif (answer.step, answer.value) not in _ENDS and answer.value not in _NO_STEP and not flow.speaker.asks:
        flow.next_step()


def _beside(flow: Flow) -> list[str]:
    """What a typed answer says beside itself."""
    relief = ["relief"] if sense.wants_relief(flow.scene.reading) else []
    return [*said.of_today(flow.scene.reading), *relief]


def _raise(flow: Flow, step: str) -> None:
    """A "yes" that says more than was known."""
    route, tier, kind = RAISES[step]
    if route is None:
        asked_on = flow.episode.pending.rpartition(".")[0]
        kind = KIND_OF.get(Route(asked_on) if asked_on else flow.main_route(), kind)
    flow.sign(kind, tier, (kind.value,))
