"""Tells whether a message corrects the last reply, and which of its words are not to be said again.

A word of the reply that comes back with a question mark or a denial, "I didn't say that", "not this, that", an ironic
"are you having a laugh": what was heard was wrong. A correction needs the reply: "not bad, thanks" corrects nothing.
"""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

from bot.care.memory import Memory
from bot.care.stems import EMPTY, WORD, matters, says, stem, stems
from nlp.labels import FEELINGS, Mood
from nlp.reading import Reading, small
from responses.pick import Picked, Wanted

_TRIES = 9  # lines looked at for one that holds no denied word
GLAD_FOR = 2  # messages in which no gladness is heard, once it was denied
_SENTENCE = re.compile(r"[^.!?\n]+[.!?\n]*")
_MATTER = frozenset("big give good".split())  # plain, and denied as a rule where they follow "not too", "don't ... him"
_NOT = r"(?:not|never|nothing|isn't|wasn't|aren't|weren't|don't|doesn't|didn't|ain't|hardly)"
# "I try never to shout" says what they do.
_DENIAL = re.compile(rf"(?<!\btry to )(?<!\btrying to )(?<!\btry )(?<!\btrying )\b{_NOT}\b((?: [a-z']+){{1,5}})")
_I_AM_NOT = re.compile(
    r"\b(?:i'm|im|i am|i was|i wasn't|i feel) (?:not )?(?:at all |so |that |really |exactly |even "
    r"|particularly )*([a-z']+)"
)
_FRAGMENT = re.compile(r"(?:^|[.!?] )not ((?:[a-z']+ ?){1,8})")
_OF_OTHERS = re.compile(
    r"\b(?:he|she|they|we|who|people|everyone|everybody|nobody|(?:my|his|her) \w+)(?:'s|'re|'d| is| are| was"
    r"| were| did| does"
    r"| do| has| have)?(?: (?:just|really|also|still))? ?$"
)
_OVER = re.compile(r"\b(?:but|because|cos|and|if|when|unless|until|what|how|why|whether)\b")
_NO_WONDER = re.compile(r"\bno (?:wonder|surprise)\b")
_NEGATED = re.compile(
    rf"\b(?:{_NOT}|no|nobody|can't|cannot|won't|couldn't|wouldn't|shouldn't|haven't|hasn't|without)\b"
)
_OPENS_NO = re.compile(
    r"^(?:(?:oh|er|um|erm|well|uh|eh|lol|haha|bro|mate|jesus|christ|god)[ ,.!]+)*(?:no|nah|nope)\b[ ,.!]*"
)
_NO_NO = re.compile(r"^(?:no|nah|nope)[ ,.!]+(?:no|nah|nope)\b(?![ ,.!]+(?:no|nah)\b[ ,.!]*(?:no|nah))[ ,.!]+\S")
_ECHOED = re.compile(r"^(?:(?:wait|what|um|er|erm|oh|huh|sorry|hang on|hold on)[ ,.!?]+)?((?:[a-z']+ ?){1,4})\?+!*\s*")
_DENIED_NEXT = re.compile(
    r"^\W*(?:no|nah|nope|not|hardly|never|nothing|who said|says who|since when|where did|are you|r u|is that|seriously|"
    r"jesus|christ|really|lol|i (?:didn't|did not|never|don't|do not|wasn't|was not|am not)|i'm not|it's not|it isn't|"
    r"it wasn't|that's not|well[, ]+(?:no|one|not))\b"
)
_REBUKE = re.compile(
    r"\b(?:are|r) (?:you|u) (?:having (?:a|me) (?:laugh|on)|taking the (?:piss|mick)|even listening)\b"
    r"|^(?:what a |that's a |absolute )?load of (?:old )?(?:bollocks|rubbish|nonsense|tosh|cobblers)\b"
    r"|^how do (?:you|u) think (?:it is|i feel|i am)\b"
    r"|\bi (?:wasn't|was not) aware (?:that )?i(?:'d| had|'ve| have)? (?:\w+ )?(?:said|told|mentioned)\b"
    r"|\b(?:you|u) (?:haven't|didn't|did not|weren't) (?:really )?listen(?:ed|ing)?(?: to me)?(?= |[.,!?]|$)"
)
_NEVER_SAID = re.compile(
    r"\bi (?:never|didn't|did not|haven't) (?:actually |even |once )?(?:say|said|mention(?:ed)?|call(?:ed)? it"
    r"|use(?:d)? the word)"
    r" (?:i (?:was|am|felt) |i'm |it (?:was|is) |that i was |anything about |the word |\")?"
    r"((?!anything|a word|a thing|much|nothing|goodbye|bye|sorry|hello|hi|no\b|yes|thank|thanks|it\b|that\b"
    r"|so\b|i\b|to\b)"
    r"[a-z]+)(?! (?:to|back)\b)\"?(?= ?[.,!?;]|$| (?:though|tho|tbh|for the record|at all|mate|did i))"
    r"|\b(?:don't|do not|can't) (?:think|believe|remember|recall) (?:that )?i (?:ever |actually )?(?:said"
    r"|saying|told|mentioned)\b"
    r"|\bwho said (?:anything about|i was|i'm|i am)(?: being)? ([a-z]+)|\bwhen did i (?:say|tell)\b|\bdid i say\b"
)
_MEANT = re.compile(
    r"\bwhat i meant to (?:say|tell)\b|\b(?:was|is) (?:only )?meant (?:as|to be) an? (?:\w+ )?joke\b"
    r"|^(?:what|huh|eh)?[ ?!.,]*(?:no|nah)[ ,.]+i (?:mean|meant) (?:the|my|a|his|her)\b"
    r"|^(?:no|nah|nope)[ ,.]+(?:bro |mate |dude )?(?:i'm |im |i was |i am )?(?:just |only )?(?:jk|joking|kidding)\b"
    r"|\bwasn't (?:being )?serious\b|\bnot that deep\b|\bi meant the (?:other|opposite)\b"
)
_NOT_ABOUT = re.compile(r"\bnot sure (?:it|this|that)(?:'s| is| was) (?:really )?about ([^.!?\n]+)")
_GLAD = (
    "happy glad delighted nice lovely great relief relieved joy pleased excited wonderful fun laugh lighter proud enjoy"
)


@dataclass(frozen=True, slots=True)
class Correction:
    """Which words were wrong, as stems, and from where in the message it says what holds instead."""

    denied: frozenset[str] = frozenset()
    instead: int = 0


def correction(reading: Reading, memory: Memory) -> Correction | None:
    """How the message corrects the last reply; None if it does not. The memory has heard the message already."""
    low, reply = reading.low.strip(), _NO_WONDER.sub("", small(memory.last_said))
    if not reply or memory.session_turn < 2:
        return None
    denied = {
        *_denied_again(low, reply, _own(memory)),
        *_never_said(low),
        *_opened_with_no(low, reply),
    }
    echoed, instead = _echoed(low, reply)
    if denied or echoed is not None:
        return Correction(frozenset(denied | (echoed or frozenset())), instead)
    if any(shape.search(low) for shape in (_REBUKE, _NEVER_SAID, _MEANT, _NO_NO)):
        return Correction(_glad_of(reply) if _REBUKE.search(low) else frozenset(), 0)
    return None


def take(found: Correction | None, reading: Reading, memory: Memory) -> None:
    """Remember that the last reply was wrong: its feelings, the denied words and a gladness heard in vain rest now."""
    denied = found.denied if found is not None else frozenset()
    wrong = [*memory.named, *(name for name in sorted(FEELINGS) if stem(name) in denied)]
    memory.rejected += [name for name in dict.fromkeys(wrong) if name not in memory.rejected]
    memory.denied += sorted(denied - {*memory.denied})
    memory.misheard = memory.turn
    if memory.mood == Mood.POSITIVE.value or denied & stems(_GLAD):
        memory.mood = (Mood.NEUTRAL if reading.mood is Mood.POSITIVE else reading.mood).value


def in_its_light(reading: Reading, memory: Memory) -> Reading:
    """The message without what was denied before: its words are not heard as a feeling, a theme or a thing again.

    Who now says of themselves what they denied has taken it back.
    """
    if not memory.denied:
        return reading
    if memory.misheard != memory.turn:
        memory.denied = [one for one in memory.denied if one not in _asserted(reading)]
    denied = frozenset(memory.denied)
    recent = memory.turn - memory.misheard <= GLAD_FOR
    glad = reading.mood is Mood.POSITIVE and recent and denied & stems(_GLAD)
    text = reading.text
    return replace(
        reading,
        mood=Mood.NEUTRAL if glad else reading.mood,
        feelings=tuple(f for f in reading.feelings if not denied & stems(f"{f.name} {f.word}")),
        situations=tuple(s for s in reading.situations if not denied & stems(text[s.span.start : s.span.end])),
        themes=tuple(t for t in reading.themes if not denied & stems(text[t.span.start : t.span.end])),
        clauses=tuple(c for c in reading.clauses if not denied & stems(c.text)),
        phrases=tuple(p for p in reading.phrases if not denied & stems(p.text)),
        bit=None if reading.bit is not None and denied & stems(reading.bit.text) else reading.bit,
    )


def _own(memory: Memory) -> frozenset[str]:
    """Words of their own, said of themselves just before: what they go on to say of them corrects nobody."""
    told = (p.text for p in memory.phrases if p.what in ("clause", "fact") and p.turn == memory.turn - 1)
    return frozenset().union(*(stems(text) for text in told if text.startswith("you")))


def _claimed(reply: str) -> tuple[frozenset[str], frozenset[str]]:
    """Stems that the reply says are so: in sentences without any "not", and all that do not follow one closely."""
    whole: set[str] = set()
    loose: set[str] = set()
    for sentence in _SENTENCE.findall(reply):
        words = WORD.findall(sentence)
        negated = [at for at, word in enumerate(words) if _NEGATED.fullmatch(word)]
        loose |= {
            stem(w) for at, w in enumerate(words) if w not in EMPTY and not any(-2 <= at - n <= 3 for n in negated)
        }
        if not negated:
            whole |= {stem(word) for word in words if word not in EMPTY}
    return frozenset(whole), frozenset(loose)


def _denied_again(low: str, reply: str, own: frozenset[str]) -> frozenset[str]:
    """Words of the reply that the message denies: "it was not a relief", "not mum", "it's not that it hurts"."""
    whole, loose = _claimed(reply)
    found: set[str] = set()
    for match in _DENIAL.finditer(re.sub(r"[ ]+", " ", low)):
        if _OF_OTHERS.search(match.string, 0, match.start()):
            continue
        told = WORD.findall(_OVER.split(match[1])[0])
        found |= matters(told) & (whole - own)
        if "too" in told[:1] or "that" in told[:1] or match[0].startswith("don't"):
            found |= matters((word for word in told if word in _MATTER), EMPTY) & (whole - own)
    for match in _I_AM_NOT.finditer(low):
        if re.search(rf"\b{_NOT}\b", match[0]):
            found |= matters([match[1]]) & loose
    for match in _FRAGMENT.finditer(low):
        found |= matters(WORD.findall(match[1]), EMPTY | {"good", "bad", "sure"}) & (loose - own)
    about = _NOT_ABOUT.search(low)
    return frozenset(found | (matters(WORD.findall(about[1]), EMPTY) & loose if about else set()))


def _never_said(low: str) -> frozenset[str]:
    return frozenset(
        one for match in _NEVER_SAID.finditer(low) for word in match.groups() if word for one in matters([word])
    )


def _opened_with_no(low: str, reply: str) -> frozenset[str]:
    """ "No, the flight I can pay": what stands first after "no", if the reply spoke of it and denied nothing."""
    opened = _OPENS_NO.match(low)
    if opened is None:
        return frozenset()
    first = WORD.findall(re.split(r"[.!?\n,]", low[opened.end() :])[0])[:3]
    return matters(first) & _claimed(reply)[0]


def _echoed(low: str, reply: str) -> tuple[frozenset[str] | None, int]:
    """ "Scared? No ...": words of the reply that come back as a question, denied next or left standing alone."""
    asked = _ECHOED.match(low)
    if asked is None:
        return None, 0
    words = WORD.findall(asked[1])
    if not words or not set(words) - {"about", "the", "my"} <= {*WORD.findall(reply)}:
        return None, 0
    rest = low[asked.end() :]
    matter = matters(words)
    if (not rest and matter and len(words) <= 2) or _DENIED_NEXT.match(rest):
        return matter, asked.end()
    return None, 0


def _glad_of(reply: str) -> frozenset[str]:
    """Glad words of a reply that was met with irony."""
    return stems(_GLAD) & stems(reply)


def _asserted(reading: Reading) -> frozenset[str]:
    """Stems of what the message says is so."""
    return _claimed(reading.low)[1]


def unsaid(pick: Callable[[Wanted], Picked | None], wanted: Wanted, denied: Collection[str]) -> Picked | None:
    """The line that fits best and says nothing that was denied."""
    for _ in range(_TRIES if denied else 1):
        picked = pick(wanted)
        if picked is None or not says(picked.text, denied):
            return picked
        wanted = wanted._replace(used=wanted.used | {picked.entry.id})
    return None
