"""Alerts on the first page: their order, what leaving one means, what its buttons are called."""

import re

from bot.care.alerts import raise_alert
from bot.care.episode import Episode
from bot.care.records import AlertState, AlertStep
from bot.care.staff.duty import PracticeRota, Row, keep
from nlp.labels import Kind, Tier
from tests.bot.care.conftest import VOICE
from tests.bot.console.conftest import BEGIN, Staffed, text_of
from tests.bot.console.test_alerts import SAM, post, raised

__all__ = ["raised"]
KIM, LOU = 502, 503


async def test_what_is_most_pressing_stands_first_and_ones_own_urgent_above_a_lesser_one_that_waits(
    raised: Staffed,
) -> None:
    """As a lead sees them: Sam's is urgent, Lou's for today; then Sam's is taken, then Kim's comes, urgent too."""
    dana, rota, now = await raised.signed_in("Dana Lee"), await raised.room.rota.at(BEGIN), raised.clock.now()

    async def comes(chat: int, tier: Tier) -> None:
        async with raised.store.work(chat) as work:
            client = await work.client()
            client.episode = Episode(now, now, tier).dump()
            assert await raise_alert(work, rota, VOICE, client, tier, (Kind.WISH_DEAD,), now, "")
            await work.save(client)
            await work.commit()

    async def order() -> list[str]:
        return re.findall(r'data-alert="(\d)"', (await dana.get("/console/")).text)

    await comes(LOU, Tier.T2)
    assert await order() == ["1", "2"]
    await post(dana, "/alerts", number="1", action="seen")
    assert await order() == ["1", "2"]
    await comes(KIM, Tier.T3)
    assert await order() == ["3", "1", "2"]
    ben = await raised.signed_in("Ben Ode")
    await post(ben, "/alerts", number="2", action="seen")
    assert await order() == ["3", "1", "2"]


async def test_of_a_colleagues_alert_it_says_that_it_may_be_left_only_while_somebody_else_will_be_told(
    raised: Staffed,
) -> None:
    ana, dana = await raised.signed_in("Ana Sol"), await raised.signed_in("Dana Lee")
    assert "You may leave it: if nobody takes it, operator is told in 10 min." in text_of(await dana.get("/console/"))
    own = text_of(await ana.get("/console/"))
    assert "You may leave it" not in own
    assert "If nobody takes it, operator is told in 10 min." in own
    now = raised.clock.now()
    async with raised.store.work(SAM) as work:
        await work.client()
        await work.step(AlertStep(1, AlertState.ESCALATED, now, "clock", "to operator"))
        await work.commit()
    assert "You may leave it" not in text_of(await dana.get("/console/")), "nobody is left to be told"


async def test_the_next_to_be_told_is_who_is_on_call_when_it_is_due(raised: Staffed) -> None:
    """Ben's hours end before the ten minutes do."""
    ben, dana = raised.members["Ben Ode"], raised.members["Dana Lee"]
    rows = (Row(ben.id, ("daily 09:00-10:35",)), Row(dana.id))
    await keep(raised.store.staff, PracticeRota("Europe/Berlin", rows))  # it is 10:30 there
    page = text_of(await (await raised.signed_in("Ana Sol")).get("/console/"))
    assert "Dana Lee is told in 10 min" in page
    assert "Ben Ode is told" not in page


async def test_a_mistaken_press_is_shown_its_way_out(raised: Staffed) -> None:
    ana = await raised.signed_in("Ana Sol")
    assert "Pressed by mistake? Hand on gives it to a colleague." in await post(
        ana, "/alerts", number="1", action="seen"
    )


async def test_what_is_done_with_an_alert_is_named_after_the_client_and_not_after_a_number(raised: Staffed) -> None:
    ana, dana = await raised.signed_in("Ana Sol"), await raised.signed_in("Dana Lee")
    own, other = text_of(await ana.get("/console/")), text_of(await dana.get("/console/"))
    alias = (await raised.store.unclosed())[0][1].alias
    for what in ("Hand on: ", "Close: ", "I have it : "):
        assert f"{what}Sam" in own
        assert f"{what}{alias}" in other
