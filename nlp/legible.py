"""Tells whether a message is something a listener can answer to at all: words, not code, markup, links or noise."""

import re
from functools import lru_cache

_LINK = re.compile(r"(?:https?://|www\.)\S+|\S{1,64}@\S{1,64}\.\w+", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{1,200}>")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_EMOJI = re.compile("[\u2600-\u27bf\u2b50\u2b55\U0001f300-\U0001faff]|[:;=8][-~']?[()DPpOo/|*3\\\\]|<3")
# An answer in figures: "£600", "2.5", "7:30", "1,200".
_AMOUNT = re.compile(r"[£$€~+-]?\s?(?:\d{1,4}|\d{1,3}(?:[.,:/-]\d{1,3}){1,2})\s?[£$€%+]?[.!]*")
_CODE = re.compile(
    r"\b(?:def|function|void|public|static) \w* ?\w*\(|\b(?:var|const|let) \w+ ?=|</\w+>|=>"
    r"|\$\(|\w\(\);|#include|^import \w+$"
    r"|\bselect\b.{0,80}\bfrom\b.*[;=*]|\binsert into\b|\bdelete from\b|\bdrop table\b|\bupdate \w+ set\b"
    r"|^\s*[{\[]\s*[\"'{\[].*[}\]]\s*$",
    re.IGNORECASE | re.MULTILINE,
)
_MARKS_OF_CODE = frozenset("{}[]<>=;|\\_&^$/#+%~")
_VOWEL = re.compile(r"[aeiouy\u00c0-\u024f]", re.IGNORECASE)
_NO_VOWELS_NEEDED = frozenset(
    "hmm hm mm mmm shh pfft brb tv ok k tbc nhs gp phd pms wtf fml smh tw bpd ptsd ocd".split()
)
# Pairs and runs of letters that no English word holds, but a hand on the keys does.
_MASHED = re.compile(
    r"j[bcdfghklmnpqrstvwxz]|[fhkqvwxz]j|q[b-hj-rtv-z]|[bcdfghkmpstvwxz]x|v[bfhkmpqwx]|z[fjxrq]|w[vqx]|sdf|asdf|qwer|zxc|hjk|dfg|fgh|jkl",
    re.IGNORECASE,
)
_LOOKED_AT = 4_096
_REMEMBERED = 20_000  # words: nearly all of a message were asked about before
_MOST_CONSONANTS = 6  # in a row, in an English word ("catchphrase")


def legible(text: str, language: str) -> bool:
    """False for nothing, noise, code, markup or links alone, and another language than English."""
    text = text[:_LOOKED_AT]
    if language not in ("en", "und"):
        return False
    plain = _TAG.sub(" ", _LINK.sub(" ", text))
    words = _WORD.findall(plain)
    if not words:
        return bool(_EMOJI.search(plain) or _AMOUNT.fullmatch(plain.strip()))
    if _looks_like_code(text, words):
        return False
    noise = sum(len(word) for word in words if not _readable(word))
    return noise * 2 <= sum(map(len, words))


def _looks_like_code(text: str, words: list[str]) -> bool:
    """Code with little beside it: a person may well say what an error message told them."""
    marks = sum(char in _MARKS_OF_CODE for char in text)
    plain_words = sum(word.islower() and len(word) < 12 for word in words)
    if _CODE.search(text):
        return plain_words < 12
    return marks * 4 >= sum(map(len, words)) and marks >= 4


@lru_cache(_REMEMBERED)
def _readable(word: str) -> bool:
    low = word.lower()
    if not low.isascii() or low in _NO_VOWELS_NEEDED or len(low) <= 2:
        return True
    if not _VOWEL.search(low):
        return len(low) <= 3
    if _MASHED.search(low):
        return False
    longest = max(map(len, re.split(r"[aeiouy']", low)))
    return len(low) <= 24 and longest <= _MOST_CONSONANTS - (1 if len(low) < 12 else 0)
