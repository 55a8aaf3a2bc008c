"""Word to the operator: each kind once in six hours, by every way, with what is so and nobody's words."""

from datetime import timedelta

import pytest

from bot.care.records import Channel
from bot.care.rota import Contact
from bot.care.troubles import AGAIN, SILENT, Trouble, Troubles, letters, tell
from bot.store.volatile import VolatileStore
from nlp.labels import Kind, Tier
from tests.bot.care.conftest import BEGIN, VOICE, Chat, risk

OPERATOR = Contact("operator", 903, mail="ops@example.org", webhook=True)


def test_each_kind_is_told_once_in_six_hours() -> None:
    troubles = Troubles()
    troubles.note(Trouble.EAR)
    troubles.note(Trouble.EAR)
    assert troubles.due(BEGIN) == [Trouble.EAR]
    troubles.note(Trouble.EAR)
    troubles.note(Trouble.TURN)
    assert troubles.due(BEGIN + AGAIN / 2) == [Trouble.TURN]
    assert troubles.due(BEGIN + AGAIN) == []
    troubles.note(Trouble.EAR)
    assert troubles.due(BEGIN + AGAIN) == [Trouble.EAR]


def test_what_could_not_be_told_is_told_later() -> None:
    troubles = Troubles()
    troubles.note(Trouble.TURN)
    troubles.untold(troubles.due(BEGIN))
    assert troubles.due(BEGIN) == [Trouble.TURN]


def test_a_figure_is_trouble_when_it_grows() -> None:
    troubles = Troubles()
    for figure, found in ((0, []), (2, [Trouble.LETTER]), (2, [])):
        troubles.count(Trouble.LETTER, figure)
        assert troubles.due(BEGIN) == found


def test_telegram_is_away_when_nothing_leaves_that_should() -> None:
    troubles = Troubles()
    troubles.sending(5, 1, True, BEGIN)
    troubles.sending(5, 1, True, BEGIN + SILENT)
    assert troubles.due(BEGIN + SILENT) == []  # silence alone is none
    troubles.sending(5, 2, True, BEGIN + SILENT)
    troubles.sending(6, 3, True, BEGIN + SILENT * 1.5)
    troubles.sending(6, 3, True, BEGIN + SILENT * 3)
    assert troubles.due(BEGIN + SILENT * 3) == []  # one did leave
    troubles.sending(6, 4, True, BEGIN + SILENT * 3)
    troubles.sending(6, 4, True, BEGIN + SILENT * 4)
    assert troubles.due(BEGIN + SILENT * 4) == [Trouble.TELEGRAM]


def test_telegram_that_never_answered_is_away() -> None:
    troubles = Troubles()
    troubles.sending(0, 0, False, BEGIN)
    troubles.sending(0, 0, False, BEGIN + SILENT)
    assert troubles.due(BEGIN + SILENT) == [Trouble.TELEGRAM]


@pytest.mark.parametrize("what", list(Trouble))
async def test_it_goes_by_every_way_the_operator_has(what: Trouble) -> None:
    store = VolatileStore(now=lambda: BEGIN)
    await tell(store, VOICE, OPERATOR, [what], BEGIN)
    (row,) = await store.outbox.claim(BEGIN, 9)
    assert row.chat == 903
    assert row.out.text.startswith("Warmline:")
    sent = [one.letter for one in await store.letters.claim(BEGIN, 9)]
    assert [one.channel for one in sent] == [Channel.MAIL, Channel.WEBHOOK]
    assert {one.text for one in sent} == {row.out.text}
    assert sent[1].facts == {"trouble": what.value, "at": "2026-03-02T18:00:00Z", "how": [what.value]}
    assert letters(VOICE, Contact("operator", 903), [what], BEGIN) == []


async def test_a_fault_of_the_ear_is_noted_by_the_turn(chat: Chat) -> None:
    await chat.agrees()
    await chat.says(chat.understands("words", faults=("crisis",), **risk(Kind.WISH_DEAD, Tier.T2)))
    assert chat.room.troubles.due(BEGIN + timedelta(minutes=1)) == [Trouble.EAR]
