"""Plans in the console: whoever proposes one learns that another already waits for the client's answer."""

from dataclasses import replace

from bot.care.checkins.plan import Status
from bot.care.checkins.proposals import SAME
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
    again = await browser.post("/console/plans/preview", data={**plan, "at": "19:30"}, headers=headers)
    assert text_of(again).count(WAITS) == 1  # for Sam, and not for Kim


async def test_clients_ticked_on_the_list_are_ticked_in_the_form_and_a_template_is_enough(practice: Staffed) -> None:
    browser = await practice.signed_in("Ana Sol")
    sam, kim = practice.links["Sam"], practice.links["Kim"]
    listed = (await browser.get("/console/clients")).text
    assert [f'value="{link.id}"' in listed for link in (sam, kim, practice.links["Lou"])] == [True, True, False]
    form = await browser.get("/console/plans/new", params={"client": [sam.id, kim.id]})
    assert form.text.count('name="client"') == form.text.count("checked") - 1 == 2  # and one template
    sent = {"token": token_of(form), "template": "gentle", "client": [sam.id, kim.id]}
    page = await browser.post("/console/plans/preview", data=sent)
    assert "Tue, Fri, between 17:30 and 19:30" in text_of(page)
    assert "Propose it to 2 clients" in text_of(page)
    assert "Mon to Fri, between 09:00 and 10:30" in text_of(form)


async def test_other_days_and_times_lead_to_the_editor_with_the_same_people_ticked(practice: Staffed) -> None:
    browser = await practice.signed_in("Ana Sol")
    form = await browser.get("/console/plans/new")
    sam = practice.links["Sam"]
    page = await browser.post(
        "/console/plans/preview", data={"token": token_of(form), "template": "other", "client": [sam.id]}
    )
    assert f'value="{sam.id}" checked' in page.text
    assert 'name="quiet_from"' in page.text
    nobody = await browser.post("/console/plans/preview", data={"token": token_of(form), "template": "gentle"})
    assert nobody.status_code == 400
    assert "Choose at least one client." in text_of(nobody)
    assert 'value="gentle" checked' in nobody.text


async def test_a_window_is_shown_from_its_first_minute_to_its_last_on_both_clocks(practice: Staffed) -> None:
    browser = await practice.signed_in("Ana Sol")  # in Berlin; the client in New York, on 12 March four hours apart
    sam = practice.links["Sam"]
    sent = {"token": token_of(await browser.get("/console/plans/new")), "template": "gentle", "client": [sam.id]}
    preview = text_of(await browser.post("/console/plans/preview", data=sent))
    assert "tomorrow, 22:30 to 00:30" in preview
    assert "17:30 to 19:30 in New York" in preview
    plan = {"days": ["tue", "fri"], "when": "window", "from": "17:30", "to": "19:30", "client": [sam.id]}
    await browser.post("/console/plans", data={**plan, "token": sent["token"]})
    assert "tomorrow, 22:30 to 00:30" in text_of(await browser.get(f"/console/clients/{sam.id}"))


async def test_a_plan_that_waits_stands_on_today_and_in_the_list_until_it_is_answered(practice: Staffed) -> None:
    browser = await practice.signed_in("Ana Sol")
    sam = practice.links["Sam"]
    assert "wait for an answer" not in text_of(await browser.get("/console/"))
    plan = {"days": ["mon"], "when": "at", "at": "18:30", "kinds": ["noticing"], "client": [sam.id]}
    plan["token"] = token_of(await browser.get("/console/plans/new"))
    await browser.post("/console/plans", data=plan)
    assert "Plans that wait for an answer Sam proposed today" in text_of(await browser.get("/console/"))
    assert text_of(await browser.get("/console/clients")).count("plan waits for their answer") == 1
    async with await practice.work(sam) as work:
        await work.client()
        [proposed] = await work.plans()
        await work.put_plan(replace(proposed, status=Status.DECLINED))
        await work.commit()
    assert "wait for an answer" not in text_of(await browser.get("/console/"))
    assert "plan waits for their answer" not in text_of(await browser.get("/console/clients"))


async def test_a_form_sent_twice_asks_once_and_the_preview_knows(practice: Staffed) -> None:
    browser = await practice.signed_in("Ana Sol")
    sam, kim = practice.links["Sam"], practice.links["Kim"]
    plan = {"days": ["mon"], "when": "at", "at": "18:30", "kinds": ["noticing"], "client": [sam.id]}
    plan["token"] = token_of(await browser.get("/console/plans/new"))
    await browser.post("/console/plans", data=plan)
    again = await browser.post("/console/plans", data=plan)
    assert SAME in text_of(again)
    async with await practice.work(sam) as work:
        await work.client()
        assert len(await work.plans()) == 1
    preview = text_of(await browser.post("/console/plans/preview", data={**plan, "client": [sam.id, kim.id]}))
    assert SAME in preview
    assert "Propose it to 1 client" in preview
    nobody = text_of(await browser.post("/console/plans/preview", data=plan))
    assert "Propose it" not in nobody
