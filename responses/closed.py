"""The promise of the closed vocabulary, as a check: a part is its entry's text with slots filled from known words."""

import re
from collections.abc import Iterable

from responses.fill import slots_of
from responses.model import Entry, Part, Technique

_WORDS = re.compile(r"[^\W_]+(?:['’][^\W_]+)*", re.UNICODE)
# What turning "I" to "you" may bring in: pronouns, their verbs, joints of a list, and restored short forms.
TURNED = frozenset(
    "you your yours yourself yourselves you're you've you'd you'll are were aren't weren't have haven't do don't "
    "and the my i".split()
)


def values_of(part: Part, entry: Entry) -> dict[str, str] | None:
    """What stands in the slots of a part; None when no wording of its entry could have made it."""
    templates = entry.ask if part.technique is Technique.OPEN_QUESTION and part.text.endswith("?") else entry.say
    for template in (*templates, *entry.say, *entry.ask):
        found = _pattern(template).fullmatch(part.text)
        if found:
            return {name.rstrip("_"): value for name, value in found.groupdict().items()}
    return None


def is_closed(part: Part, entry: Entry, heard: Iterable[str]) -> bool:
    """Whether every word of the part is the entry's, the person's own (turned), or stands in a table's value."""
    values = values_of(part, entry)
    if values is None:
        return False
    own = {_bare(word) for text in heard for word in words_of(text)}
    known = own | {_bare(word) for word in TURNED}
    return all(_bare(word) in known for value in values.values() for word in words_of(value))


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
