"""Finds places: known ones from the gazetteer, unknown ones by a sign before them, their endings or a large letter."""

from collections.abc import Iterator, Sequence

from nlp.scrub.kinds import Found
from nlp.scrub.line import Line, Word
from nlp.scrub.wordlists import Gazetteer, data, split

_SIGNS = frozenset(
    """
        in from to near leave left leaving outside around via visit visiting moved reached off between through past
        towards
    """.split()
)
_STRONG = frozenset("in from near outside".split())
_SHOWS = frozenset(
    "news watched watching documentary doc film movie series novel headlines war strikes election".split()
)
_SHOWN = frozenset(
    "watched watching read reading thing doc documentary film movie show book everyone people on".split()
)
_DREAMS = frozenset("dream dreaming imagine wish someday lottery afford bucket fantasy fantasise".split())
_PLAYED = frozenset(
    """
        football rugby cricket films film trains match olympics eurovision nuts telly tv penalties cup final finals semi
        qualifier scored euros wimbledon ashes
    """.split()
)
_TRADE = frozenset("prices vibes style themed song album accent fashion marathon".split())
_TIES = frozenset(
    """
        back home family mum mom dad sister brother son daughter wife husband live lives living lived born grew from
        moved born parents cousin grandma visa embassy deported refugee asylum
    """.split()
) - {"from"}
_LIVING = frozenset(
    """
        live lives living lived born moved move moving grew based stuck stationed back bus train flight flew
        fly trip home stay staying raised spent yrs years nothing anything hate house flat
    """.split()
)
_AFTER = frozenset(
    """
        and n but with w for so when where after now then alone again lol tbh if because cos since on at is
        was to i my we he she they by
    """.split()
)

_EARLY, _AGE = 4, 2  # words before it, digits
_CODE = 5  # digits of most postal codes


class PlaceFinder:
    """Finds places in a line; `given` are names of people, which a place must beat by a sign."""

    def __init__(self, gazetteer: Gazetteer, given: frozenset[str], never: frozenset[str]) -> None:
        lists = data("places")
        self._gazetteer = gazetteer
        self._given = given
        self._never = never
        self._own_words = split(lists["words"])
        self._endings = tuple(sorted(split(lists["endings"]), key=len, reverse=True))
        self._before, self._after = split(lists["before"]), split(lists["after"])

    def find(self, line: Line) -> Iterator[Found]:
        """Every place, longest first from the left."""
        at = 0
        while at < len(line.words):
            length = self._known(line, at) or self._compound(line, at)
            rule = ("after-age" if self._after_age(line, line.words[at]) else "known") if length else ""
            if not length and self._signed(line, line.words[at]):
                length, rule = 1, "sign"
            if length:
                last = line.words[at + length - 1]
                yield Found(line.words[at].start, last.stop, "place", 0.75, f"place/{rule}")
            at += max(length, 1)

    def _known(self, line: Line, at: int) -> int:
        for length in range(min(self._gazetteer.longest, len(line.words) - at), 0, -1):
            words = line.words[at : at + length]
            if any(word.apart for word in words[1:]):
                continue
            text = " ".join(word.low for word in words)
            if text in self._gazetteer.famous and self._topic(line, words):
                return 0
            if text in self._gazetteer.plain and not (length == 1 and self._a_thing(line, words[0])):
                return length
            if length == 1 and text in self._gazetteer.doubtful and self._doubtful(line, words[0]):
                return 1
        return 0

    def _topic(self, line: Line, words: Sequence[Word]) -> bool:
        """ "a thing about japan", "the news from ukraine", "i dream of australia": nobody is said to be there."""
        lows = {word.low for word in line.words}
        if lows & _TIES:
            return False
        before = {line.low_around(words[0].at, step) for step in (-1, -2, -3)}
        if lows & _PLAYED:
            return True
        shown = before & _SHOWS or ("about" in before and lows & _SHOWN)
        return bool(shown or lows & _DREAMS or line.low_around(words[-1].at, 1) in _TRADE)

    def _a_thing(self, line: Line, word: Word) -> bool:
        """ "us" and "uk" apart from "tell us"; names of people that are towns."""
        return (word.low == "us" and word.text != "US") or (word.low in self._given and not self._sign(line, word))

    def _sign(self, line: Line, word: Word) -> bool:
        return line.low_around(word.at, -1) in _SIGNS

    def _doubtful(self, line: Line, word: Word) -> bool:
        if word.low in self._never or len(word.low) < 3:
            return False
        if line.proper(word) and word.low not in self._given and not word.tag.startswith("VB"):
            return True
        if self._after_age(line, word):
            return True
        following = line.around(word.at, 1)
        if following and following.text.isdigit() and len(following.text) in (4, 5, 6) and word.large:
            return True  # a postal code
        if (
            word.at
            and line.words[word.at - 1].text.isdigit()
            and len(line.words[word.at - 1].text) == _CODE
            and (not word.known or word.low in self._gazetteer.famous)
        ):
            return True
        if not self._sign(line, word):
            return False
        if line.proper(word) or not word.known or word.low not in line.dictionary.lexical | self._own_words:
            return not word.known or word.tag.startswith("NN") or line.proper(word)
        if word.low not in self._own_words or (word.tag.startswith("VB") and line.low_around(word.at, -1) == "to"):
            return False
        before = {line.low_around(word.at, step) for step in (-2, -3, -4)}
        ended = following is None or following.low in _AFTER
        return ended and bool(before & _LIVING) and line.low_around(word.at, -1) in (_STRONG | {"to"})

    def _after_age(self, line: Line, word: Word) -> bool:
        """ "callum 17 motherwell": who one is, in the order of chat rooms."""
        age = line.words[word.at - 1].text if 0 < word.at <= _EARLY else ""
        return age.isdigit() and len(age) == _AGE and word.tag.startswith("NN") and not line.dictionary.usual(word.low)

    def _signed(self, line: Line, word: Word) -> bool:
        if word.low in self._never or word.low in self._given or len(word.low) < 4:
            return False
        ends_so = word.low.endswith(self._endings) and not word.known
        if self._sign(line, word) and (line.strange(word) or (line.proper(word) and not word.known)):
            before = line.low_around(word.at, -1)
            following = line.around(word.at, 1)
            noun_follows = following is not None and following.tag in ("NN", "NNS") and following.low not in _AFTER
            return (before in _STRONG or word.tag.startswith("NN")) and (ends_so or not noun_follows)
        return ends_so and line.proper(word)

    def _compound(self, line: Line, at: int) -> int:
        """ "lake oxbury", "Skerry Point", "Thornby-on-Sea": one part is no ordinary word, or both are written large."""
        words = line.words[at : at + 2]
        if len(words) < 2 or words[1].apart:
            return 0
        first, second = words
        if (
            second.low in ("on", "upon", "under", "le")
            and second.gap == "-"
            and line.text[second.end : second.end + 1] == "-"
            and len(line.words) > at + 2
        ):
            return 3
        if (
            first.low == "isle"
            and second.low == "of"
            and (third := line.around(at, 2))
            and third.low not in self._never
        ):
            return 3
        both_large = first.large and second.large and not line.shouting
        if first.low in self._before and second.low not in self._never and (line.strange(second) or both_large):
            return self._placed(line, first, 2)
        if second.low in self._after and (both_large or (line.strange(first) and self._sign(line, first))):
            return 2
        return 0

    def _placed(self, line: Line, first: Word, length: int) -> int:
        fits = self._sign(line, first) or line.low_around(first.at, -1) in ("at", "of", "by", "on", "the", "living")
        return length if fits or first.low in ("lake", "port", "fort", "mount", "isle", "glen") else 0
