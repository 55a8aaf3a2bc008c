"""Surrogates that keep the form of an identifier and are never a real one: reserved numbers, example domains.

Sources: Ofcom numbers for drama; 555-0100 to 555-0199 of the North American plan; RFC 2606 (example.org), RFC 5737 and
3849 (addresses of machines), RFC 7042 (MAC); SSN 000, card and IBAN numbers that no issuer has; unused post codes.
"""

import re
from collections.abc import Callable
from random import Random

_SPOKEN = "oh one two three four five six seven eight nine".split()
_DIGIT_WORD = re.compile(r"\b(?:oh|zero|nought|one|two|three|four|five|six|seven|eight|nine|double|triple|treble)\b")


_EXTENSION = re.compile(r"\s?(?:x|ext\.?|extension)\s?\d{1,5}$", re.I)


def shaped(kind: str, text: str, chance: Random, words: list[str]) -> str:
    """A surrogate for `text` of a structured kind; `words` name mailboxes, handles and pages."""
    return _MAKERS[kind](text, chance, words)


def _digits(chance: Random, number: int) -> str:
    return "".join(str(chance.randint(0, 9)) for _ in range(number))


def _laid(pattern: str, digits: str) -> str:
    """The digits in place of those of the pattern, marks kept; more or fewer digits stand at the end."""
    left = list(digits)
    laid = "".join((left.pop(0) if left else "") if letter.isdigit() else letter for letter in pattern)
    return (laid + "".join(left)).strip()


def _phone(text: str, chance: Random, words: list[str]) -> str:
    inner = _EXTENSION.search(text)
    if inner and not _DIGIT_WORD.search(text.lower()):
        number = _phone(text[: inner.start()], chance, words)
        return number + re.sub(r"\d", lambda _: _digits(chance, 1), inner.group())
    if _DIGIT_WORD.search(text.lower()):
        return " ".join(_SPOKEN[int(digit)] for digit in "07700900" + _digits(chance, 3))
    digits = re.sub(r"\D", "", text)
    if len(digits) == 7:
        return _laid(text, "55501" + _digits(chance, 2))
    if digits.startswith(("44", "0044")):
        lead = digits[: digits.index("44") + 2]
        return _laid(text, lead + "7700900" + _digits(chance, 3))
    if (
        len(digits) in (10, 11)
        and (not digits.startswith("0"))
        and not text.startswith("+" + digits[0] * (digits[0] != "1"))
    ):
        lead = "1" if len(digits) == 11 else ""
        return _laid(text, lead + f"{chance.choice((201, 305, 412, 503, 617, 702, 808))}55501" + _digits(chance, 2))
    if text.startswith("+") or digits.startswith("00"):
        return _laid(text, ("00" if digits.startswith("00") else "") + "999" + _digits(chance, max(len(digits) - 3, 4)))
    if digits.startswith("07"):
        return _laid(text, "07700900" + _digits(chance, 3))
    return _laid(text, "01632960" + _digits(chance, 3))


def _email(text: str, chance: Random, words: list[str]) -> str:
    box = f"{chance.choice(words)}{_digits(chance, 4)}"
    if "@" in text:
        return f"{box}@example.org"
    at = re.search(r"\(at\)|\[at\]|\{at\}|<at>", text, re.I)
    dot = re.search(r"\(dot\)|\[dot\]|\{dot\}", text, re.I)
    return f"{box}{at.group() if at else ' at '}example{dot.group() if dot else ' dot '}org"


def _url(text: str, chance: Random, words: list[str]) -> str:
    lead = re.match(r"[a-z][a-z0-9+.-]*://|www\.|", text, re.I)
    tail = "/" + f"{chance.choice(words)}-{_digits(chance, 4)}"
    return f"{lead.group() if lead else ''}example.org{tail}"


def _ip(text: str, chance: Random, words: list[str]) -> str:
    if re.fullmatch(r"[0-9A-Fa-f]{2}(?:[:-][0-9A-Fa-f]{2}){5}", text):
        mark = text[2]
        return mark.join(("00", "00", "5e", "00", "53", f"{chance.randint(0, 255):02x}"))
    if ":" in text:
        return f"2001:db8::{chance.randint(1, 65535):x}"
    return f"192.0.2.{chance.randint(1, 254)}"


def _handle(text: str, chance: Random, words: list[str]) -> str:
    lead = re.match(r"@|/?u/|", text, re.I)
    return f"{lead.group() if lead else ''}example_{chance.choice(words)}{_digits(chance, 3)}"


def _id_number(text: str, chance: Random, words: list[str]) -> str:
    digits = re.sub(r"\D", "", text)
    if re.fullmatch(r"[A-Za-z]{2}\d{2}[A-Za-z0-9 ]{10,}", text):
        return _masked(text, chance, "XX00")
    if len(digits) >= 12 and not re.search(r"[A-Za-z]", text):
        return _masked(text, chance, "0000")
    if re.fullmatch(r"\d{3}[- ]\d{2}[- ]\d{4}", text):
        return _masked(text, chance, "000")
    if re.fullmatch(r"\d{3} ?\d{3} ?\d{4}", text):
        return _masked(text, chance, "999")  # the range kept for tests
    return _masked(text, chance, "")


def _masked(text: str, chance: Random, lead: str) -> str:
    """Each letter another of X and Z, each digit another digit, the first of them nought; marks stay."""
    made, at, first = [], 0, True
    for letter in text:
        if letter.isalnum() and at < len(lead):
            made.append(lead[at] if letter.isupper() or letter.isdigit() else lead[at].lower())
            at, first = at + 1, False
        elif letter.isdigit():
            made.append("0" if first else str((int(letter) + chance.randint(1, 9)) % 10))
            first = False
        elif letter.isalpha():
            other = chance.choice("XZ")
            made.append(other if letter.isupper() else other.lower())
        else:
            made.append(letter)
    return "".join(made)


def _postcode(text: str, chance: Random, words: list[str]) -> str:
    if text.isdigit():
        return "000" + _digits(chance, 2) if len(text) == 5 else "0" * (len(text) - 2) + _digits(chance, 2)
    if re.fullmatch(r"\d{5}-\d{4}", text):
        return "000" + _digits(chance, 2) + "-" + _digits(chance, 4)
    if re.fullmatch(r"[A-Za-z]\d[A-Za-z][ -]?\d[A-Za-z]\d", text):
        return _lettered(text, chance, "D")
    return _lettered(text, chance, "Z")


def _lettered(text: str, chance: Random, letter: str) -> str:
    made = []
    for old in text:
        if old.isdigit():
            made.append(str((int(old) + chance.randint(1, 9)) % 10))
        elif old.isalpha():
            made.append(letter if old.isupper() else letter.lower())
        else:
            made.append(old)
    return "".join(made)


_MAKERS: dict[str, Callable[[str, Random, list[str]], str]] = {
    "phone": _phone,
    "email": _email,
    "url": _url,
    "ip": _ip,
    "handle": _handle,
    "telegram": _handle,
    "id_number": _id_number,
    "postcode": _postcode,
}
KINDS = frozenset(_MAKERS)
