"""Who is in a study and who is not, and study ids that follow from nothing about a person (R-01, R-02)."""

import secrets
from collections.abc import Iterable
from enum import StrEnum

from bot.care.records import TALK
from bot.care.research.records import LABELS, TEXT, Person

_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH = 10


class Standing(StrEnum):
    """In this order: the first that holds is counted."""

    NEVER_AGREED = "never_agreed"  # to research
    WITHDREW = "withdrew"  # from research
    LEFT = "left"  # took back the consent to talk
    UNDERAGE = "underage"
    IN = "in"


def standing(person: Person) -> Standing:
    if all(consent.purpose != LABELS for consent in person.consents):
        return Standing.NEVER_AGREED
    if not person.consented(LABELS):
        agreed = any(consent.given for consent in person.consents if consent.purpose == LABELS)
        return Standing.WITHDREW if agreed else Standing.NEVER_AGREED
    if not person.consented(TALK):
        return Standing.LEFT
    return Standing.UNDERAGE if person.underage else Standing.IN


def gives_text(person: Person) -> bool:
    """Whether the words may be read for research: in the study, agreed to that as well, and no account of staff."""
    return standing(person) is Standing.IN and person.consented(TEXT) and not person.test


def new_codes(handles: Iterable[str], taken: set[str]) -> dict[str, str]:
    """A random study id for each; `taken` learns them. "P" first, so that no program takes one for a number."""
    codes = {}
    for handle in handles:
        code = _draw()
        while code in taken:
            code = _draw()
        taken.add(code)
        codes[handle] = code
    return codes


def _draw() -> str:
    return "P" + "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))
