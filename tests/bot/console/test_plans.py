"""Plans in the console: whoever proposes one learns that another already waits for the client's answer."""

from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace

from bot.care.checkins.asking import example
from bot.care.checkins.plan import SlotState, Status, new_slot
from bot.care.checkins.proposals import SAME
from bot.care.checkins.schedule import next_occurrence
from bot.care.staff import planning
from bot.care.staff.templates import TEMPLATES
from bot.console.shown import Shown
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
    told = "Fri 13 Mar, 17:30 to 19:30 in New York your time: Fri 13 Mar, 22:30 to 00:30"
    assert told in preview
    assert "tomorrow" not in preview
    plan = {"days": ["tue", "fri"], "when": "window", "from": "17:30", "to": "19:30", "client": [sam.id]}
    await browser.post("/console/plans", data={**plan, "token": sent["token"]})
    assert told in text_of(await browser.get(f"/console/clients/{sam.id}"))


async def test_where_the_clocks_show_different_days_each_has_its_own_date_and_where_they_agree_one_is_enough(
    practice: Staffed,
) -> None:
    ana = practice.members["Ana Sol"]
    east = await practice.client("Tia", ana, 811, zone="Australia/Sydney")
    near = await practice.client("Ulf", ana, 812, zone="Europe/Oslo")
    browser = await practice.signed_in("Ana Sol")
    form = {"token": token_of(await browser.get("/console/plans/new")), "days": ["mon"], "when": "at", "at": "09:30"}
    preview = text_of(await browser.post("/console/plans/preview", data={**form, "client": [east.id, near.id]}))
    assert "Mon 16 Mar, 09:30 in Sydney your time: Sun 15 Mar, 23:30" in preview
    of_near = preview[preview.index("Ulf") :]
    assert "Mon 16 Mar, 09:30 in Oslo" in of_near
    assert "your time" not in of_near


async def test_what_is_over_is_dated_on_both_clocks_where_they_differ() -> None:
    shown = Shown("Harbour")
    seat = SimpleNamespace(member=SimpleNamespace(zone="Europe/Berlin"))
    said = shown._environment.from_string('{% from "parts.html" import both %}{{ both(at, zone, seat, now) }}')
    at, now = datetime(2026, 3, 11, 22, 30, tzinfo=UTC), datetime(2026, 3, 12, 9, 30, tzinfo=UTC)
    other = said.render(at=at, now=now, seat=seat, zone="Australia/Sydney")
    assert ">Wed 11 Mar, 23:30</time>" in other
    assert "Thu 12 Mar, 09:30 in Sydney" in other
    assert ">yesterday, 23:30</time>" in said.render(at=at, now=now, seat=seat, zone="Europe/Oslo")


async def test_a_question_of_each_template_and_of_each_kind_can_be_read_before_anything_is_proposed(
    practice: Staffed,
) -> None:
    browser = await practice.signed_in("Ana Sol")
    form = await browser.get("/console/plans/new")
    for one in TEMPLATES:
        assert example(practice.room.voice, one.kinds[0]) in text_of(form)
        sent = {"token": token_of(form), "template": one.name, "client": [practice.links["Sam"].id]}
        preview = text_of(await browser.post("/console/plans/preview", data=sent))
        for kind in one.kinds:
            assert example(practice.room.voice, kind) in preview


async def test_what_was_proposed_is_not_called_sent(practice: Staffed) -> None:
    browser = await practice.signed_in("Ana Sol")
    clients = [practice.links["Sam"].id, practice.links["Kim"].id]
    form = await browser.get("/console/plans/new")
    assert "No check-in comes before they accept." in text_of(form)
    plan = {"token": token_of(form), "days": ["mon"], "when": "at", "at": "18:30", "client": clients}
    done = text_of(await browser.post("/console/plans", data=plan))
    assert done.count(" proposed ") == 2
    assert " sent " not in done


async def test_the_list_tells_the_next_check_in_first_and_whose_clock_it_is(practice: Staffed) -> None:
    browser, sam = await practice.signed_in("Ana Sol"), practice.links["Sam"]
    plan = replace(planning.plan_of({"days": ["mon"], "at": "18:30"}), id="p1", zone="America/New_York")
    now = practice.clock.now()
    async with await practice.work(sam) as work:
        await work.client()
        live = replace(plan, status=Status.ACCEPTED, made=now, changed=now)
        live = replace(live, next=next_occurrence(live, now))
        await work.put_plan(live)
        slot = new_slot(live, 0, "how_are_you", SlotState.ANSWERED, now)
        await work.put_slot(replace(slot, day=now.date(), due=now))
        await work.commit()
    page = text_of(await browser.get("/console/clients"))
    assert page.index("next Mon 16 Mar, 23:30") < page.index("answered today, 10:30")
    assert "Times here are yours, in Berlin." in page


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
