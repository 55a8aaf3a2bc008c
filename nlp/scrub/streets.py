"""Which words in the form of a street are one: "41 hobb lane", "on maple street", but not "down memory lane"."""

from nlp.scrub.line import Line, Word

UNITS = frozenset(
    """
        min mins minute minutes hour hours hr hrs day days week weeks month months year years yr yrs mile
        miles km metre metres meter meters m way ways people times more different second seconds person of
        the a in to and or at for is i my on
    """.split()
)
_PLAIN_STREETS = frozenset(
    """
        high main the my our this that his her their your a an of any every same whole next other on dead
        memory side back one two busy empty dark long wall sesame quality easy abbey
    """.split()
)

_SAID_STREETS = frozenset(
    """
        fleet wall easy downing coronation baker abbey sesame albert brookside carnaby bourbon oxford memory country
        bike bus cycle slip ring toll hill mountain coast village city town side back cross through school park canal
        farm winding death penny blind one two cobbled fast slow car driving night
    """.split()
)
_SURE_STREETS = frozenset("road rd street avenue ave crescent terrace close grove gardens lane drive".split())
_ON_STREETS = frozenset("on off down from near along in at".split())
_TWO = 2


def within(line: Line, start: int, end: int) -> list[Word]:
    """The words between two places of a line."""
    return [word for word in line.words if start <= word.start and word.end <= end]


def shortened(line: Line, start: int, end: int) -> int:
    """Ordinary small words at the front ("live on hobb lane") are no part of it."""
    words = within(line, start, end)
    first = 0
    for at, word in enumerate(words[:-1]):
        if at and not word.gap and words[at - 1].text.isdigit():
            continue  # the a of 17a
        if (
            (
                word.tag in ("IN", "DT", "PRP", "PRP$", "CC", "TO", "MD", "VBD", "VBP", "VBZ", "WRB", "EX")
                and word.known
                and not word.large
            )
            or word.low in _PLAIN_STREETS
            or word.low
            in (
                "i",
                "live",
                "lives",
                "living",
                "lived",
                "down",
                "off",
                "near",
                "from",
            )
        ):
            first = at + 1
    return words[first].start if first < len(words) else end


def is_street(line: Line, start: int, end: int) -> bool:
    """A number, then a street whose name is not only a count of something."""
    words = within(line, start, end)
    names = [word for word in words[:-1] if word.text.isalpha() and len(word.low) > 2]
    if not words or (
        not words[0].text[0].isdigit() and words[0].low not in ("flat", "apt", "apartment", "unit", "suite", "room")
    ):
        return False
    if names and words[1].gap.startswith(",") and not words[1].large and words[-1].low not in _SURE_STREETS:
        return False  # "floor 14, gorgeous view"
    return bool(names) and not any(word.low in UNITS for word in words[1:-1] if len(word.low) > 1)


def is_lone_street(line: Line, start: int, end: int) -> bool:
    """A street without a number: written large, or its name is no ordinary word."""
    words = within(line, start, end)
    names = words[:-1]
    if not names or all(word.low in _PLAIN_STREETS for word in names):
        return False
    if any(word.low in UNITS for word in names):
        return False
    if all(line.proper(word) or word.large for word in names) and words[-1].large:
        return True
    saint = names[0].low in ("st", "saint") and len(names) > 1
    before = line.low_around(words[0].at, -1)
    placed = before in ("on", "at", "in", "off", "down", "from", "near", "to", "live", "of", "along", "and", "n")
    return saint or (placed and any(line.strange(word) for word in names)) or (placed and _called(line, words))


def _called(line: Line, words: list[Word]) -> bool:
    """ "on maple street": an ordinary noun without an article, and none of the streets of sayings."""
    name, kind = words[0], words[1].low
    before = line.low_around(name.at, -1)
    sure = kind in _SURE_STREETS and len(words) == _TWO and before in _ON_STREETS
    return sure and name.tag in ("NN", "NNP", "NNS") and name.low not in _SAID_STREETS | _PLAIN_STREETS


def is_street_last(line: Line, start: int, end: int) -> bool:
    """ "kestrel way 17"."""
    words = within(line, start, end)
    names = [word for word in words if word.text.isalpha()][:-1]
    if not names or any(word.low in _PLAIN_STREETS | UNITS | _SAID_STREETS for word in names):
        return False
    return all(word.large for word in names) or any(line.strange(word) or word.tag in ("NN", "NNP") for word in names)


def is_bare_street(line: Line, start: int, end: int) -> bool:
    """ "41 hobmoor"."""
    words = within(line, start, end)
    return bool(words) and line.strange(words[-1])
