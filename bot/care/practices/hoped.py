"""Which hope a message speaks of, by the words that tell something. Cautious: where it is not sure it finds none."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.care.memory import touches
from bot.care.own_words import text_of
from bot.care.records import Keepsake

_SETTLED = timedelta(hours=12)  # before which a hope is still fresh
_LONG = 5  # letters of a word that tells something
_ENDING = re.compile(r"(ing|ed|es|s|e)$")
_EVERYDAY = frozenset(
    "about again always anything because before being better could doing during enough every everybody everyone "
    "everything feeling feelings first going great happy having hoped hopes hoping house kinder later little "
    "makes making maybe might months morning mornings myself never nothing other others people place quiet rather "
    "really right second should small smaller someone something sometimes start started still taking thank thanks "
    "their there these thing things think thinking those through today tomorrow tonight trying under until wanted "
    "wants weeks where which while whole without words working world would years yourself after evening evenings "
    "night nights times".split()
)


def spoken_of(text: str, hopes: Sequence[Keepsake], avoid: Sequence[str], now: datetime) -> Keepsake | None:
    """The newest of `hopes` that shares a telling word with the text, is not fresh, and touches no topic of `avoid`."""
    told = telling(text)
    return next(
        (
            hope
            for hope in reversed(hopes)
            if now - hope.at >= _SETTLED and told & telling(text_of(hope)) and not touches(text_of(hope), avoid)
        ),
        None,
    )


def telling(text: str) -> set[str]:
    """The words that tell what a text is about: long ones that most texts do not have, less their endings."""
    words = re.findall(r"[a-z]+", text.lower())
    return {_ENDING.sub("", word) for word in words if len(word) >= _LONG and word not in _EVERYDAY}
