"""Rather English or unknown than a false foreign call."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.language import LanguageReader
from tests.loaded import loaded

READER = loaded(LanguageReader)


@pytest.mark.parametrize(
    "text",
    [
        "i feel awful today",
        "lol ok",
        "my name is Jürgen and my boss hates me",
        "idk man",
        "so tired of it all",
        "no me neither",
        "met Marie at the café in Düsseldorf, it was nice",
        "gonna sleep, ttyl",
        "he is on the way to Paris with his dad",
    ],
)
def test_english_chat_is_english(text: str) -> None:
    assert READER.read(text) == "en"


@pytest.mark.parametrize("text", ["hmm", "Katarzyna", "asdf", "k", "👍", "", "1234", "ouf"])
def test_what_tells_nothing_is_unknown_or_english(text: str) -> None:
    assert READER.read(text) in ("und", "en")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("ich kann nicht mehr schlafen und bin so müde", "de"),
        ("no puedo dormir y estoy muy triste", "es"),
        ("je ne sais plus quoi faire avec mon travail", "fr"),
        ("mujhe kuch samajh nahi aata yaar", "hi"),
        ("hindi ko na kaya, pagod na ako", "tl"),
        ("aku sudah capek sekali dengan semua ini", "id"),
        ("мне очень грустно сегодня", "ru"),
        ("мені дуже сумно і я їду", "uk"),
        ("لا أستطيع النوم", "ar"),
        ("今日はとても疲れた", "ja"),
        ("我今天很难过", "zh"),
        ("오늘 너무 힘들어", "ko"),
        ("jeg er så træt af det hele og kan ikke sove", "da"),
    ],
)
def test_other_languages_are_named(text: str, language: str) -> None:
    assert READER.read(text) == language


@given(st.text(alphabet=st.characters(exclude_categories=()), max_size=300))
def test_any_text_gets_a_code(text: str) -> None:
    assert READER.read(text).isalpha()
