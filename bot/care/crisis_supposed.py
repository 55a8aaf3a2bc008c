"""Danger that only the head supposes: their words said back, the doubt owned, one plain question; and its answers.

The tier, the note to a human and what is kept are those of any other sign. What differs is how it is said: a program
that takes a candle or a bus for danger must not frighten anybody, and a "no" leads back to what was being told.
"""

import re

from bot.care import crisis_helping
from bot.care import crisis_said as said
from bot.care import crisis_sense as sense
from bot.care import episode as episodes
from bot.care.crisis_answers import MEANT, Answer
from bot.care.crisis_flow import ASKING, Flow
from bot.care.crisis_routes import Route, kind_of, leading, route_of
from bot.care.crisis_words import answer_rows
from bot.care.episode import Episode
from nlp.labels import Kind, Tier
from nlp.reading import Reading

ASKED, AGAIN, DENIED = "asked", "again", "denied"  # values of Episode.supposed
_OWN = re.compile(r"\b(i|i'm|i'd|i'll|i've|me)\b")
_SOMEBODY_ELSE = re.compile(
    r"\b(he|she|they|who|my( \w+)? \w+|our \w+|friend|mate|someone|somebody)('s|'re| is| are| was| were| has| have|"
    r" had| said| says|"
    r" told| wants?| keeps?| might| may| will| would| could| can| can't| doesn't| don't| won't| isn't| \w+(s|ed))\b"
)
_DOCTOR = frozenset({Route.MEDICAL})


def leading_of(reading: Reading) -> Kind:
    """The kind to answer: worry for somebody only where somebody else says or does something in it; a body in danger
    that is not their own is that of somebody they help."""
    kind = leading(reading)
    if kind is Kind.MEDICAL_EMERGENCY and crisis_helping.body_of_another(reading):
        return Kind.THIRD_PARTY
    own = _OWN.search(reading.low) is not None and _SOMEBODY_ELSE.search(reading.low) is None
    alone = kind is Kind.THIRD_PARTY and reading.supposed and own
    return Kind.PASSIVE_WISH if alone else kind


def applies(flow: Flow, reading: Reading, kind: Kind) -> bool:
    """Whether this sign is to be asked about first: supposed only, and no danger was in words before.

    Where nothing may be kept, the route of the question would be forgotten: then only the one that is assumed is asked.
    """
    route = route_of(kind)
    asks = flow.scene.kept or route is Route.SUICIDE
    helps = route is Route.THIRD_PARTY and route in flow.episode.routes  # for whom they fear was told long ago
    return reading.supposed and reading.tier < Tier.T3 and not flow.episode.in_words and asks and not helps


def ask(flow: Flow, kind: Kind, tier: Tier) -> None:
    """Note the sign as any other; say their words back, and ask, unless it was asked twice or denied before."""
    route, episode = route_of(kind), flow.episode
    episodes.sign(episode, tier, _names(flow.scene.reading), flow.scene.now)
    flow.tier = tier
    flow.turn_to(route)
    flow.decide_alert(tier)
    flow.trail.append(f"crisis:supposed:{route}:{tier.name}:{kind}")
    before = _before(episode, route, tier)
    if before in ("", ASKED):
        if not flow.say_back("crisis.supposed.back"):
            flow.speaker.say("crisis.supposed.back")
        _put(flow, route, tier, AGAIN if before else ASKED)
    elif before == DENIED and flow.scene.reading.did("goodbye"):
        flow.speaker.say("crisis.supposed.near", "goodbye")
    else:
        flow.say_back("crisis.supposed.back")
        flow.speaker.say("crisis.supposed.near", before)
        if before == AGAIN:
            _name_help(flow, tier)  # nobody said that it is not so
    if flow.alert is not None:
        flow.say_of_the_note("supposed")


def confirmed(flow: Flow) -> None:
    """It is that: the steps of its tier, as if it had been said at once."""
    asked = _last(flow.episode)
    route, tier = asked or (Route.SUICIDE, Tier.T2)
    route = Route.SUICIDE if said.way(flow.scene.reading) else route
    tier = max(tier, Tier.T2) if route in ASKING else tier
    flow.episode.in_words |= tier >= Tier.T2
    flow.trail.append("crisis:answer:meant:yes")
    kind = kind_of(route)
    flow.sign(kind, tier, (kind.value,))


def answered(flow: Flow, answer: Answer) -> None:
    """Any other answer to the question, tapped or typed."""
    flow.trail.append(f"crisis:answer:meant:{answer.value}")
    if answer.value in ("misread", "heavy"):
        denied(flow, answer.value)
        return
    asked = _last(flow.episode)
    flow.turn_to(asked[0] if asked else Route.SUICIDE)
    flow.episode.pending = ""
    own_life = ["thoughts"] if flow.route is Route.SUICIDE else []
    flow.speaker.say(f"crisis.answer.{answer.value}", *own_life)
    if answer.value == "unsure":
        flow.line()
        flow.ask_country()


def denied(flow: Flow, how: str) -> None:
    """Believed; no step follows, and the message before the question is listened to now.

    The tier stays, so listening stays simple, and a note that went out stays with its human.
    """
    episode = flow.episode
    flow.back = episode.pending.endswith(MEANT) and not episode.waited
    known = episode.supposed or [f"{flow.route}:{int(episode.tier)}"]
    episode.supposed = dict.fromkeys(known, DENIED)
    episode.queue, episode.pending, episode.waited = [], "", 0
    episode.asked_at = None  # what is told in words from here on may be asked about
    relief = ["relief"] if sense.wants_relief(flow.scene.reading) else []
    flow.speaker.say("crisis.answer.heavy" if how == "heavy" else "crisis.taken_back", *relief)
    flow.trail.append("crisis:taken_back")


def settled(episode: Episode) -> bool:
    """Whether a denial changes nothing more: danger was in words, or it was believed before and no question is open."""
    believed = bool(episode.supposed) and set(episode.supposed.values()) == {DENIED}
    return episode.in_words or (believed and not episode.pending and not episode.queue)


def only_denied(episode: Episode) -> bool:
    """Whether all there ever was in an episode was supposed and denied."""
    return not episode.in_words and not episode.routes and set(episode.supposed.values()) == {DENIED}


def _put(flow: Flow, route: Route, tier: Tier, state: str) -> None:
    """The question, and where help is if it is that: from T2 on, and wherever it is not about staying alive."""
    name = f"{route}:{int(tier)}"
    flow.episode.supposed.pop(name, None)
    flow.episode.supposed[name] = state
    flow.episode.pending, flow.episode.waited = f"{route}.{MEANT}", 0
    if route is Route.SUICIDE:
        told = any(signal.tier > Tier.T0 for signal in flow.scene.reading.in_rules)
        episodes.asked(flow.episode, flow.scene.now)
        flow.speaker.say("crisis.supposed.ask", *(["told"] if told else ["faint"] if tier is Tier.T1 else []))
    else:
        flow.speaker.say("crisis.supposed.ask")
    _name_help(flow, tier)
    flow.rows += answer_rows(flow.scene.voice, MEANT)


def _name_help(flow: Flow, tier: Tier) -> None:
    if tier >= Tier.T2 or flow.route not in ASKING:
        flow.speaker.say("crisis.supposed.doctor" if flow.route in _DOCTOR else "crisis.supposed.help")


def _before(episode: Episode, route: Route, tier: Tier) -> str:
    """What came of asking about this before, at this tier or a higher one; "" if it was not asked."""
    return next(
        (episode.supposed[name] for at in range(tier, Tier.T3) if (name := f"{route}:{at}") in episode.supposed), ""
    )


def _last(episode: Episode) -> tuple[Route, Tier] | None:
    """What was asked about last."""
    if not episode.supposed:
        return None
    route, _, tier = list(episode.supposed)[-1].partition(":")
    return Route(route), Tier(int(tier))


def _names(reading: Reading) -> tuple[str, ...]:
    return tuple(kind.value for kind in reading.kinds if kind is not Kind.UNDERAGE)
