"""The word floor: nothing but Python, quick on any text, sure on plain statements."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.floor import Floor
from nlp.labels import Tier

FLOOR = Floor.load()
ORDINARY = (Path(__file__).parent / "ordinary" / "en.txt").read_text(encoding="utf-8").splitlines()


def tier(text: str) -> Tier:
    return max((signal.tier for signal in FLOOR.read(text)), default=Tier.T0)


@pytest.mark.parametrize(
    ("text", "least"),
    [
        ("I'm going to kill myself", Tier.T3),
        ("im gonna end it all tonight", Tier.T3),
        ("i want to die", Tier.T2),
        ("I WANT TO DIEEEE", Tier.T2),
        ("i wanna k1ll myself", Tier.T2),
        ("i dont want to live", Tier.T2),
        ("been feeling suicidal again", Tier.T2),
        ("i keep cutting myself", Tier.T2),
        ("he hit me again", Tier.T2),
        ("I've taken all my pills", Tier.T3),
        ("the voices are telling me to hurt her", Tier.T3),
        ("i dont want to wake up", Tier.T1),
        ("there is no point in living", Tier.T1),
        ("i​ want​ to​ die", Tier.T2),
    ],
)
def test_plain_statements(text: str, least: Tier) -> None:
    assert tier(text) >= least


@pytest.mark.parametrize("text", ["I'm not going to kill myself", "i never want to die", "i dont want to die"])
def test_a_negation_right_before(text: str) -> None:
    assert tier(text) < Tier.T3


def test_ordinary_talk_raises_almost_nothing() -> None:
    lines = [line for line in ORDINARY if line.strip() and not line.startswith("#")]
    loud = [line for line in lines if tier(line) >= Tier.T2]
    assert len(loud) <= len(lines) * 0.02, loud


def test_spans_are_of_the_original() -> None:
    (signal,) = FLOOR.read("Hello… I’M   suicidal, ok")
    assert "suicidal" in "Hello… I’M   suicidal, ok"[signal.span.start : signal.span.end]


@pytest.mark.parametrize("unit", ["i want to ", "im ", "aaaa", "k i l l ", "'", "​", "die. "])
def test_a_hundred_thousand_characters_take_less_than_a_second(unit: str) -> None:
    text = (unit * 100_000)[:100_000]
    began = time.perf_counter()
    FLOOR.read(text)
    assert time.perf_counter() - began < 5.0  # generous: a busy machine; backtracking would take minutes


@given(st.text(max_size=300))
def test_any_text_is_read_and_spans_lie_within(text: str) -> None:
    for signal in FLOOR.read(text):
        assert 0 <= signal.span.start <= signal.span.end <= len(text)
