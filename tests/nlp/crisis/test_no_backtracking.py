"""No rule may take long on a text that repeats itself: anyone could stop the bot with one message."""

import time

import pytest

from nlp.crisis import CrisisReader
from tests.loaded import loaded

READER = loaded(CrisisReader)


@pytest.mark.parametrize("unit", ["im ", "so really just too im ", "i want to die ", "nothing will just "])
def test_every_pattern_ends_soon_on_a_piece_of_repetition(unit: str) -> None:
    text = READER.folder.fold((unit * 400)[:400]).text
    for rule in READER.rules.rules:
        began = time.process_time()
        list(rule.pattern.finditer(text))
        assert time.process_time() - began < 2.0, rule.id


@pytest.mark.parametrize("unit", ["I am so tired of it all ", "im\u0301 ", "i want to die "])
def test_a_whole_message_of_repetition_is_read_in_bounded_time(unit: str) -> None:
    began = time.process_time()
    READER.read((unit * 5000)[:4096])
    assert time.process_time() - began < 10.0
