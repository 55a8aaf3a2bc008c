"""A mark from 1 (very hard) to 5 (good), read from a whole short answer. Anything longer is told to the listener."""

import re
from enum import StrEnum
from typing import Any

KIND = "mark"  # of the keepsake

_NUMBER = re.compile(r"\W*(?:an? )?([1-5]|one|two|three|four|five)(?: ?(?:/|out of) ?(?:5|five))?\W*", re.I)
_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5}
_SAID = {
    1: "very hard|really hard|awful|terrible|horrible|very bad|really bad|the worst|worst|dreadful|very low|rubbish",
    2: "hard|bad|not good|not great|low|tough|rough|difficult|not so good|not well|poor|down|struggling",
    3: "so[ -]so|meh|middling|in between|average|mixed|neutral|not bad|not too bad|fifty fifty",
    4: "all right|alright|ok|okay|fine|decent|quite good|pretty good|quite okay|fairly good|better",
    5: "good|great|very good|really good|well|very well|lovely|wonderful|brilliant|happy|excellent",
}
_LEAD = (
    r"(?:i(?:'m| am| feel|'m feeling| am feeling)|it(?:'s| is| was)|today(?:'s| is| was)|feeling|kind of|a bit|just) "
)
_WORDS = {
    value: re.compile(rf"\W*(?:{_LEAD}){{0,2}}(?:{words})(?: (?:today|thanks|thank you|i guess|i think))?\W*", re.I)
    for value, words in _SAID.items()
}


class Source(StrEnum):
    """What asked for a mark; the codebook of an export lists them all."""

    CHECK_IN = "check_in"
    MONTH = "month"


def kept_as(value: int, source: Source, slot: str = "") -> dict[str, Any]:
    """What a mark's keepsake holds; `slot` is the check-in it answers."""
    return {"value": value, "from": source.value, **({"slot": slot} if slot else {})}


def mark_of(text: str) -> int | None:
    """The mark that a whole answer gives; None when it says something else or more."""
    text = text.replace("’", "'").strip()
    number = _NUMBER.fullmatch(text)
    if number:
        found = number[1].lower()
        return _NUMBERS.get(found) or int(found)
    return next((value for value, words in _WORDS.items() if words.fullmatch(text)), None)
