"""Takes up an answer to a step of the crisis flow: what is said to it, and whether the next step follows at once."""

from bot.care import crisis_given
from bot.care import crisis_said as said
from bot.care import crisis_sense as sense
from bot.care import crisis_steps as coming
from bot.care import episode as episodes
from bot.care.crisis_answers import YES_NO, Answer
from bot.care.crisis_flow import Flow
from bot.care.crisis_persons import person, relation
from bot.care.crisis_routes import KIND_OF, RAISES, Route, leading, route_of
from bot.care.crisis_steps import SAFETY
from nlp.labels import Kind, Tier

_ENDS = {
    ("offer", "yes"), ("means", "yes"), ("means", "no"), ("means", "unsure"), ("willing", "yes"), ("willing", "no"),
}  # fmt: skip  # said in full, or to be done first
_NO_STEP = frozenset({"skip", "cant", "barrier", "refuse"})  # another way was named, or peace wanted: nothing on top


def take(flow: Flow, answer: Answer) -> None:
    """An answer to a step, tapped or typed."""
    flow.trail.append(f"crisis:answer:{answer.step}:{answer.value}")
    if answer.value == "yes" and answer.step in RAISES:
        _raise(flow, answer.step)
        return
    coming.met(flow.episode, answer.step)
    _remember(flow, answer)
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
    elif _goes_on(flow, answer):
        flow.next_step()


def beside_a_sign(flow: Flow, answer: Answer) -> bool:
    """Take up a typed answer to a question of safety in words that are a sign, if they say no more than was known."""
    reading, episode = flow.scene.reading, flow.episode
    known = episode.routes.get(route_of(leading(reading)), 0) >= reading.tier or reading.supposed
    known = known and episode.tier is Tier.T2
    if flow.scene.button or not known or answer.step not in SAFETY:
        return False
    episodes.sign(episode, reading.tier, [k.value for k in reading.kinds if k is not Kind.UNDERAGE], flow.scene.now)
    flow.tier = reading.tier
    take(flow, answer)
    return True


def _remember(flow: Flow, answer: Answer) -> None:
    """That the direct question was denied; that how near it is stayed open."""
    if said.way(flow.scene.reading):
        said.note_way(flow.episode)
    kept = ["no_thoughts"] * ((answer.step, answer.value) == ("thoughts", "no"))
    kept += ["open"] * (answer.step in ("plan", "means", "thoughts") and answer.value in ("unsure", "later", "skip"))
    who = relation(person(flow.scene.reading.low)) if answer.value in ("done", "some") else ""
    flow.episode.near = who or flow.episode.near
    kept += ["person"] * bool(who)
    flow.episode.given += [name for name in kept if name not in flow.episode.given]


def _goes_on(flow: Flow, answer: Answer) -> bool:
    """Whether the next step follows at once. A helper who was asked about themselves is given room first."""
    of_themselves = answer.step == "thoughts" and Route.THIRD_PARTY in flow.episode.routes
    full = (answer.step, answer.value) in _ENDS or answer.value in _NO_STEP
    return not (full or of_themselves or flow.speaker.asks)


def _beside(flow: Flow) -> list[str]:
    """What a typed answer says beside itself."""
    reading = flow.scene.reading
    relief = ["relief"] if sense.wants_relief(reading) else []
    return [*said.of_today(reading), *relief, *(["later"] if crisis_given.later(reading.low) else [])]


def _raise(flow: Flow, step: str) -> None:
    """A "yes" that says more than was known."""
    route, tier, kind = RAISES[step]
    if route is None:
        asked_on = flow.episode.pending.rpartition(".")[0]
        kind = KIND_OF.get(Route(asked_on) if asked_on else flow.main_route(), kind)
    flow.sign(kind, tier, (kind.value,))
