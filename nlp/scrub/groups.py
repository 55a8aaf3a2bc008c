"""Finds named organisations by the word that heads them: "Hobb Lane School", "uni of wexmoor", "St Oswin's"."""

from collections.abc import Iterator

from nlp.scrub.kinds import Found
from nlp.scrub.line import Line, Word
from nlp.scrub.wordlists import data, split

_KINDS = {"school": "school", "health": "health_org", "community": "community_org", "employer": "employer"}
_HOLY = frozenset(
    "guru sri shri holy sacred lady saint st ste sts trinity blessed christ corpus immaculate all saints sri al".split()
)
_SACRED = frozenset("temple synagogue gurdwara masjid".split())
_SAINTED = frozenset("rc ce primary school high college hospital church parish infants juniors academy comp".split())
_PRAYER = frozenset("mandir mosque church chapel shul".split())
_DIRECTIONS = frozenset("north south east west central northern southern eastern western new royal the".split())
_PLAIN = ("NN", "NNS", "JJ", "NNP", "NNPS", "VBG")
_MOST = 5  # words before the head
_OF_HEADS = frozenset(
    """
    uni university college cafe café hotel camhs gurdwara masjid church temple synagogue bank school academy bar
    restaurant ward club royal camp hospital
    """.split()
)  # "uni of wexmoor": the name may stand after these


class GroupFinder:
    """Finds organisations with a head. `places` and `given` are words that count as names before a head."""

    def __init__(self, places: frozenset[str], given: frozenset[str], never: frozenset[str]) -> None:
        lists = data("orgs")
        self._heads = {head: kind for name, kind in reversed(_KINDS.items()) for head in split(lists[name])}
        self._near = {kind: split(words) for kind, words in lists["near"].items()}
        self._places, self._given, self._never = places, given, never

    def find(self, line: Line) -> Iterator[Found]:
        """Every organisation, also where several overlap."""
        yield from self._headed(line)
        yield from self._saints(line)

    def _headed(self, line: Line) -> Iterator[Found]:
        for word in line.words:
            kind = self._heads.get(word.low)
            if kind:
                yield from self._before_head(line, word, kind)
                yield from self._after_head(line, word, kind)

    def _before_head(self, line: Line, head: Word, kind: str) -> Iterator[Found]:
        first, named, gap = head.at, False, 0
        for at in range(head.at - 1, max(-1, head.at - 1 - _MOST), -1):
            word = line.words[at]
            if line.words[at + 1].apart:
                break
            if self._names(line, word, head):
                first, named, gap = at, True, 0
            elif word.low in ("of", "and", "n") and named and at > 0 and self._names(line, line.words[at - 1], head):
                continue
            elif not named and gap < 2 and word.tag in _PLAIN and word.low not in self._never:
                gap += 1
            else:
                break
        if named and (
            any(
                not line.words[at].first or line.words[at].low in _HOLY or line.strange(line.words[at]) or head.large
                for at in range(first, head.at)
            )
        ):
            yield made(line, first, self._tail(line, head), kind, "head")

    def _names(self, line: Line, word: Word, head: Word) -> bool:
        """Whether the word before a head makes it this one and no other."""
        if word.text.isdigit():
            return False
        if word.low in self._never and not (line.proper(word) and head.large):
            return False
        if word.large and not line.shouting and (head.large or not word.first or line.strange(word)):
            return word.low not in ("the", "a", "my", "at", "in", "our", "and", "but", "so", "this")
        called = word.low in self._given and head.low in _SACRED | _PRAYER
        return called or line.strange(word) or (word.low in _HOLY and len(word.low) > 1) or word.low in self._places

    def _tail(self, line: Line, head: Word) -> Word:
        """The head may go on: "Childrens Hospital", "Sixth Form", "Primary School", "Hospital Trust"."""
        last = head
        while (following := line.around(last.at, 1)) and (
            (
                following.low in self._heads
                and following.low
                not in ("care", "stores", "spa", "trust", "works", "nursing", "end", "media", "league")
            )
            or (
                following.low in ("form", "office", "home", "bank", "trust")
                and last.low in ("sixth", "post", "care", "nursing", "food", "hospital", "nhs")
            )
            or (line.proper(following) and head.large)
        ):
            last = following
        return last

    def _after_head(self, line: Line, head: Word, kind: str) -> Iterator[Found]:
        """ "uni of wexmoor", "Cafe Zephyrine", "camhs northgate"."""
        following = line.around(head.at, 1)
        if not following or head.low not in _OF_HEADS:
            return
        named = line.around(head.at, 2) if following.low in ("of", "at") else following
        while named and named.low in _DIRECTIONS:
            named = line.around(named.at, 1)
        if not named or named.low in self._never:
            return
        if (
            line.proper(named)
            or (head.low in _SACRED and named.low in self._given)
            or (
                (line.strange(named) or (head.low in ("uni", "university") and not line.dictionary.usual(named.low)))
                and (following.low == "of" or head.low in ("camhs", "cafe", "ward", "temple", "masjid", "gurdwara"))
            )
            or (named.low in self._places and following.low == "of")
        ):
            last = named
            while (more := line.around(last.at, 1)) and line.proper(more):
                last = more
            yield made(line, head.at, last, kind, "head-of")

    def _saints(self, line: Line) -> Iterator[Found]:
        for word in line.words[:-1]:
            following = line.around(word.at, 1)
            if not following and line.text[word.end : word.end + 2] == ". " and word.large:
                following = line.words[word.at + 1]  # "St. Oswin's"
            if (
                word.low not in ("st", "saint", "sts")
                or not following
                or (not following.text.isalpha() and "'" not in following.text and "’" not in following.text)
            ):
                continue
            if (word.at and line.words[word.at - 1].text.isdigit()) or following.low in (
                "day",
                "patricks",
                "georges",
                "and",
                "n",
            ):
                continue
            if not (
                following.large
                or line.strange(following)
                or following.low in self._given
                or following.low[:-1] in self._given
            ):
                continue
            kind = next(
                (kind for kind, words in self._near.items() if words & {w.low for w in line.words}), "community_org"
            )
            more = line.around(following.at, 1)
            last = more if more and more.low in _SAINTED else following
            yield Found(word.start, last.end, kind, 0.85, "group/saint")


def made(line: Line, first: int, last: Word, kind: str, rule: str) -> Found:
    """The finding from word `first` to `last`, with "the" before it."""
    before = line.around(first, -1)
    start = before.start if before and before.low == "the" else line.words[first].start
    return Found(start, last.end, kind, 0.8, f"group/{rule}")
