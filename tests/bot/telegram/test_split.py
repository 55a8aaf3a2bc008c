from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.split import LIMIT, split, units

texts = st.text(alphabet=st.sampled_from("ab .!?\n😀é"), max_size=300)


@given(texts, st.integers(min_value=2, max_value=60))
def test_parts_fit_and_nothing_is_lost(text: str, limit: int) -> None:
    parts = split(text, limit)
    assert all(units(part) <= limit and part.strip() for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


@given(st.text(max_size=50))
def test_units_are_utf16(text: str) -> None:
    assert units(text) == len(text.encode("utf-16-le", "surrogatepass")) // 2


def test_short_text_stays_whole() -> None:
    assert split("One line.\n\nAnother.") == ["One line.\n\nAnother."]


def test_cuts_at_paragraph_then_line_then_sentence_then_space() -> None:
    assert split("aaaa bb.\n\ncc dd", 12) == ["aaaa bb.", "cc dd"]
    assert split("aaaa bbb\ncc dd e", 12) == ["aaaa bbb", "cc dd e"]
    assert split("aaaa bbb. cc dd", 12) == ["aaaa bbb.", "cc dd"]
    assert split("aaaa bbb cccccc", 12) == ["aaaa bbb", "cccccc"]
    assert split("a" * 25, 10) == ["a" * 10, "a" * 10, "a" * 5]


def test_emoji_count_twice() -> None:
    assert [units(part) for part in split("😀" * 3000)] == [LIMIT, 6000 - LIMIT]
