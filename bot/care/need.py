"""Decides what kind of reply a calm message wants, from what was heard and what went before.

The order is the product's: being understood at all, then what was asked of the listener, then shame before every other
content, then a summary when it is due, then plain listening.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from bot.care.asking import asks_a_view, ends_asking, only_asks, turned_to_listener, turned_to_us
from bot.care.corrections import correction
from bot.care.farewell import takes_leave
from bot.care.gathered import gathered
from bot.care.memory import Memory
from bot.care.records import Settings
from bot.care.stems import WORD
from nlp.labels import Mood, Status
from nlp.reading import Clause, Reading, Span

SUMMARY_AFTER, SUMMARY_AT_LATEST = 6, 8  # client messages that go by without one (L-08)
_COURTESY = 3  # words that may stand beside a greeting without telling anything
_SUBSTANCE = 6  # words beyond which a "thanks" or "hello" carries more than itself


class Need(StrEnum):
    LOST = "lost"  # not understood
    LANGUAGE = "language"
    REPAIR = "repair"
    FAREWELL = "farewell"
    TALK = "talk"  # an act that wants its own answer and nothing beside it
    TALK_AND_LISTEN = "talk_and_listen"  # an act to answer, and something told beside it
    SELF_TALK = "self_talk"
    SUMMARY = "summary"
    LISTEN = "listen"


# Acts that want an answer of their own, the most pressing first.
ACTS_TO_ANSWER = (
    "off_limits",
    "refusal",
    "wants_person",
    "are_you_human",
    "privacy_question",
    "asks_diagnosis",
    "complaint",
    "asks_information",
    "asks_repeat",
    "wants_listening",
    "asks_advice",
    "question_to_listener",
    "test",
    "goodbye",
    "thanks",
    "compliment",
    "apology",
    "greeting",
    "small_talk",
    "dont_know",
    "agreement",
    "yes",
    "no",
    "laughter",
)
# With content beside them these still lead; the rest give way to listening.
_LEAD_ANYWAY = frozenset(
    "off_limits refusal wants_person are_you_human privacy_question asks_diagnosis complaint asks_repeat "
    "asks_advice asks_information question_to_listener wants_listening".split()
)
_QUESTIONS = frozenset(
    {"are_you_human", "asks_advice", "asks_information", "asks_diagnosis", "question_to_listener", "wants_person"}
)
# Beside something told, these are more often misheard than meant, unless the message turns to the listener at its end.
_ONLY_ALONE = frozenset({"question_to_listener", "asks_repeat", "asks_diagnosis", "privacy_question", "complaint"})
_PLAIN_FRAMES = frozenset("do have have_done other other_is said think role being it_is love".split())
_CLOSING = frozenset({"goodbye", "thanks"})
_SELF_TALK_FIRST = tuple(
    "shame guilt mistake should_rule kindness_to_self kindness_to_others kindness_received".split()
)


@dataclass(frozen=True, slots=True)
class Wish:
    need: Need
    act: str = ""
    self_talk: str = ""


def wish_of(reading: Reading, memory: Memory, settings: Settings) -> Wish:
    """What the message wants. Total: every reading has an answer."""
    if reading.language not in ("en", "und"):
        return Wish(Need.LANGUAGE)
    view_asked = asks_a_view(reading.text)
    corrects = memory.session_turn > 1 and (reading.did("correction") or correction(reading, memory) is not None)
    if corrects and not view_asked:
        return Wish(Need.REPAIR)
    act = _act(reading) or _likely_act(reading)
    if act == "small_talk" and reading.bit is not None:
        act = ""  # "the usual" after a question: an answer, to be said back
    if view_asked and act not in _QUESTIONS - {"question_to_listener"}:
        act = "asks_advice"
    if not (reading.understood or act) and not _a_word_in_passing(reading, memory):
        return Wish(Need.LOST)
    return _asked(reading, act) or _told(reading, act, memory, settings)


def _asked(reading: Reading, act: str) -> Wish | None:
    """What was asked of the listener, or said to close; None when the message is for listening."""
    if takes_leave(reading):
        return Wish(Need.FAREWELL, "goodbye")
    content = has_content(reading) and not only_asks(reading)
    if content and act in _ONLY_ALONE and not (turned_to_listener(reading.text) or ends_asking(reading)):
        return None
    if act in _LEAD_ANYWAY:
        return Wish(Need.TALK_AND_LISTEN if content else Need.TALK, act)
    if _closes(reading) and not _thanks_but(reading):
        return Wish(Need.TALK, "goodbye" if reading.did("goodbye") else "thanks")
    return Wish(Need.TALK, act) if act and not content and not _opens_only(reading, act) else None


def _opens_only(reading: Reading, act: str) -> bool:
    """A greeting or small word before more than itself: what follows is what they came with."""
    if act == "thanks":
        return _thanks_but(reading)
    if act not in ("greeting", "yes", "no", "agreement", "laughter", "dont_know", "apology"):
        return False
    spans = [one.span for one in reading.acts if one.sure]
    rest = "".join(char for at, char in enumerate(reading.text) if not any(s.start <= at < s.end for s in spans))
    return len(WORD.findall(rest)) > _COURTESY


def _thanks_but(reading: Reading) -> bool:
    """ "I don't feel it, but thank you for saying that": what stands before the "but" is what they say."""
    starts = [act.span.start for act in reading.acts if act.name == "thanks" and act.sure]
    before = reading.low[: min(starts, default=0)].split()
    return len(before) > _COURTESY and before[-1] == "but"


def _told(reading: Reading, act: str, memory: Memory, settings: Settings) -> Wish:
    talk = _self_talk(reading)
    if talk in ("shame", "guilt"):
        return Wish(Need.SELF_TALK, self_talk=talk)
    if act and len(reading.text.split()) <= _SUBSTANCE and not reading.clauses and not _opens_only(reading, act):
        return Wish(Need.TALK_AND_LISTEN, act)
    if (
        summary_due(memory, settings)
        and "?" not in reading.text
        and not (_tells_much(reading) and memory.since_summary < SUMMARY_AT_LATEST)
    ):
        return Wish(Need.SUMMARY)
    if talk and not (talk.startswith("kindness") and _about_more(reading)):
        return Wish(Need.SELF_TALK, self_talk=talk)
    return Wish(Need.LISTEN)


def _about_more(reading: Reading) -> bool:
    """Kindness in passing: the message is about what weighs on them, or about a situation of its own."""
    return reading.mood in (Mood.NEGATIVE, Mood.MIXED) or any(found.sure for found in reading.situations)


def _tells_much(reading: Reading) -> bool:
    """It wants an answer of its own now: a feeling or a theme that weighs, or a story."""
    told = reading.themes or any(f.sure and f.holder == "self" for f in reading.feelings)
    return _long(reading) or (bool(told) and reading.mood in (Mood.NEGATIVE, Mood.MIXED))


def summary_due(memory: Memory, settings: Settings) -> bool:
    """Six to eight messages since the last one, and something of theirs to gather up."""
    return memory.since_summary > SUMMARY_AFTER and len(gathered(memory)) >= 2 and settings.pace != "listening"


def has_content(reading: Reading) -> bool:
    """Whether something was told beside the act: a feeling, a clause, a theme, or a situation in so many words."""
    hello = [one.span for one in reading.acts if one.name == "greeting" and one.sure]  # "hi, I'm new here"
    return bool(
        any(_tells(clause) and not _within(clause.span, hello) for clause in reading.clauses)
        or reading.themes
        or reading.self_talk
        or any(f.sure and f.holder == "self" and f.status is Status.ASSERTED for f in reading.feelings)
        or any(s.sure and not _within(s.span, hello) for s in reading.situations)
        or _long(reading)
    )


def _within(span: Span, others: Iterable[Span]) -> bool:
    return any(other.start <= span.start and span.end <= other.end for other in others)


def _closes(reading: Reading) -> bool:
    """A goodbye, or thanks with nothing else told, and nothing heavy in it: no reflection is wanted, no question."""
    if reading.mood in (Mood.NEGATIVE, Mood.MIXED) or reading.self_talk:
        return False
    told = any(_weighs(clause) for clause in reading.clauses) or sum(s.sure for s in reading.situations) > 1
    words = len(reading.text.split())
    if reading.did("goodbye"):
        return words < 4 * _SUBSTANCE
    return (
        reading.did("thanks")
        and not told
        and (words <= _SUBSTANCE or (words < 4 * _SUBSTANCE and _ends_thanking(reading)))
    )


def _ends_thanking(reading: Reading) -> bool:
    """The thanks stand in the last sentence, and nothing is told after them."""
    ends = [act.span.end for act in reading.acts if act.name == "thanks"]
    rest = reading.text[max(ends, default=0) :]
    return len(rest.split()) <= _SUBSTANCE


def _weighs(clause: Clause) -> bool:
    """It says how they are, what they cannot or miss: not what they mean to do, or what somebody did."""
    return clause.frame not in _PLAIN_FRAMES and len(clause.text.split()) > _SUBSTANCE


def _tells(clause: Clause) -> bool:
    """A clause of a plain frame in a few words may be courtesy: "you will look into that"."""
    return clause.frame not in _PLAIN_FRAMES or clause.mood is not Mood.NEUTRAL or len(clause.text.split()) > _SUBSTANCE


def _long(reading: Reading) -> bool:
    return len(reading.text.split()) > 2 * _SUBSTANCE


def _act(reading: Reading) -> str:
    heard = {one.name for one in reading.acts if one.sure and turned_to_us(reading, one)}
    if any(one.name == "own_act" for one in reading.asked):
        heard.discard("asks_diagnosis")  # "is that mad?" of what they did asks for a view, not for a name
    return next((act for act in ACTS_TO_ANSWER if act in heard), "")


def _a_word_in_passing(reading: Reading, memory: Memory) -> bool:
    """A word or two of letters in the middle of a talk: there is a thread to hold on to."""
    words = reading.text.split()
    return memory.session_turn > 1 and len(words) <= 2 and reading.text.strip(" .,!?").isalpha()


def _likely_act(reading: Reading) -> str:
    """What the head alone supposes counts where nothing was told and a question was asked."""
    if "?" not in reading.text or has_content(reading):
        return ""
    return next((act for act in ACTS_TO_ANSWER if act in _QUESTIONS and reading.did(act)), "")


def _self_talk(reading: Reading) -> str:
    heard = {f.name for f in reading.self_talk if f.sure}
    return next((name for name in _SELF_TALK_FIRST if name in heard), "")
