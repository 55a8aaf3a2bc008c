"""Finds identifiers in a text: every finder's findings, less what must stay, joined where they overlap."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nlp.scrub import frame
from nlp.scrub.beside import codes_beside
from nlp.scrub.group_signs import GroupSignFinder
from nlp.scrub.groups import GroupFinder
from nlp.scrub.kinds import STRUCTURED, Found
from nlp.scrub.name_clauses import NameClauseFinder
from nlp.scrub.name_lists import NameLists
from nlp.scrub.names import NameFinder
from nlp.scrub.patterns import PatternFinder, load_patterns
from nlp.scrub.places import PlaceFinder
from nlp.scrub.signs import SignFinder
from nlp.scrub.wordlists import Dictionary, bare, data, either, load_gazetteer, phrases

if TYPE_CHECKING:
    from presidio_analyzer import AnalyzerEngine


_BROKEN = re.compile(r"[\ud800-\udfff]")  # halves of a pair, which no tagger reads
_SURE = frozenset({"name/clause", "name/explained", "name/named", "name/is_person"})
_SPOKEN_OF = frozenset("i he she who they kids youngest eldest oldest".split())  # they have an age


@dataclass(frozen=True, slots=True, repr=False)
class Finder:
    """Finds identifiers. `load` takes a second or more and needs the extra `research`."""

    analyzer: "AnalyzerEngine"
    dictionary: Dictionary
    kept: re.Pattern[str]

    @classmethod
    def load(cls) -> "Finder":
        """RuleError on wrong data; frame.ScrubUnavailableError without Presidio."""
        model, dictionary = frame.load_model()
        names = NameLists.load()
        given = names.first | names.words
        gazetteer = load_gazetteer(dictionary, given)
        finders: tuple[tuple[str, frame.Finder], ...] = (
            ("patterns", PatternFinder(load_patterns()).find),
            ("names", NameFinder(names).find),
            ("name clauses", NameClauseFinder(names).find),
            ("places", PlaceFinder(gazetteer, given, names.never).find),
            ("groups", GroupFinder(gazetteer.plain, given, names.never).find),
            ("group signs", GroupSignFinder(gazetteer.plain, given, names.never).find),
            (
                "signs",
                SignFinder(names.relations | names.first | (names.words - names.mass) | _SPOKEN_OF).find,
            ),
        )
        kept = data("kept")
        words = either((*phrases(kept["known"]), *phrases(kept["phrases"])))
        return cls(
            frame.engine(model, dictionary, finders),
            dictionary,
            re.compile(rf"(?<![\w'])(?:{words})(?:'s|s)?(?![\w'])".replace("’", "'")),
        )

    def find(self, text: str) -> tuple[Found, ...]:
        """Identifiers from left to right; no two overlap. Offsets are code points of `text`."""
        if not text.strip():
            return ()
        text = _BROKEN.sub("\ufffd", text)
        low = "".join(bare(letter)[:1] or " " for letter in text)
        kept = [match.span() for match in self.kept.finditer(low)]
        found = [one for one in frame.found_in(self.analyzer, text) if not _stays(one, kept)]
        return joined((*found, *codes_beside(text, found)))


def _stays(one: Found, kept: Sequence[tuple[int, int]]) -> bool:
    """Whether a figure of speech or somebody famous is meant; a clause that only fits a person beats the former."""
    if one.rule in _SURE:
        return False
    if one.rule == "group/brand" or (one.type in STRUCTURED and one.rule != "pattern/street-alone"):
        return False
    return any(start <= one.start and one.end <= end for start, end in kept)


def joined(found: Iterable[Found]) -> tuple[Found, ...]:
    """Overlapping findings as one: from the first letter to the last, with the kind of the surest, then the longest."""
    result: list[Found] = []
    for one in sorted(found):
        if result and one.start < result[-1].end:
            last = result.pop()
            best = max(last, one, key=lambda item: (item.score, item.end - item.start))
            one = best._replace(start=min(last.start, one.start), end=max(last.end, one.end))
        result.append(one)
    return tuple(result)
