"""Pronouns in broad groups: what people may write, and that only those are told who agreed to it."""

from datetime import UTC, datetime

import pytest

from bot.care.records import Consent
from bot.care.research.pronouns import GROUPS, UNKNOWN, group_of
from bot.care.research.records import LABELS, Person

AT = datetime(2026, 3, 1, tzinfo=UTC)


def person(pronouns: str, *consents: Consent) -> Person:
    given = consents or (Consent(LABELS, True, "2", AT),)
    return Person("1", "P1", AT, given, pronouns=pronouns)


@pytest.mark.parametrize(
    ("offered", "group"),
    [
        ("she/her", "she"),
        ("She / Her / Hers", "she"),
        ("my pronouns are he and him", "he"),
        ("they/them", "they"),
        ("they", "they"),
        ("she/they", "several"),
        ("he or they, either", "several"),
        ("xe/xem", "other"),
        ("she/xe", "other"),
        ("ella", "other"),
        ("any", "other"),
        ("???", "other"),
        ("", UNKNOWN),
        ("  ", UNKNOWN),
    ],
)
def test_groups(offered: str, group: str) -> None:
    assert group_of(person(offered)) == group
    assert group in (*GROUPS, UNKNOWN)


@pytest.mark.parametrize(
    ("consents", "told"),
    [
        ((Consent(LABELS, True, "2", AT),), True),
        ((Consent(LABELS, True, "1", AT),), False),
        ((Consent(LABELS, True, "1", AT), Consent(LABELS, True, "2", AT)), True),
        ((Consent(LABELS, True, "", AT),), False),
        ((Consent("talk", True, "2", AT),), False),
    ],
)
def test_only_of_those_whose_consent_spoke_of_it(consents: tuple[Consent, ...], told: bool) -> None:
    assert group_of(person("she/her", *consents)) == ("she" if told else UNKNOWN)
