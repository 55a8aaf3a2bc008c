"""Whatever a form holds: an answer below 500 with a sentence, and nothing done that was not asked for."""

import random

import pytest

from bot.console.app import PAGES
from bot.console.gate import BODY_LIMIT
from tests.bot.console.conftest import Staffed, text_of, token_of
from tests.bot.console.test_access import address, named

ODD = (
    "",
    " ",
    "0",
    "-1",
    "99999999999999999999",
    "mon",
    "25:61",
    "2026-02-30",
    "9999-12-31",
    "Europe/Berlin",
    "../../etc/passwd",
    "lead",
    "all",
    "seen",
    "\x00",
    "\ud7ff\U0001f600",
    "<script>alert(1)</script>",
    "'; DROP TABLE links; --",
    "x" * 5000,
    "{{ 7 * 7 }}",
    "Thinking of you.",
    "1",
)
FIELDS = (
    "zone session role name member to code end label text due note change sure days when at from until kinds client "
    "plan quiet_from quiet_to words wanted why state proposal digest read clinician number action q page template "
    "hours holidays"
).split()


@pytest.mark.parametrize("page", [page for page in PAGES if page.method == "POST"], ids=named)
async def test_odd_forms_get_a_sentence(practice: Staffed, page: object) -> None:
    browser = await practice.signed_in("Dana Lee")
    own = await practice.client("Own", practice.members["Dana Lee"], 600, "marks", "answers")
    drawn = random.Random(named(page))
    token = token_of(await browser.get("/console/settings"))
    for _ in range(12):
        data = {field: drawn.choice(ODD) for field in FIELDS if drawn.random() < 0.7}
        if "session" in data:
            data["session"] = "0"
        answered = await browser.post(address(page, own.id), data={**data, "token": token})
        assert answered.status_code < 500, (named(page), data)
        assert "<script>alert" not in answered.text
        if answered.status_code >= 400:
            assert text_of(answered).count(".") >= 1


async def test_what_is_no_form_is_refused(practice: Staffed) -> None:
    browser = await practice.signed_in("Ana Sol")
    path = "/console/settings/zone"
    assert (await browser.post(path, json={"zone": "UTC"})).status_code == 415
    assert (await browser.post(path, files={"zone": b"UTC"})).status_code == 415
    form = {"content-type": "application/x-www-form-urlencoded"}
    assert (await browser.post(path, content=b"x" * (BODY_LIMIT + 1), headers=form)).status_code == 413
    assert (await browser.post(path, content="zone=é".encode(), headers=form)).status_code == 400
    assert (await browser.post(path, content=b"a=1&" * 700, headers=form)).status_code == 400
    assert (await browser.put(path)).status_code == 405


@pytest.mark.parametrize("page", [page for page in PAGES if page.method == "GET"], ids=named)
async def test_odd_questions_get_an_answer(practice: Staffed, page: object) -> None:
    browser = await practice.signed_in("Dana Lee")
    own = await practice.client("Own", practice.members["Dana Lee"], 600)
    for odd in ODD:
        params = {"q": odd, "page": odd, "shelf": odd, "template": odd, "client": odd, "said": odd, "unsigned": odd}
        answered = await browser.get(address(page, own.id), params=params)
        assert answered.status_code < 500, (named(page), odd)
        assert "<script>alert" not in answered.text


async def test_a_page_that_fails_says_so_without_telling_what(
    practice: Staffed, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    browser = await practice.signed_in("Ana Sol")

    async def fail(*args: object) -> None:
        raise ValueError("Sam said something private")

    monkeypatch.setattr(type(practice.store.staff.links), "of_member", fail)
    answered = await browser.get("/console/clients")
    assert answered.status_code == 500
    assert "nothing was changed" in text_of(answered)
    assert "private" not in answered.text + caplog.text
    assert "ValueError" in caplog.text


async def test_a_rota_with_a_fault_comes_back_as_it_was_typed(practice: Staffed) -> None:
    browser = await practice.signed_in("Dana Lee")
    ana = practice.members["Ana Sol"].id
    form = {"zone": "Europe/Berlin", f"on-{ana}": "1", f"hours-{ana}": "mon-fri nine to five", "holidays": "2026-12-24"}
    token = token_of(await browser.get("/console/settings"))
    answered = await browser.post("/console/rota", data={"token": token, **form})
    assert answered.status_code == 400
    assert "mon-fri 09:00-17:00" in text_of(answered)
    assert 'value="mon-fri nine to five"' in answered.text
    assert 'value="2026-12-24"' in answered.text
    assert await practice.store.staff.rota.load() is None
