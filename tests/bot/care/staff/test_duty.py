"""The practice's own rota: before the settings', by hours and holidays, and never in the way of an alert."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.care.rota import Contact, Rota
from bot.care.staff import duty
from bot.care.staff.duty import KeptRota, PracticeRota, Row
from bot.care.staff.joining import StaffError
from bot.care.staff.records import Member, Role
from bot.store.volatile import VolatileStore

NOW = datetime(2026, 3, 12, 9, 30, tzinfo=UTC)  # a Thursday, 10:30 in Berlin
ANA = Member("a" * 16, Role.PRACTITIONER, "Ana Sol", NOW, chat=71)
BEN = Member("b" * 16, Role.LEAD, "Ben Ode", NOW, chat=72)
BASE = Rota((Contact("duty-1", 901),), Contact("operator", 903))


async def kept(*rows: Row, holidays: tuple[date, ...] = (), base: Rota = BASE) -> KeptRota:
    book = VolatileStore().staff
    for member in (ANA, BEN):
        book.people.members[member.id] = member
    await duty.keep(book, PracticeRota("Europe/Berlin", rows, holidays))
    return KeptRota(base, book)


def codes(rota: Rota) -> list[str]:
    return [contact.code for contact in rota.order]


async def test_without_one_of_its_own_the_settings_hold() -> None:
    assert await KeptRota(BASE, VolatileStore().staff).at(NOW) == BASE


async def test_the_practices_people_come_first_in_their_order() -> None:
    rota = await (await kept(Row(BEN.id), Row(ANA.id))).at(NOW)
    assert codes(rota) == [duty.code_of(BEN), duty.code_of(ANA), "duty-1", "operator"]
    assert rota.contacts[0].name == "Ben Ode"


@pytest.mark.parametrize(
    ("row", "on"),
    [
        (Row(ANA.id, ("mon-fri 09:00-17:00",)), True),
        (Row(ANA.id, ("daily 22:00-06:00",)), False),
        (Row(ANA.id, ("sat 09:00-17:00", "thu 10:00-11:00")), True),
        (Row(ANA.id, back=False), False),
        (Row(ANA.id, away=date(2026, 3, 12)), False),
        (Row(ANA.id, away=date(2026, 3, 11)), True),
    ],
)
async def test_who_is_off_duty_is_not_told_but_still_known(row: Row, on: bool) -> None:
    rota = await (await kept(row)).at(NOW)
    assert (duty.code_of(ANA) in codes(rota)) is on
    assert rota.who(71) is not None


async def test_on_a_holiday_whoever_has_hours_is_off() -> None:
    book = await kept(Row(ANA.id, ("mon-fri 09:00-17:00",)), Row(BEN.id), holidays=(date(2026, 3, 12),))
    assert codes(await book.at(NOW)) == [duty.code_of(BEN), "duty-1", "operator"]


async def test_somebody_in_both_stands_where_the_practice_put_them() -> None:
    base = Rota((Contact("duty-1", 901), Contact("duty-2", 71)), None)
    assert codes(await (await kept(Row(ANA.id), base=base)).at(NOW)) == ["duty-2", "duty-1"]


async def test_stepping_back_is_seen_at_the_next_question_and_everywhere_soon() -> None:
    book = await kept(Row(ANA.id))
    assert duty.code_of(ANA) in codes(await book.at(NOW))
    assert await duty.step(book.book, ANA, back=False)
    assert duty.code_of(ANA) not in codes(await book.at(NOW + timedelta(seconds=3)))
    assert await duty.step(book.book, ANA, back=True)
    book.changed()
    assert duty.code_of(ANA) in codes(await book.at(NOW + timedelta(seconds=3)))
    assert not await duty.step(book.book, BEN, back=False)


async def test_who_left_is_no_longer_told() -> None:
    book = await kept(Row(ANA.id))
    book.book.people.members[ANA.id] = replace(ANA, chat=0, left=NOW)
    assert codes(await book.at(NOW)) == ["duty-1", "operator"]


async def test_when_the_store_fails_the_settings_hold(caplog: pytest.LogCaptureFixture) -> None:
    book = await kept(Row(ANA.id))

    async def fail() -> None:
        raise OSError

    book.book.rota.load = fail
    assert await book.at(NOW) == BASE
    assert "OSError" in caplog.text


async def test_hours_that_cannot_be_read_are_not_kept() -> None:
    with pytest.raises(StaffError, match="Hours are written like"):
        await kept(Row(ANA.id, ("nine to five",)))


def test_what_is_kept_comes_back() -> None:
    rota = PracticeRota(
        "UTC", (Row("a", ("daily 09:00-10:00",), False, date(2026, 1, 2)), Row("b")), (date(2026, 1, 1),)
    )
    assert PracticeRota.load(rota.dump()) == rota
