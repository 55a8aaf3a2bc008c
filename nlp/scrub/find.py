"""Finds identifiers in a text: every finder's findings, less what must stay, joined where they overlap."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nlp.scrub import frame
from nlp.scrub.beside import bridged, codes_beside, grown, placed
from nlp.scrub.group_signs import GroupSignFinder
from nlp.scrub.groups import GroupFinder
from nlp.scrub.kinds import STRUCTURED, Found
from nlp.scrub.learned import DOUBT, RULE, LearnedFinder, Weights, WordRows, doubted
from nlp.scrub.line import Line
from nlp.scrub.name_clauses import NameClauseFinder
from nlp.scrub.name_lists import NameLists
from nlp.scrub.names import NameFinder
from nlp.scrub.passing import Passing
from nlp.scrub.patterns import PatternFinder, load_patterns
from nlp.scrub.places import PlaceFinder
from nlp.scrub.signs import SignFinder
from nlp.scrub.token_vectors import TokenVectors
from nlp.scrub.word_signs import WordSigns
from nlp.scrub.wordlists import Dictionary, bare, data, either, load_gazetteer, phrases

if TYPE_CHECKING:
    from presidio_analyzer import AnalyzerEngine

NamedFinder = tuple[str, frame.Finder]

_BROKEN = re.compile(r"[\ud800-\udfff]")  # halves of a pair, which no tagger reads
_DOMAIN = re.compile(r"\w\.(?:uk|us|nz|ie|ca|in|eu)$")  # the end of a site's address is no place
_SURE = frozenset({"name/clause", "name/explained", "name/named", "name/is_person"})
_LISTED = ("name/", "place/", "group/large")  # by a list, a sign or a large letter alone: not where that is unlikely
_FIRM = frozenset(
    f"name/{sign}"
    for sign in (
        "given owns-bare met clause explained does of_somewhere named who_follows paired is_meant from_a_group".split()
    )
) | {"place/after-age"}  # a name and nothing else, or a whole clause says so: that is not doubted
_DATED = frozenset(
    f"pattern/{name}" for name in "year-of year-life year-recent year-said year-short".split()
)  # what happened in it says that the year is somebody's own
_AT_WORK = re.compile(
    r"\b(?:shifts?|jobs?|boss|managers?|work(?:s|ed|ing)?|rota|hours|nights|warehouse|drivers?|depot|fired|sacked|let\s+(?:me|him|her)\s+go|laid"
    r"|tills?|uniform|overtime|redundan\w+|contract|breaks?|hr|wages?|paid|pays?|hired|interview|start(?:ed)?|quit|left|staff|timed|docked|job)\b"
)  # beside a brand these say that somebody works there
_WORK = frozenset({"group/brand", "group/sign", "group/known"})  # a brand one works for is no brand in passing
_SPOKEN_OF = frozenset("i he she who they kids youngest eldest oldest".split())  # they have an age


@dataclass(frozen=True, slots=True, repr=False)
class Finder:
    """Finds identifiers. `load` takes a second or more and needs the extra `research`."""

    analyzer: "AnalyzerEngine"
    model: Any
    dictionary: Dictionary
    kept: re.Pattern[str]
    passing: Passing

    @classmethod
    def load(cls, cache: Path | None = None) -> "Finder":
        """`cache` keeps the quantised sentence model, as for the ear.

        RuleError on wrong data; ScrubUnavailableError without Presidio or the model.
        """
        model, dictionary = frame.load_model()
        names = NameLists.load()
        learned = LearnedFinder(word_rows(dictionary, names, cache), Weights.load())
        return cls._of(model, dictionary, (*_rules(dictionary, names), ("learned", learned.find)))

    @classmethod
    def rules_alone(cls) -> "Finder":
        """Without what was learned, to learn anew."""
        model, dictionary = frame.load_model()
        return cls._of(model, dictionary, _rules(dictionary, NameLists.load()))

    @classmethod
    def _of(cls, model: Any, dictionary: Dictionary, finders: Iterable[NamedFinder]) -> "Finder":
        kept = data("kept")
        words = either((*phrases(kept["known"]), *phrases(kept["phrases"])))
        return cls(
            frame.engine(model, dictionary, finders),
            model,
            dictionary,
            re.compile(rf"(?<![\w'])(?:{words})(?:'s|s)?(?![\w'])".replace("’", "'")),
            Passing.load(),
        )

    def line(self, text: str) -> Line:
        """The text as the finders see it."""
        return Line(text, self.model(text), self.dictionary)

    def find(self, text: str) -> tuple[Found, ...]:
        """Identifiers from left to right; no two overlap. Offsets are code points of `text`."""
        if not text.strip():
            return ()
        text = _BROKEN.sub("\ufffd", text)
        return self.settled(text, frame.found_in(self.analyzer, text))

    def settled(self, text: str, everything: Sequence[Found]) -> tuple[Found, ...]:
        """What is left of all findings: less what must stay, grown to its whole, joined where they overlap."""
        low = "".join(bare(letter)[:1] or " " for letter in text)
        kept = [match.span() for match in self.kept.finditer(low)]
        passing = self.passing.spans(low)
        at_work = _AT_WORK.search(low) is not None
        public = self.passing.public_in(low)
        doubts = [one for one in everything if one.rule == DOUBT]
        found = [
            one
            for one in everything
            if one.rule != DOUBT
            and not (
                _stays(one, kept, at_work=at_work)
                or (one.rule.startswith(_LISTED) and one.rule not in _FIRM and doubted(one, doubts))
                or _within(one, public)
                or self.passing.says_nothing(one, low[one.start : one.end], at_work=at_work)
                or (one.rule not in _DATED and _within(one, passing.get(one.type, ())))
            )
            and not (one.type == "place" and _DOMAIN.search(low, 0, one.end))
        ]
        whole = joined(
            (
                *grown(low, _without_margins(found)),
                *codes_beside(text, found),
                *bridged(low, found),
                *placed(low, found),
            )
        )
        return tuple(one for one in whole if not self.passing.is_helpline(one, low[one.start : one.end]))


def _rules(dictionary: Dictionary, names: NameLists) -> tuple[NamedFinder, ...]:
    given = names.first | names.words
    places = load_gazetteer(dictionary, given)
    spoken_of = names.relations | names.first | (names.words - names.mass) | _SPOKEN_OF
    return (
        ("patterns", PatternFinder(load_patterns()).find),
        ("names", NameFinder(names).find),
        ("name clauses", NameClauseFinder(names).find),
        ("places", PlaceFinder(places, given, names.never).find),
        ("groups", GroupFinder(places.plain, given, names.never).find),
        ("group signs", GroupSignFinder(places.plain, given, names.never).find),
        ("signs", SignFinder(spoken_of).find),
    )


def word_rows(dictionary: Dictionary, names: NameLists, cache: Path | None) -> WordRows:
    """What the learned finder goes by. ScrubUnavailableError without the sentence model."""
    return WordRows(TokenVectors.load(cache), WordSigns(names, load_gazetteer(dictionary, names.first | names.words)))


def _stays(one: Found, kept: Sequence[tuple[int, int]], *, at_work: bool) -> bool:
    """Whether a figure of speech or somebody famous is meant; a clause that only fits a person beats the former."""
    if one.rule in _SURE:
        return False
    if one.rule == RULE and one.type == "employer" and at_work:  # part of a title is none; a brand one works for is one
        return any(
            start <= one.start and one.end <= end and end - start > one.end - one.start + 1 for start, end in kept
        )
    if one.rule in _WORK or (one.type in STRUCTURED and one.rule not in ("pattern/street-alone", RULE)):
        return False
    return _within(one, kept)


def _without_margins(found: Sequence[Found]) -> Iterator[Found]:
    """A date that a rule found is the whole of it: what was learned adds no "o.b." before it."""
    forms = [one for one in found if one.rule != RULE and one.type in ("birth_date", "event_date")]
    for one in found:
        if one.rule != RULE or not any(form.start < one.end and one.start < form.end for form in forms):
            yield one


def _within(one: Found, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= one.start and one.end <= end for start, end in spans)


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
