"""k and l over what is shown, whatever people are like."""

from collections import defaultdict
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.care.research.anonymity import HIDDEN, Identity, mask

PATTERNS = ((0, 1, 2, 3), (0, 1, 2), (0, 1, 3), (0, 2, 3), (0, 1), (0, 2), (0, 3), (0,), (2,), (3,))


def people(seed: int) -> list[Identity]:
    """Any number of people, with more or fewer alerts, some of them test accounts."""
    random = Random(seed)
    alerts = random.choice([0.0, 0.03, 0.3])
    return [
        Identity(
            f"P{number}",
            (
                random.choice(["Europe", "Asia"]),
                random.choice(["DE", "GB", "JP"]),
                random.choice("0123"),
                random.choice(["en", "de", HIDDEN]),
            ),
            (random.choice(["T0", "T0", "T1", "T2"]), "yes" if random.random() < alerts else "no"),
            test=random.random() < 0.05,
        )
        for number in range(random.randrange(120))
    ]


@pytest.mark.parametrize("k", [5, 11])
@settings(max_examples=200)
@given(seed=st.integers(0, 1 << 32))
def test_k_and_l_hold(k: int, seed: int) -> None:
    everybody = people(seed)
    masked = mask(everybody, k, PATTERNS)
    groups = defaultdict(list)
    for person in everybody:
        if person.code in masked.shown:
            values = masked.shown[person.code]
            groups[values].append(person)
            assert all(shown in (own, HIDDEN) for shown, own in zip(values, person.shown, strict=True))
        else:
            assert person.code in masked.left_out
    for members in groups.values():
        real = [person for person in members if not person.test]
        assert len(real) >= k
        for place, is_open in enumerate(masked.open_fields):
            assert not is_open or len({person.sensitive[place] for person in real}) >= 2
    if sum(not person.test for person in everybody) >= k:
        assert all(person.test for person in everybody if person.code in masked.left_out), "nobody is lost to k or l"


def person(number: int, country: str, tier: str = "T0") -> Identity:
    return Identity(f"P{number}", ("Europe", country), (tier,))


def test_only_what_is_rare_is_hidden() -> None:
    everybody = [person(n, "GB", "T1" if n % 2 else "T0") for n in range(8)]
    everybody += [person(10 + n, ("DE", "FR", "IT")[n % 3], "T1" if n % 2 else "T0") for n in range(6)]
    shown = mask(everybody, 5, ((0, 1), (0,))).shown
    assert {shown[f"P{n}"] for n in range(8)} == {("Europe", "GB")}
    assert {shown[f"P{10 + n}"] for n in range(6)} == {("Europe", HIDDEN)}


def test_a_group_of_one_mind_is_hidden_though_it_is_large() -> None:
    everybody = [person(n, "GB", "T2") for n in range(8)] + [person(10 + n, "DE", "T01"[:2]) for n in range(8)]
    shown = mask(everybody, 5, ((0, 1), (0,))).shown
    assert set(shown.values()) == {("Europe", HIDDEN)}


def test_a_field_with_one_value_is_withheld() -> None:
    assert mask([person(n, "GB") for n in range(9)], 5, ((0, 1),)).open_fields == (False,)


def test_too_few_people_are_all_left_out() -> None:
    masked = mask([person(n, "GB") for n in range(4)], 5, ((0, 1),))
    assert masked.shown == {}
    assert len(masked.left_out) == 4
