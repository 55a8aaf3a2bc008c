"""A word of courtesy before the answer: a greeting is greeted, thanks and apologies are taken, whatever else came."""

from bot.care.apologies import apologises
from bot.care.draft import Draft
from bot.care.listening import Listener
from bot.care.need import Need, Wish
from nlp.reading import Reading
from responses.pick import Wanted

# Acts that ask the listener something.
ASKING = frozenset(
    "question_to_listener are_you_human privacy_question asks_information asks_advice asks_diagnosis test".split()
)
_BEFORE = 1  # words that may stand before a greeting that opens a message


def say_courtesy(listener: Listener, wish: Wish, draft: Draft) -> None:
    """Put a greeting before the first reply of a talk that was opened with one, and a welcome before an answer to a
    question that came with thanks; an apology for writing is met first. The reply is there already.
    """
    reading, memory = listener.reading, listener.memory
    if listener.limited or wish.need in (Need.LANGUAGE, Need.REPAIR):
        return
    if apologises(reading) and wish.act != "apology" and wish.need is not Need.FAREWELL:
        _first(listener, "talk.opening.sorry", draft)
    if memory.session_turn == 1 and wish.act != "greeting" and _opens_with(reading, "greeting"):
        _first(listener, "talk.opening.hello", draft)
    elif wish.act in ASKING and _opens_with(reading, "thanks"):
        _first(listener, "talk.opening.welcome", draft)


def _first(listener: Listener, shelf: str, draft: Draft) -> None:
    said = frozenset(listener.memory.said)
    picked = listener.pick(Wanted(shelf=shelf, said=said)) or listener.pick(Wanted(shelf=shelf))
    if picked is not None:
        draft.put_first(picked)


def _opens_with(reading: Reading, act: str) -> bool:
    spans = [one.span for one in reading.acts if one.name == act and one.sure]
    return any(len(reading.text[: span.start].split()) <= _BEFORE for span in spans)
