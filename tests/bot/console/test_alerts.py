"""An alert on the pages: taken, handed on, written to, answered, closed; and what only the one who has it may see."""

import httpx
import pytest

from bot.care.alerts import raise_alert
from bot.care.conversation import take_turn
from bot.care.episode import Episode
from bot.care.incoming import Incoming
from bot.care.ports import RawUpdate
from bot.care.records import Consent
from bot.care.staff.duty import code_of
from nlp.labels import Kind, Tier
from tests.bot.care.conftest import VOICE
from tests.bot.console.conftest import Staffed, text_of, token_of

SAM, ANA, BEN, DANA = 501, 71, 72, 73
WORDS = "I took a walk, like you said"


@pytest.fixture
async def raised(practice: Staffed) -> Staffed:
    """An urgent alert about Sam, who is Ana's; on call is somebody else."""
    now = practice.clock.now()
    async with practice.store.work(SAM) as work:
        client = await work.client()
        client.consents.append(Consent("alert_content", True, "1", now))
        client.episode = Episode(now, now, Tier.T3).dump()
        await work.keep("reach", {"what": "me", "text": "07700 900123"}, now)
        await work.save(client)
        rota = await practice.room.rota.at(now)
        assert await raise_alert(work, rota, VOICE, client, Tier.T3, (Kind.WISH_DEAD,), now, "no way out")
        await work.save(client)
        await work.commit()
    await practice.sent(SAM)
    return practice


async def post(browser: httpx.AsyncClient, path: str, **data: str) -> str:
    """Where it leads, as text."""
    token = token_of(await browser.get("/console/settings"))
    answered = await browser.post(f"/console{path}", data={"token": token, **data})
    return text_of(await browser.get(answered.headers["location"])) if answered.is_redirect else text_of(answered)


async def client_says(practice: Staffed, text: str) -> None:
    now = practice.clock.now()
    await practice.store.inbox.accept([RawUpdate(len(text), SAM, None, text.encode(), now)])
    [row] = await practice.store.inbox.waiting(SAM)
    await take_turn(practice.room, SAM, [Incoming(row.id, SAM, now, text=text, what="text")])


async def test_taking_it_shows_the_way_to_reach_them_and_nobody_else_sees_it(raised: Staffed) -> None:
    ana, ben, dana = [await raised.signed_in(name) for name in ("Ana Sol", "Ben Ode", "Dana Lee")]
    assert "07700 900123" not in text_of(await ana.get("/console/"))
    page = await post(ana, "/alerts", number="1", action="seen")
    assert "It is yours now" in page
    assert "07700 900123" in page
    assert "Ana Sol has it." in text_of(await dana.get("/console/"))
    assert "07700 900123" not in text_of(await dana.get("/console/"))
    assert "No open alerts" in text_of(await ben.get("/console/"))
    assert any("has been seen" in text or "seen" in text for text in await raised.sent(SAM))
    looks = [look.what for look in await raised.store.staff.looks.of_client(raised.links["Sam"].client)]
    assert "alert" in looks


async def test_a_colleague_who_was_quicker_is_named_and_nothing_is_done(raised: Staffed) -> None:
    ana, dana = await raised.signed_in("Ana Sol"), await raised.signed_in("Dana Lee")
    await post(dana, "/alerts", number="1", action="seen")
    assert "A colleague has it already" in await post(ana, "/alerts", number="1", action="seen")
    assert "A colleague has it already" in await post(ana, "/alerts/write", number="1", words="Hello")
    assert not any("Hello" in text for text in await raised.sent(SAM))


async def test_words_go_to_the_client_and_their_answer_comes_to_both_places(raised: Staffed) -> None:
    ana = await raised.signed_in("Ana Sol")
    await post(ana, "/alerts", number="1", action="seen")
    await raised.sent(SAM)
    assert "Sent. What they answer" in await post(ana, "/alerts/write", number="1", words="Hello Sam, I'm here.")
    everything = await everything_sent(raised)
    assert [text for to, text in everything if to == SAM and text.endswith("Hello Sam, I'm here.")]
    assert [text for to, text in everything if to == ANA and "word for word" in text]
    await client_says(raised, WORDS)
    assert any(WORDS in text for text in await raised.sent(ANA))
    assert WORDS in text_of(await ana.get("/console/"))
    await post(ana, "/alerts/write", number="1", words="Good.")
    everything = await everything_sent(raised)
    assert not [text for to, text in everything if to == ANA and "word for word" in text], "said once"
    assert "The exchange is over" in await post(ana, "/alerts", number="1", action="end")
    await client_says(raised, "this is for the program")
    assert not any("for the program" in text for text in await raised.sent(ANA))
    looks = [look.what for look in await raised.store.staff.looks.of_client(raised.links["Sam"].client)]
    assert "words" in looks


async def everything_sent(practice: Staffed) -> list[tuple[int, str]]:
    found = []
    while rows := await practice.store.outbox.claim(practice.clock.now(), 50):
        for row in rows:
            await practice.store.outbox.sent(row.id, 1, practice.clock.now())
            found.append((row.out.to or row.chat, row.out.text))
    return found


async def test_handed_on_it_is_told_to_the_other_who_then_sees_and_takes_it(raised: Staffed) -> None:
    ana, ben = await raised.signed_in("Ana Sol"), await raised.signed_in("Ben Ode")
    await post(ana, "/alerts", number="1", action="seen")
    await everything_sent(raised)
    page = await post(ana, "/alerts/hand-on", number="1", to=code_of(raised.members["Ben Ode"]))
    assert "Handed on" in page
    assert "Nobody has it yet" in page
    assert "07700 900123" not in page
    assert any(to == BEN and "Alert 1" in text for to, text in await everything_sent(raised))
    assert "Nobody has it yet" in text_of(await ben.get("/console/"))
    assert "07700 900123" in await post(ben, "/alerts", number="1", action="seen")
    assert "Ben Ode has it." in text_of(await ana.get("/console/"))


async def test_what_cannot_be_done_is_said(raised: Staffed) -> None:
    ana, ben = await raised.signed_in("Ana Sol"), await raised.signed_in("Ben Ode")
    for form in ({"to": "nobody"}, {"to": code_of(raised.members["Ana Sol"])}, {}):
        assert "Choose who takes it over" in await post(ana, "/alerts/hand-on", number="1", **form)
    assert "Write a few words first" in await post(ana, "/alerts/write", number="1", words=" ")
    assert "too long" in await post(ana, "/alerts/write", number="1", words="x" * 2001)
    for path, form in (
        ("/alerts", {"action": "seen"}),
        ("/alerts/write", {"words": "x"}),
        ("/alerts/hand-on", {"to": "duty-1"}),
    ):
        assert "not yours to see" in await post(ben, path, number="1", **form)
        assert "no such alert" in await post(ana, path, number="99", **form)
    assert [step.state for step in await raised.store.alert_steps(1)] == ["open"]


async def test_closing_ends_it_for_everybody(raised: Staffed) -> None:
    ana = await raised.signed_in("Ana Sol")
    assert "The alert is closed" in await post(ana, "/alerts", number="1", action="spoke")
    assert "No open alerts" in text_of(await ana.get("/console/"))


async def test_of_a_colleagues_client_it_says_whose_they_are_and_why_it_is_shown(raised: Staffed) -> None:
    ana, dana = await raised.signed_in("Ana Sol"), await raised.signed_in("Dana Lee")
    own, other = text_of(await ana.get("/console/")), text_of(await dana.get("/console/"))
    assert "Sam: " in own
    assert "You see it because" not in own
    assert "A client of Ana Sol: " in other
    assert "Ana Sol knows who it is." in other
    assert "You see it because you lead the practice." in other
    assert "Sam" not in other
    await post(ana, "/alerts", number="1", action="seen")
    await post(ana, "/alerts/hand-on", number="1", to=code_of(raised.members["Ben Ode"]))
    ben = await raised.signed_in("Ben Ode")
    assert "You see it because you were told of it." in text_of(await ben.get("/console/"))


async def test_of_a_client_nobody_looks_after_or_who_is_erased_it_says_so(raised: Staffed) -> None:
    dana = await raised.signed_in("Dana Lee")
    await raised.store.staff.links.end(raised.links["Sam"].id)
    assert "A client without a practitioner here: " in text_of(await dana.get("/console/"))
    async with raised.store.work(SAM) as work:
        await work.client()
        await work.erase()
        await work.commit()
    assert "Somebody who has erased their data: " in text_of(await dana.get("/console/"))


async def test_an_urgent_alert_stays_loud_once_somebody_has_it(raised: Staffed) -> None:
    ana = await raised.signed_in("Ana Sol")
    assert 'class="alert urgent"' in (await ana.get("/console/")).text
    token = token_of(await ana.get("/console/settings"))
    taken = await ana.post("/console/alerts", data={"token": token, "number": "1", "action": "seen"})
    assert taken.headers["location"].endswith("#alert-1"), "back to where it stands now"
    assert 'class="alert urgent held"' in (await ana.get("/console/")).text


async def test_an_open_alert_stands_on_the_clients_page_and_in_the_list(raised: Staffed) -> None:
    ana = await raised.signed_in("Ana Sol")
    sam, kim = raised.links["Sam"], raised.links["Kim"]
    assert text_of(await ana.get("/console/clients")).count("open alert. Nobody has it yet") == 1
    assert "An alert about them is open." in text_of(await ana.get(f"/console/clients/{sam.id}"))
    assert "An alert about them" not in text_of(await ana.get(f"/console/clients/{kim.id}"))
    assert "alert" in [look.what for look in await raised.store.staff.looks.of_client(sam.client)]
    await post(ana, "/alerts", number="1", action="seen")
    assert "open alert. You have it" in text_of(await ana.get("/console/clients"))
    await post(ana, "/alerts/hand-on", number="1", to=code_of(raised.members["Ben Ode"]))
    ben = await raised.signed_in("Ben Ode")
    await post(ben, "/alerts", number="1", action="seen")
    assert "open alert. Ben Ode has it" in text_of(await ana.get("/console/clients"))
    assert "Ben Ode has it." in text_of(await ana.get(f"/console/clients/{sam.id}"))
    await post(ana, "/alerts", number="1", action="spoke")
    assert "open alert" not in text_of(await ana.get("/console/clients"))
    assert "An alert about them" not in text_of(await ana.get(f"/console/clients/{sam.id}"))
