"""Pronouns as a study may see them: one of five broad groups, of those who offered them and were told of it.

People write what they like; no word of that leaves. Age is not asked of anybody, so there is no age band.
"""

import re

from bot.care.research.records import LABELS, Person

GROUPS = ("she", "he", "they", "several", "other")
UNKNOWN = "unknown"  # not offered, or agreed to research before the consent spoke of pronouns
TOLD_SINCE = 2  # version of the consent that first spoke of them

_WORD = re.compile(r"[^\W\d_]+")
_FORMS = {
    **dict.fromkeys(("she", "her", "hers", "herself"), "she"),
    **dict.fromkeys(("he", "him", "his", "himself"), "he"),
    **dict.fromkeys(("they", "them", "their", "theirs", "themself", "themselves"), "they"),
}
_BESIDE = frozenset(
    {"and", "or", "either", "both", "pronouns", "please", "my", "are", "is", "i", "use", "just", "mostly"}
)


def group_of(person: Person) -> str:
    """One of GROUPS, or UNKNOWN."""
    if not person.pronouns.strip() or not _told(person):
        return UNKNOWN
    words = [word for word in _WORD.findall(person.pronouns.lower()) if word not in _BESIDE]
    found = {_FORMS.get(word, "other") for word in words}
    if len(found) == 1:
        return found.pop()
    return "several" if found and "other" not in found else "other"


def _told(person: Person) -> bool:
    """Whether the consent that is in force was given to words that speak of pronouns."""
    given = [consent for consent in person.consents if consent.purpose == LABELS]
    version = given[-1].version if given else ""
    return version.isdigit() and int(version) >= TOLD_SINCE
