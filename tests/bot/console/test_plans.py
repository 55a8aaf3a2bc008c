"""Plans in the console: whoever proposes one learns that another already waits for the client's answer."""

from tests.bot.console.conftest import Staffed, text_of, token_of

WAITS = "A plan already waits for their answer"


async def test_a_preview_tells_of_a_proposal_that_waits(practice: Staffed) -> None:
    browser = await practice.signed_in("Ana Sol")
    sam, kim = practice.links["Sam"], practice.links["Kim"]
    plan = {"days": ["mon", "thu"], "when": "at", "at": "18:30", "kinds": ["noticing"], "client": [sam.id, kim.id]}
    plan["token"] = token_of(await browser.get("/console/plans/new"))
    headers = {"sec-fetch-site": "same-origin"}
    first = await browser.post("/console/plans/preview", data=plan, headers=headers)
    assert WAITS not in text_of(first)
    sent = await browser.post(
        "/console/plans", data={**plan, "client": [sam.id]}, headers=headers, follow_redirects=True
    )
    assert sent.status_code == 200, sent.text
    again = await browser.post("/console/plans/preview", data=plan, headers=headers)
    assert text_of(again).count(WAITS) == 1  # for Sam, and not for Kim
