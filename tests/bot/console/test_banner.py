"""What stands above every page: a trial is not for real clients, and in a demo everybody is invented."""

from dataclasses import replace

import pytest
from starlette.applications import Starlette

from bot.console.app import routes
from bot.console.shown import Shown
from tests.bot.console.conftest import Staffed, text_of


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        (Shown("Harbour", trial=True), "Trial, not for real clients."),
        (Shown("Harbour", trial=True, demo=True), "Demo. Everybody here is invented, and nothing you do is sent"),
        (Shown("Harbour", trial=False), ""),
    ],
)
async def test_the_banner_says_whether_real_clients_may_be_served(practice: Staffed, shown: Shown, said: str) -> None:
    practice.app = Starlette(routes=routes(replace(practice.house, shown=shown)))
    page = text_of(await (await practice.signed_in("Ana Sol")).get("/console/"))
    assert said in page
    assert ("Trial" in page or "Demo" in page) is bool(said)
