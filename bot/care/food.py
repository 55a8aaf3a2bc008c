"""Asked how to eat less or not at all: it may be a sign, so it gets a question and never a tip."""

import re

from nlp.labels import Kind, Status
from nlp.reading import Reading

_LESS = re.compile(
    r"\b(don'?t|not|stop|quit|without|less|skip\w*|never|avoid|lose|losing|throw\w*|purg\w*|fast|fasting|diet\w*|"
    r"keep (it|food) down|get rid|make myself|resist|control)\b"
)


def asks_to_eat_less(reading: Reading) -> bool:
    """Whether advice is asked for on eating less, or on undoing what was eaten."""
    heard = any(s.kind is Kind.EATING_DISORDER and s.status is Status.ASSERTED for s in reading.signals)
    return heard and reading.did("asks_advice") and _LESS.search(reading.low) is not None
