"""The promise of the closed vocabulary, as a check: a part is its entry's text with slots filled from known words."""

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from responses.fill import slots_of
from responses.model import Entry, Part, Technique

_WORDS = re.compile(r"[^\W_]+(?:['’][^\W_]+)*", re.UNICODE)
# What turning "I" to "you" may bring in: pronouns, their verbs, joints of a list, and restored short forms.
TURNED = frozenset(
    "you your yours yourself yourselves you're you've you'd you'll are were aren't weren't have haven't do don't "
    "and the my i".split()
)

_LONG, _NEARLY = 6, 0.88  # letters; difflib's ratio


def readings_of(part: Part, entry: Entry) -> Iterator[dict[str, str]]:
    """What may stand in the slots of a part, once for each wording of its entry that could have made it."""
    asked = part.technique is Technique.OPEN_QUESTION and part.text.endswith("?")
    for template in (*entry.ask, *entry.say) if asked else (*entry.say, *entry.ask):
        found = _pattern(template).fullmatch(part.text)
        if found:
            yield {name.rstrip("_"): value for name, value in found.groupdict().items()}


def values_of(part: Part, entry: Entry) -> dict[str, str] | None:
    """What stands in the slots of a part by the first wording that fits; None when none could have made it."""
    return next(readings_of(part, entry), None)


def is_closed(part: Part, entry: Entry, heard: Iterable[str]) -> bool:
    """Whether every word of the part is the entry's, the person's own (turned, spelling mended), or a table's value."""
    own = {_bare(word) for text in heard for word in words_of(text)} | {_bare(word) for word in TURNED}
    return any(
        all(_is_own(_bare(word), own) for value in values.values() for word in words_of(value))
        for values in readings_of(part, entry)
    )


def _is_own(word: str, own: set[str]) -> bool:
    """Said by the person, or the mended spelling of a long word of theirs."""
    return word in own or (len(word) >= _LONG and bool(get_close_matches(word, own, n=1, cutoff=_NEARLY)))


def words_of(text: str) -> list[str]:
    return [word.lower().replace("’", "'") for word in _WORDS.findall(text)]


def _bare(word: str) -> str:
    """Without apostrophe: what was typed as "dont" is said as "don't"."""
    return word.replace("'", "")


def _pattern(template: str) -> re.Pattern[str]:
    pieces, names = re.split(r"(\{[A-Za-z_]+\})", template), 0
    built = []
    for piece in pieces:
        if piece.startswith("{") and slots_of(piece):
            names += 1
            built.append(f"(?P<{piece[1:-1]}{'_' * names}>.+?)")
        else:
            built.append(re.escape(piece))
    return re.compile("".join(built).removesuffix(r"\.") + r"[.]?", re.DOTALL)
