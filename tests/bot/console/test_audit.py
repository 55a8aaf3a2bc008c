"""Looks as a person reads them: one line for a page that was opened, one for a list, however many rows were kept."""

from tests.bot.console.conftest import Staffed, text_of


async def test_a_page_is_one_line_and_a_list_is_one_line(practice: Staffed) -> None:
    browser = await practice.signed_in("Ana Sol")
    await browser.get("/console/clients")
    practice.clock.pass_(minutes=2)
    await browser.get(f"/console/clients/{practice.links['Sam'].id}")
    page = text_of(await browser.get("/console/audit"))
    assert "2 clients a list with the name" in page
    assert "Sam their plan, their timeline, their marks, their answers" in page
    assert len(await practice.store.staff.looks.of_practice()) == 6


async def test_a_lead_sees_who_looked_and_not_at_whom(practice: Staffed) -> None:
    ana, dana = await practice.signed_in("Ana Sol"), await practice.signed_in("Dana Lee")
    await ana.get(f"/console/clients/{practice.links['Sam'].id}")
    page = text_of(await dana.get("/console/audit"))
    assert "Ana Sol" in page
    assert "Sam" not in page
