"""Before any step: what the message gave or asked is answered, and the step it implies comes instead of the next."""

from bot.care import crisis_given
from bot.care import crisis_said as said
from bot.care import crisis_steps as coming
from bot.care.crisis_answers import Answer
from bot.care.crisis_flow import Flow
from bot.care.crisis_given import Given
from bot.care.crisis_routes import Route
from nlp.labels import Tier

_OWN = frozenset({Route.SUICIDE, Route.SELF_HARM, Route.VOICES, Route.EATING})  # danger to the one who writes
_AT_CONCERN = frozenset({"bereaved", "normal", "fault", "reported"})  # what is met before danger was told
_OF_SOMEBODY = frozenset({"words", "together"})  # only once somebody was named
_LAST = frozenset({"thanks"})  # where a talk may end: the line is named once more
_BEFORE = frozenset(  # where a question of safety that was passed over comes back first
    {"person", "willing", "care", "comfort", "together", "gap", "locked", "thanks"}
)
_REST = 3  # calm messages without a step once another topic was asked for
_TO_SORT = frozenset({"yes", "no", "unsure", "skip", "refuse", "done"})  # plain answers stand above what they mention
_NOT_PLAIN = frozenset({"people", "willing", "care"})


def taken_up(flow: Flow, answer: Answer | None) -> bool:
    """Answer what the words give or ask. False: nothing of the kind, or a plain answer to the open question."""
    episode, reading = flow.episode, flow.scene.reading
    if episode.tier >= Tier.T3 or _plain(answer):
        return False
    open_step = episode.pending.rpartition(".")[2]
    if _helps_another(flow):
        flow.turn_to(Route.THIRD_PARTY)
        found = crisis_given.helping(reading)
    elif flow.main_route() in _OWN and (episode.routes or episode.tier):
        found = crisis_given.given(reading, open_step)
        concern = max(episode.routes.values(), default=Tier.T0) < Tier.T2 or not episode.in_words
        if found is not None and concern and found.name not in _AT_CONCERN:
            return False
    else:
        return False
    if found is None or (found.name in _OF_SOMEBODY and "person" not in episode.given):
        return False
    _meet(flow, found)
    return True


def _helps_another(flow: Flow) -> bool:
    """They look after somebody, and no danger to themselves was told beside it."""
    own = (tier for route, tier in flow.episode.routes.items() if route != Route.THIRD_PARTY)
    return Route.THIRD_PARTY in flow.episode.routes and max(own, default=0) < Tier.T2


def _plain(answer: Answer | None) -> bool:
    """A plain yes or no to a question that asks for one; a "done" is never less than what it names."""
    if answer is None:
        return False
    return answer.value == "done" or (answer.value in _TO_SORT and answer.step not in _NOT_PLAIN)


def _meet(flow: Flow, found: Given) -> None:
    episode = flow.episode
    flow.trail.append(f"crisis:met:{found.name}")
    said.passed(episode, *found.gives)
    episode.given += [name for name in _kept(found) if name not in episode.given]
    moment = f"crisis.{'barrier' if found.barred else 'met'}.{found.name}"
    resting = ["rest"] if episode.rest else []
    last = ["last"] if found.name in _LAST and episode.tier is Tier.T2 and flow.main_route() in _OWN else []
    flow.speaker.say_with(moment, {"person": found.person, "thing": found.thing}, *found.world, *resting, *last)
    if found.name == "topic":
        episode.rest, episode.pending = _REST, ""
        return
    if found.name == "willing":
        episode.pending, episode.waited = "", 0
    elif found.name == "understood":
        episode.pending, episode.waited = f"{flow.main_route()}.people", 0
    if not resting:
        _implied(flow, found)


def _implied(flow: Flow, found: Given) -> None:
    """The step that follows from what was given, if it is still to come; never one that asks for it again."""
    if found.name == "willing":
        coming.to_reach(flow.episode, f"{flow.main_route()}.reached", later="later" in found.world)
    if found.name in _BEFORE and flow.episode.unmet:
        if flow.episode.waited or flow.episode.pending != flow.episode.unmet:
            flow.again()
        else:
            flow.episode.waited += 1  # asked a message ago, it is not asked twice running
        return
    if found.name == "person" and said.passed(flow.episode, "willing"):
        flow.put("willing", {"person": found.person}, "named")
    elif found.name == "asked_them" and said.passed(flow.episode, "keep"):
        flow.put("keep")
    elif found.name in ("asked_them", "near_them", "willing") and said.passed(flow.episode, "when"):
        flow.put("when")
    elif found.name == "comfort" and not coming.is_next(flow.episode, "reached"):
        flow.next_step()
    elif (found.barred or found.name == "normal") and not flow.speaker.asks and said.passed(flow.episode, "plan"):
        flow.put("plan")  # how near it is stays to be asked, once the fear was met


def _kept(found: Given) -> list[str]:
    """What is remembered of it: that somebody or a way was named, or doctors refused, never who."""
    named = ["person"] if found.person and found.name in ("person", "willing", "care", "silly", "burden") else []
    return named + ([found.name] if found.name in ("comfort", "bereaved") else [])
