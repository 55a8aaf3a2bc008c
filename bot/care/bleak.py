"""Clauses that leave no way out. In an episode they are not said back: an echo would sound like agreement (L-06)."""

import re

_BLEAK = re.compile(
    r"\b(nobody|no ?one|nothing|nowhere|never|always|anymore|any more|no (point|use|way|hope|future|reason)|"
    r"can't|cannot|can not|couldn't|won't|don't (want|see|deserve|matter)|doesn't matter|not worth|"
    r"better off|over|finished|ending?|gone|dead|die|dying|burden|useless|worthless|give up|giving up|had enough)\b",
    re.I,
)


def bleak(text: str) -> bool:
    return bool(_BLEAK.search(text.replace("\u2019", "'")))
