"""One calm answer, from memory, a reading and the clock: the same for terminal, Telegram, `reply` and `replay`.

Pure and seedable: nothing is read or written outside the values handed in.
"""

from dataclasses import replace
from random import Random

from bot.care import corrections
from bot.care.bleak import bleak
from bot.care.courtesy import ASKING, say_courtesy
from bot.care.draft import Draft
from bot.care.farewell import say_goodbye
from bot.care.food import asks_to_eat_less
from bot.care.gathered import gathered
from bot.care.listening import Listener
from bot.care.memory import Memory, touches
from bot.care.need import Need, Wish, wish_of
from bot.care.recall import recalled
from bot.care.records import Settings
from bot.care.reply import Reply
from bot.care.shelf import from_shelf
from bot.care.stems import says
from nlp.reading import Reading
from responses.fill import listed
from responses.model import Part
from responses.pick import Wanted, question
from responses.voice import Voice

_SUMMARY_PHRASES = 3
_BARE_DENIAL = 5  # words up to which a correction says only that it was wrong
_SAYS_NOTHING = ("listening.plain.", "listening.mood.", "listening.thread.")  # of this very message


def respond(
    reading: Reading, memory: Memory, settings: Settings, voice: Voice, random: Random, *, limited: bool = False
) -> Reply:
    """The reply to a message without risk. Changes `memory` and, for off-limits topics and pace, `settings`.

    The caller has already opened the turn and let the memory hear the reading. `limited`: an episode is open, so only
    simple reflections, feelings and summaries are said.
    """
    reading = corrections.in_its_light(reading, memory)
    listener = Listener(reading, memory, settings, voice, random, limited)
    wish = wish_of(reading, memory, settings)
    draft = Draft(trail=[f"need:{wish.need}"] + ([f"act:{wish.act}"] if wish.act else []))
    _WAYS[wish.need](listener, wish, draft)
    if not draft.parts:
        _plainly(listener, draft)
    say_courtesy(listener, wish, draft)
    memory.remember_reply(draft.parts, draft.keys, draft.named, draft.trail)
    return Reply(tuple(draft.parts), trail=tuple(draft.trail))


def listened_again(
    reading: Reading, memory: Memory, settings: Settings, voice: Voice, random: Random
) -> tuple[Part, ...]:
    """A simple reflection of a message that was answered otherwise at first; none where it would say nothing of it."""
    draft = Draft(trail=["need:listen"])
    Listener(reading, memory, settings, voice, random, limited=True).listen(draft)
    if any(part.entry.startswith(_SAYS_NOTHING) for part in draft.parts):
        return ()
    memory.remember_reply(draft.parts, draft.keys, draft.named, draft.trail)
    return tuple(draft.parts)


def _lost(listener: Listener, wish: Wish, draft: Draft) -> None:
    from_shelf(listener, "lost.", draft)


def _language(listener: Listener, wish: Wish, draft: Draft) -> None:
    _moment(listener, f"language.{listener.reading.language}", draft, otherwise="language.other")


def _repair(listener: Listener, wish: Wish, draft: Draft) -> None:
    """Own the mistake, let what was denied rest for this session, and say the correction back if it was given."""
    found = corrections.correction(listener.reading, listener.memory)
    corrections.take(found, listener.reading, listener.memory)
    heard = corrections.in_its_light(listener.reading, listener.memory)
    heard = replace(heard, clauses=tuple(c for c in heard.clauses if found is None or c.span.start >= found.instead))
    listener = replace(listener, reading=heard)
    wanted = listener.wanted()
    echo = listener.pick(wanted._replace(shelf="listening.echo.")) if "clause" in wanted.slots else None
    told = echo is not None or len(heard.text.split()) > _BARE_DENIAL
    from_shelf(listener, "repair.owned." if told else "repair.repair.", draft)
    if echo:
        draft.add(echo)


def _talk(listener: Listener, wish: Wish, draft: Draft) -> None:
    _choices(listener, wish)
    _answer(listener, wish, draft)


def _talk_and_listen(listener: Listener, wish: Wish, draft: Draft) -> None:
    """What was told comes first, then the answer to what was asked; choices of the person's are obeyed at once."""
    _choices(listener, wish)
    if asks_to_eat_less(listener.reading):
        _answer(listener, wish, draft)
        return
    if wish.act == "asks_advice" and not _topic(listener.reading, wish) and _advice(listener, draft):
        return
    if wish.act not in ("off_limits", "refusal", "complaint", "asks_repeat"):
        lead = Draft()
        quiet = replace(listener, settings=replace(listener.settings, pace="listening"), modest=False)
        quiet.listen(lead)
        if lead.parts:
            for picked in lead.sources[:1]:
                draft.add(picked)
            draft.named += lead.named
    _answer(listener, wish, draft)


def _answer(listener: Listener, wish: Wish, draft: Draft) -> None:
    """What the question is about, where the ear knows it; else what is true for any question of that act."""
    reading, parts = listener.reading, len(draft.parts)
    asked = _topic(reading, wish)
    if asks_to_eat_less(reading):
        _moment(listener, "talk.eating", draft, otherwise="talk.eating")
    elif asked == "memory":
        found = recalled(reading.text, listener.memory, listener.speakable.topics, listener.settings.name)
        from_shelf(listener, "talk.recall.found." if found else "talk.recall.nothing.", draft, asked=asked, own=found)
    elif asked:
        from_shelf(listener, "talk.", draft, asked=asked)
    elif wish.act == "asks_advice" and reading.choice is not None:
        own = (
            {} if touches(reading.choice.text, listener.speakable.topics) else {reading.choice.way: reading.choice.text}
        )
        from_shelf(listener, "talk.choice.", draft, act=wish.act, own=own)
    if len(draft.parts) == parts:
        from_shelf(listener, "talk.", draft, act=wish.act)


def _topic(reading: Reading, wish: Wish) -> str:
    """What the question is about; "" where its act says more: a view asked for is then only how it was put."""
    topic = next((one.name for one in reading.asked), "")
    if wish.act == "asks_diagnosis" and topic in ("view", "own_act"):
        return ""
    return topic if wish.act in ASKING or topic in ("stopping", "understands") else ""


def _advice(listener: Listener, draft: Draft) -> bool:
    """Where a situation has a line for "what should I do", it already says that the choice is theirs."""
    wanted = listener.wanted()._replace(
        shelf="listening.situations.", acts=("asks_advice",), techniques=frozenset(), floor=5.0
    )
    picked = listener.pick(wanted)
    if picked is None:
        return False
    draft.add(picked)
    listener.ask(wanted, draft)
    return True


def _farewell(listener: Listener, wish: Wish, draft: Draft) -> None:
    say_goodbye(listener, draft)


def _self_talk(listener: Listener, wish: Wish, draft: Draft) -> None:
    listener.listen(draft, self_talk=wish.self_talk)


def _listen(listener: Listener, wish: Wish, draft: Draft) -> None:
    listener.listen(draft)


def _summary(listener: Listener, wish: Wish, draft: Draft) -> None:
    """Two or three of their own phrases, and the lead handed back (L-08)."""
    memory, topics = listener.memory, listener.speakable.topics
    told = [t for t in gathered(memory) if not (touches(t, topics) or says(t, memory.denied))]
    clauses = [text for text in told if not (listener.limited and bleak(text))][-_SUMMARY_PHRASES:]
    wanted = listener.wanted()._replace(shelf="summary.", techniques=frozenset(), slots={"phrases": listed(clauses)})
    picked = listener.pick(wanted)
    if picked is None or len(clauses) < 2:
        listener.listen(draft)
        return
    draft.add(picked)
    if listener.settings.pace != "listening":
        asked = question(picked.entry, wanted, listener.random)
        if asked:
            draft.add_question(picked.entry.id, *asked)


def _plainly(listener: Listener, draft: Draft) -> None:
    """Every shelf came up empty: say a plain line, an older one if need be. The linter keeps one always there."""
    fresh = listener.pick(Wanted(shelf="listening.plain.", said=frozenset(listener.memory.said)))
    picked = fresh or listener.voice.pick(Wanted(shelf="listening.plain."), listener.random)
    if picked is None:
        raise LookupError("the shelf listening.plain has no entry that needs nothing")
    draft.add(picked)


_WAYS = {
    Need.LOST: _lost,
    Need.LANGUAGE: _language,
    Need.REPAIR: _repair,
    Need.FAREWELL: _farewell,
    Need.TALK: _talk,
    Need.TALK_AND_LISTEN: _talk_and_listen,
    Need.SELF_TALK: _self_talk,
    Need.SUMMARY: _summary,
    Need.LISTEN: _listen,
}


def _choices(listener: Listener, wish: Wish) -> None:
    """What the person just decided about pace and topics holds from this reply on."""
    if wish.act == "wants_listening":
        listener.settings.pace = "listening"
    if wish.act in ("off_limits", "refusal"):
        topics = [p.text for p in listener.reading.phrases] or [p.text for p in listener.memory.phrases[-1:]]
        kept = listener.settings.off_limits if wish.act == "off_limits" else listener.memory.cool_off
        kept += [t for t in topics if t not in kept]
        listener.memory.forget_topics(topics)


def _moment(listener: Listener, moment: str, draft: Draft, otherwise: str) -> None:
    name = moment if listener.voice.library.at(moment) else otherwise
    part: Part = listener.voice.say(name, listener.random, used=listener.memory.resting)
    draft.parts.append(part)
    draft.keys.append(f"{part.entry}#0")
    draft.trail.append(f"entry:{part.entry}")
