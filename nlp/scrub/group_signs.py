"""Finds organisations without a head: well-known ones, what follows a sign of work or study, large letters in a row."""

import re
from collections.abc import Iterator

from nlp.scrub.groups import made
from nlp.scrub.kinds import Found
from nlp.scrub.line import Line, Word
from nlp.scrub.wordlists import data, either, split

_JOINTS = frozenset("of and & the for de la".split())
_TEAMS = re.compile(
    r"\b(?:goalie|keeper|striker|captain|capt|winger|prop|coach|coached|play|played|plays|playing|trials?|cheer|cheered|pitch|pitched|skate|sing|sang|sung|drum|dance)\s+(?:for|w|with|at|in|of)\s+"
)
_CARE = re.compile(
    r"\b(?:counsell(?:ing|or)|therapy|therapist|rehab|detox|inpatient|outpatient|sectioned|admitted|discharged|physio|referred)"
    r"\s+(?:at|to|in|from|by|with)\s+(?:the\s+)?"
)
_OWNS = re.compile(r"\b(?:owns|owned|runs|founded|opened|lost|sold)\s+")
_SACKS = re.compile(
    r"\s*(?:sacked|fired|hired|laid\s+me|let\s+me\s+go|made\s+me\s+redundant|wont\s+pay|cut\s+my\s+(?:hours|shifts|pay)"
    r"|put\s+me\s+on|timed\s+(?:my|me|us|our)|docked\s+(?:me|my|us)|suspended\s+(?:me|him|her)|promoted\s+(?:me|him|her)"
    r"|sent\s+me\s+home|has\s+me\s+on|have\s+me\s+on|pays?\s+(?:me|us)|made\s+us\s+work|moved\s+me\s+to|drivers?,|hr\b)"
)
_SHOWN = frozenset(
    """
        film films movie movies book books novel song songs album show series watched watching rewatched rewatching
        watch read reading reread listening listened playlist podcast episode musical game
    """.split()
)
_BETWEEN = frozenset("and by of & the".split())
_DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
_CAP_OK = frozenset(
    """
        God Mum Dad Mom Nan Gran Grandma Grandad Mam Auntie Uncle I Ive Im Ill Id Covid English Maths French
        Spanish German Science History Christmas Easter Ramadan Eid Diwali
    """.split()
)


class GroupSignFinder:
    """Finds organisations by signs; `given` are names of people, `never` words that are no names."""

    def __init__(self, places: frozenset[str], given: frozenset[str], never: frozenset[str]) -> None:
        lists = data("orgs")
        self._places, self._given, self._never = places, given, never
        self._work = re.compile(rf"\b{_one_line(lists['work'])}\s+(?:the\s+)?")
        self._study = re.compile(rf"\b{_one_line(lists['study'])}\s+(?:the\s+)?")
        brands = either(split(lists["brands"]))
        self._brand = re.compile(rf"(?P<it>(?:{brands})(?:s|'s)?)(?![\w])")
        schools, clinics, firms = (either(split(lists[name])) for name in ("schools", "clinics", "firms"))
        self._known = (
            (re.compile(rf"\b(?:at|to|from|in|into|of|by|study\w*|@)\s+(?P<it>{schools})\b"), "school"),
            (
                re.compile(
                    rf"(?:^|[.,!?]\s*)(?P<it>{schools})(?=\s+(?:rejected|said|wont|offered|kicked|is|was|student))"
                ),
                "school",
            ),
            (re.compile(rf"\b(?:at|to|from|in|into|of)\s+(?P<it>(?:the\s+)?(?:{clinics}))\b"), "health_org"),
            (re.compile(rf"(?:^|[.,!?]\s*)(?P<it>(?:the\s+)?(?:{clinics}))(?=\s+\w+)"), "health_org"),
            (re.compile(rf"\b(?:at|for|from|to|by|with)\s+(?P<it>{firms})\b"), "employer"),
        )
        self._brand_shift = re.compile(
            rf"\b(?:on|do|doing|my|the)\s+(?P<it>{brands})\s+(?:nights|shifts?|job|days|warehouse|store|contract|uniform|manager|boss)\b"
        )

    def find(self, line: Line) -> Iterator[Found]:
        """Every organisation, also where several overlap."""
        yield from self._signed(line)
        yield from self._large_runs(line)
        for pattern, kind in self._known:
            for match in pattern.finditer(line.low):
                yield Found(*match.span("it"), kind, 0.8, "group/known")

    def _signed(self, line: Line) -> Iterator[Found]:
        for sign, kind in (
            (self._work, "employer"),
            (self._study, "school"),
            (_TEAMS, "community_org"),
            (_CARE, "health_org"),
            (_OWNS, "employer"),
        ):
            for match in sign.finditer(line.low):
                yield from self._after(line, match.end(), kind, brands=sign is self._work)
        for match in self._brand_shift.finditer(line.low):
            yield Found(*match.span("it"), "employer", 0.8, "group/brand")
        for match in self._brand.finditer(line.low):
            clear = match.start() == 0 or not line.low[match.start() - 1].isalnum()
            if clear and _SACKS.match(line.low, match.end()):
                yield Found(match.start(), match.end(), "employer", 0.8, "group/brand")

    def _after(self, line: Line, start: int, kind: str, brands: bool) -> Iterator[Found]:
        brand = self._brand.match(line.low, start)
        if brands and brand:
            yield Found(brand.start(), brand.end(), kind, 0.8, "group/brand")
            return
        words = [word for word in line.words if word.start >= start]
        if not words or words[0].start != start:
            return
        run: list[Word] = []
        for word in words:
            if (run and word.apart) or not (
                self._own(line, word)
                or (
                    run
                    and word.low in _JOINTS
                    and word.at + 1 < len(line.words)
                    and line.proper(line.words[word.at + 1])
                )
            ):
                break
            run.append(word)
        if run:
            yield made(line, run[0].at, run[-1], kind, "sign")

    def _own(self, line: Line, word: Word) -> bool:
        if word.low in self._never or (word.low in self._given and not line.proper(word)):
            return False
        return line.proper(word) or (line.strange(word) and word.low not in self._places)

    def _large_runs(self, line: Line) -> Iterator[Found]:
        """Two and more words written large in a row, or one after "the", that no list explains."""
        run: list[Word] = []
        for word in [*line.words, None]:
            joined = word is not None and run and not word.apart
            if word is not None and (not run or joined) and self._counts(line, word):
                run.append(word)
                continue
            if joined and word is not None and word.low in _BETWEEN and self._large_after(line, word):
                run.append(word)
                continue
            if run:
                yield from self._run(line, run)
            run = [word] if word is not None and self._counts(line, word) else []

    def _counts(self, line: Line, word: Word) -> bool:
        if not line.proper(word) or word.text in _CAP_OK or not word.text.isalpha() or len(word.text) < 2:
            return False
        return word.low not in self._never or (word.low in _DAYS and self._large_after(line, word))

    def _large_after(self, line: Line, word: Word) -> bool:
        following = line.around(word.at, 1)
        return bool(following and line.proper(following) and following.low not in self._never)

    def _run(self, line: Line, run: list[Word]) -> Iterator[Found]:
        before = line.low_around(run[0].at, -1)
        if any(line.low_around(run[0].at, step) in _SHOWN for step in (-1, -2, -3, -4)):
            return  # the title of a film or a song
        if len(run) < 2 and not (before == "the" and run[0].low not in self._given):
            return
        kind = (
            "place"
            if before in ("in", "from", "near", "to")
            else "employer"
            if before in ("at", "for", "with")
            else "community_org"
        )
        yield made(line, run[0].at, run[-1], kind, "large")._replace(score=0.5)


def _one_line(pattern: object) -> str:
    """A folded pattern: the line breaks that YAML made spaces are no part of it."""
    return re.sub(r"(?<!\\) +", "", str(pattern))
