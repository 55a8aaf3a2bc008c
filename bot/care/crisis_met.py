"""Before any step: what the message gave or asked is answered, and the step it implies comes instead of the next."""

import re

from bot.care import crisis_given, crisis_helping
from bot.care import crisis_hour as hour
from bot.care import crisis_said as said
from bot.care import crisis_steps as coming
from bot.care import episode as episodes
from bot.care.crisis_answers import Answer
from bot.care.crisis_flow import Flow
from bot.care.crisis_given import Given
from bot.care.crisis_persons import relation
from bot.care.crisis_routes import Route
from nlp.labels import Kind, Tier
from nlp.reading import Reading

_OWN = frozenset({Route.SUICIDE, Route.SELF_HARM, Route.VOICES, Route.EATING})  # danger to the one who writes
_AT_CONCERN = frozenset({"bereaved", "normal", "fault", "reported"})  # what is met before danger was told
_OFFERED = frozenset(
    {"person", "willing", "care", "human", "handed", "words", "peace", "within"}
)  # met too while the question is not denied
_OF_SOMEBODY = frozenset({"together"})  # only once somebody was named
_LEAVES = frozenset({"goodbye", "thanks"})  # where a note in a day or so is offered, if it was not yet (C-18)
_LAST = frozenset({"thanks"})  # where a talk may end: the line is named once more
_BEFORE = frozenset(  # where a question of safety that was passed over comes back first
    {"person", "willing", "care", "comfort", "together", "gap", "locked", "company", "goodbye", "thanks"}
)
_AS_HELPER = frozenset({"asked_them", "near_them", "put_away", "going_there", "willing"})  # when not to wait comes next
_NAMED = frozenset({"person", "willing", "silly", "burden", "words"})  # where somebody named is one to turn to
_IS_BACK = re.compile(r"\b(he|she|they)('?s| is|'re| are) (back|home|here|coming|at the door|outside|downstairs)\b")
_REST = 3  # calm messages without a step once another topic was asked for
_TO_SORT = frozenset({"yes", "no", "unsure", "skip", "refuse", "done"})  # plain answers stand above what they mention
_NOT_PLAIN = frozenset({"people", "willing", "care"})


def taken_up(flow: Flow, answer: Answer | None) -> bool:
    """Answer what the words give or ask. False: nothing of the kind, or a plain answer to the open question."""
    episode, reading = flow.episode, flow.scene.reading
    if episode.tier >= Tier.T3 or _plain(answer):
        return False
    open_step = episode.pending.rpartition(".")[2]
    if episode.routes.get(Route.ABUSE, 0) >= Tier.T2 and _IS_BACK.search(reading.low):
        flow.turn_to(Route.ABUSE)
        flow.speaker.say("crisis.stay.with")  # a help, or the danger itself: said for both
        return True
    if _helps_another(flow):
        flow.turn_to(Route.THIRD_PARTY)
        crisis_helping.note(episode, reading)
        found = crisis_helping.helping(reading)
    elif _own(flow) and (episode.routes or episode.tier):
        concern = max(episode.routes.values(), default=Tier.T0) < Tier.T2 or not episode.in_words
        found = crisis_given.given(reading, open_step) or (None if concern else _around(reading))
        heeded = "open" in episode.given and not reading.did("wants_listening")
        barred = found is not None and found.barred and heeded
        if found is not None and concern and found.name not in _at_concern(flow) and not barred:
            return False
    else:
        return False
    if found is not None and found.name == "peace" and answer is not None:
        return False  # said to a step, it refuses that step
    if found is None or (found.name in _OF_SOMEBODY and "person" not in episode.given):
        return False
    _meet(flow, found)
    return True


def of_another(flow: Flow) -> bool:
    """A sign in words about the one they look after: the tier rises, and it is met as a helper's. False: not that."""
    episode, reading = flow.episode, flow.scene.reading
    if reading.tier >= Tier.T3 or not _helps_another(flow) or not crisis_helping.of_them(reading):
        return False
    known = episode.routes[Route.THIRD_PARTY]
    if any(s.kind is Kind.THIRD_PARTY and s.tier > known for s in reading.in_rules):
        return False  # more than was known, in so many words: opened anew
    episodes.sign(episode, reading.tier, [Kind.THIRD_PARTY.value], flow.scene.now)
    flow.tier = reading.tier
    flow.turn_to(Route.THIRD_PARTY)
    flow.decide_alert(reading.tier)
    crisis_helping.note(episode, reading)
    found = crisis_helping.helping(reading)
    if found is not None:
        _meet(flow, found)
    else:
        flow.stay()
        return True
    if flow.alert is not None:
        flow.program()
    return True


def _own(flow: Flow) -> bool:
    """Danger to the one who writes, also where somebody else's threat was told after it."""
    routes = flow.episode.routes
    return flow.main_route() in _OWN or any(routes.get(route, 0) >= Tier.T2 for route in _OWN)


def in_the_way(flow: Flow) -> bool:
    """A faint sign that says what stands between them and help, where danger was told before: met as that."""
    episode, reading = flow.episode, flow.scene.reading
    told = episode.in_words and episode.tier is Tier.T2 and _own(flow)
    if not told or reading.tier > Tier.T1 or not any(kind is not Kind.UNDERAGE for kind in reading.kinds):
        return False
    found = crisis_given.given(reading, "")
    if found is None or not found.barred:
        return False
    episodes.sign(episode, reading.tier, [kind.value for kind in reading.kinds], flow.scene.now)
    flow.tier = reading.tier
    flow.turn_to(flow.main_route())
    _meet(flow, found)
    return True


def _around(reading: Reading) -> Given | None:
    """Somebody beside them or on the way; or where it is that could be used."""
    if hour.company(reading):
        return Given("company", gives=("people",))
    return Given("within", gives=("means",)) if hour.within_reach(reading) else None


def _at_concern(flow: Flow) -> frozenset[str]:
    """What is met before danger was told in words: offers too, as long as the direct question was not denied."""
    episode = flow.episode
    denied = "no_thoughts" in episode.given or (episode.supposed and set(episode.supposed.values()) == {"denied"})
    return _AT_CONCERN if denied else _AT_CONCERN | _OFFERED


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
    if "person" in _kept(found):
        episode.near = relation(found.person) or episode.near
    moment = f"crisis.{'barrier' if found.barred else 'met'}.{found.name}"
    resting = ["rest"] if episode.rest else []
    last = ["last"] if found.name in _LAST and episode.tier is Tier.T2 and flow.main_route() in _OWN else []
    values = {name: value for name, value in (("person", found.person), ("thing", found.thing)) if value}
    known = said.known(episode) if found.barred else []
    flow.speaker.say_with(moment, values, *found.world, *resting, *last, *known)
    if found.name in ("handed", "within", "locked"):
        coming.met(episode, "means")
    if found.name in ("topic", "peace"):
        episode.rest, episode.pending = _REST, ""
        return
    if found.name == "willing":
        episode.pending, episode.waited = "", 0
    elif found.name == "understood":
        episode.pending, episode.waited = f"{flow.main_route()}.people", 0
    if found.name in _LEAVES and flow.main_route() in _OWN:
        _before_they_go(flow, found.name)
    elif not resting:
        _implied(flow, found)


def _before_they_go(flow: Flow, name: str) -> None:
    """A question of safety that was passed over, else whether one note in a day or so would be welcome."""
    if flow.episode.unmet and flow.episode.tier is Tier.T2 and flow.again():
        return
    ends = name == "goodbye" or coming.is_next(flow.episode, "follow")
    if ends and flow.episode.tier is Tier.T2 and said.passed(flow.episode, "follow"):
        flow.put("follow")


def _implied(flow: Flow, found: Given) -> None:
    """The step that follows from what was given, if it is still to come; never one that asks for it again."""
    if found.name == "willing":
        coming.to_reach(flow.episode, f"{flow.main_route()}.reached", later="later" in found.world)
    if found.name in _BEFORE and flow.episode.unmet:
        _come_back(flow, found)
    elif found.name == "person" and said.passed(flow.episode, "willing"):
        _propose(flow, found)
    elif found.name == "asked_them" and said.passed(flow.episode, "keep"):
        flow.put("keep")
    elif found.name in _AS_HELPER and said.passed(flow.episode, "when"):
        flow.put("when")
    elif found.name == "comfort" and not coming.is_next(flow.episode, "reached"):
        flow.next_step()
    elif (found.barred or found.name == "normal") and not flow.speaker.asks and said.passed(flow.episode, "plan"):
        flow.put("plan")  # how near it is stays to be asked, once the fear was met


def _come_back(flow: Flow, found: Given) -> None:
    """The question of safety that was passed over; not twice running, and not on top of a step they chose."""
    if found.name == "willing" and coming.name_of(flow.episode.unmet) == "means":
        return
    if flow.episode.waited or flow.episode.pending != flow.episode.unmet:
        flow.again()
    else:
        flow.episode.waited += 1


def _propose(flow: Flow, found: Given) -> None:
    """A line to somebody named: asked about, or, where it was proposed in the same breath, whether it came to that."""
    if {"stood_by", "asks_after"} & set(found.world):
        coming.to_reach(flow.episode, f"{flow.main_route()}.reached", later=False)
    else:
        flow.put("willing", {"person": found.person}, "named")


def _kept(found: Given) -> list[str]:
    """What is remembered of it: that somebody or a way was named, or doctors refused, never who."""
    named = ["person"] if found.person and found.name in _NAMED else []
    return named + ([found.name] if found.name in ("comfort", "bereaved") else [])
