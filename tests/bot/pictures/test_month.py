"""The picture of a month: the right size, dots where the marks are, nothing over open days, readable on either side."""

import struct
from datetime import date, timedelta

import pytest

from bot.care.month import MonthPicture
from bot.pictures.month import DARK, LIGHT, Paint, draw, figure_of

FIRST = date(2026, 10, 26)
LEVELS = ("Very hard", "Hard", "So-so", "All right", "Good")


def plan(*marks: tuple[int, int], dark: bool = False) -> MonthPicture:
    dated = tuple((FIRST + timedelta(days=day), value) for day, value in marks)
    return MonthPicture(dated, FIRST, FIRST + timedelta(days=27), LEVELS, "Your marks, 26 Oct to 22 Nov", dark)


@pytest.mark.parametrize("dark", [False, True])
def test_it_is_a_square_of_1080_pixels(dark: bool) -> None:
    drawn = draw(plan((0, 1), (1, 5), dark=dark))
    assert drawn.startswith(b"\x89PNG")
    assert struct.unpack(">II", drawn[16:24]) == (1080, 1080)
    assert len(drawn) < 200_000


def test_a_dot_for_each_mark_and_no_line_over_open_days() -> None:
    axes = figure_of(plan((0, 2), (1, 4), (9, 3), (9, 5))).axes[0]
    assert [tuple(p) for p in axes.collections[0].get_offsets()] == [(0, 2), (1, 4), (9, 3), (9, 5)]
    assert [list(line.get_xdata()) for line in axes.lines] == [[0, 1], [9, 9]]


def test_an_empty_month_is_drawn_empty() -> None:
    axes = figure_of(plan()).axes[0]
    assert len(axes.lines) == 0
    assert len(axes.collections[0].get_offsets()) == 0


def test_every_word_in_it_was_handed_in() -> None:
    figure = figure_of(plan((0, 2)))
    axes = figure.axes[0]
    said = [t.get_text() for t in (*figure.texts, *axes.get_yticklabels(), *axes.get_xticklabels())]
    assert said == ["Your marks, 26 Oct to 22 Nov", *LEVELS, "26 Oct", "2 Nov", "9 Nov", "16 Nov"]


def test_words_are_large_enough_for_a_phone() -> None:
    """At 390 points across, the width of a phone, no letter is smaller than 12 points."""
    figure = figure_of(plan((0, 2)))
    axes = figure.axes[0]
    shrink = 390 / (figure.get_figwidth() * 72)
    for text in (*figure.texts, *axes.get_yticklabels(), *axes.get_xticklabels()):
        assert float(text.get_fontsize()) * shrink >= 12


@pytest.mark.parametrize("paint", [LIGHT, DARK])
def test_marks_and_words_stand_out_from_the_paper(paint: Paint) -> None:
    assert contrast(paint.ink, paint.paper) >= 7
    assert contrast(paint.mark, paint.paper) >= 7 - 0.5


def contrast(one: str, other: str) -> float:
    """By the Web Content Accessibility Guidelines: (lighter + .05) / (darker + .05)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
