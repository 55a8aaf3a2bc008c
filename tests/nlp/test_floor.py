"""The word floor catches plain statements, keeps offsets of the original, and stays fast on any text."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.floor import Floor
from nlp.labels import Kind, Status, Tier
from tests.loaded import loaded


@pytest.fixture(scope="module")
def floor() -> Floor:
    return loaded(Floor)


PLAIN = {
    "i want to kill myself": Tier.T2,
    "I’m going to kill myself tonight": Tier.T3,
    "i wanna dieeeee": Tier.T2,
    "i just want to k i l l myself": Tier.T2,
    "honestly gonna k1ll myself": Tier.T2,
    "i want to un​alive myself": Tier.T2,
    "thinking about sewerslide": Tier.T2,
    "im suicidal": Tier.T2,
    "I wish I was dead": Tier.T2,
    "i want to end my life": Tier.T2,
    "ive been cutting myself": Tier.T2,
    "i took all my pills": Tier.T3,
    "dont want to wake up tomorrow": Tier.T1,
    "everyone would be better off without me": Tier.T1,
    "my husband hit me": Tier.T2,
    "the voices are telling me to jump": Tier.T3,
    "my friend isn't breathing": Tier.T3,
    "WANT TO DIE": Tier.T2,
}

HARMLESS = (
    "i don't want to die",
    "i would never kill myself",
    "killing time at the airport",
    "suicide squad was a bad film",
    "we watched die hard",
    "i cut myself shaving",
    "they want to kill themselves a goose for dinner",
    "my phone is dead",
    "ran 5 kms today",
    "he hit me up on friday",
    "",
    "   ",
)


@pytest.mark.parametrize(("text", "tier"), PLAIN.items())
def test_plain_statements_are_caught(floor: Floor, text: str, tier: Tier) -> None:
    assert max((signal.tier for signal in floor.read(text)), default=Tier.T0) >= tier


@pytest.mark.parametrize("text", HARMLESS)
def test_harmless_lines_are_left_alone(floor: Floor, text: str) -> None:
    assert floor.read(text) == ()


def test_spans_are_code_points_of_the_original(floor: Floor) -> None:
    text = "😔 so tired… I’m gonna k.i.l.l myself ok"
    [signal] = [signal for signal in floor.read(text) if signal.rule == "floor_kill_self"]
    assert text[signal.span.start : signal.span.end] == "k.i.l.l myself"
    assert (signal.kind, signal.status) == (Kind.ACTIVE_IDEATION, Status.ASSERTED)


@pytest.mark.parametrize(
    "filler",
    ["lorem ipsum ", "a", "i want to ", "kill ", "\n", "i i i ", "dont ", "😭", "k i l l ", "'", "i am going to "],
)
def test_a_hundred_thousand_characters_take_no_time(floor: Floor, filler: str) -> None:
    text = (filler * (100_000 // len(filler) + 1))[:100_000] + " . i want to kill myself"
    started = time.perf_counter()
    signals = floor.read(text)
    assert time.perf_counter() - started < 3.0  # some 0.1 s on an idle machine; no pattern may explode
    assert any(signal.kind is Kind.ACTIVE_IDEATION for signal in signals)


@given(st.text(max_size=300))
@settings(max_examples=150, deadline=None)
def test_any_text_is_read_and_spans_fit(text: str) -> None:
    for signal in _FLOOR.read(text + " i want to die"):
        assert 0 <= signal.span.start < signal.span.end <= len(text) + 14


_FLOOR = loaded(Floor)
