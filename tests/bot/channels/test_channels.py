"""Letters by mail and webhook, against a real mail server and a real receiver on this machine."""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from typing import Any

import pytest
from aiohttp import web

from bot.care.records import AlertState, AlertStep, Channel, Letter
from bot.channels.courier import TOO_OLD, Courier
from bot.channels.mail import MailSender
from bot.channels.ports import MailSettings, SendError, WebhookSettings
from bot.channels.webhook import DELIVERY, SIGNATURE, TIMESTAMP, WebhookSender, signature
from bot.store.volatile import VolatileStore
from nlp.labels import Tier
from tests.fakes.mail import Mailbox, free_port, mail_server

NOW = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)
SECRET = "a-secret-of-this-test"
MAIL = Letter(Channel.MAIL, "anna@example.org", "anna", 1, "Warmline alert 1", "Alert 1: please check.", {"alert": 1})
HOOK = Letter(Channel.WEBHOOK, "", "anna", 1, "Warmline alert 1", "Alert 1", {"alert": 1, "how": ["escalated"]})


@pytest.fixture
def mailbox() -> Any:
    with mail_server(Mailbox()) as box:
        yield box


def mailer(port: int, security: str = "none") -> MailSender:
    return MailSender(MailSettings("127.0.0.1", port, security, "warmline@example.org", seconds=5))


@asynccontextmanager
async def receiver(status: int = 204) -> AsyncIterator[tuple[str, list[tuple[Any, bytes]]]]:
    came: list[tuple[Any, bytes]] = []

    async def take(request: web.Request) -> web.Response:
        came.append((request.headers, await request.read()))
        return web.Response(status=status)

    app = web.Application()
    app.router.add_post("/hook", take)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/hook", came
    await runner.cleanup()


class Recorded:
    """Care, as the courier calls it."""

    def __init__(self) -> None:
        self.delivered: list[tuple[int, str, Channel]] = []
        self.told = asyncio.Event()

    async def letter_delivered(self, alert: int, contact: str, channel: Channel) -> None:
        self.delivered.append((alert, contact, channel))
        self.told.set()


class HandClock:
    time = NOW

    def now(self) -> datetime:
        return self.time


async def test_a_mail_arrives_whole(mailbox: Any) -> None:
    await mailer(mailbox.port).send(MAIL)
    (envelope,) = mailbox.came
    assert envelope.rcpt_tos == ["anna@example.org"]
    message = message_from_bytes(envelope.content)
    assert message["Subject"] == "Warmline alert 1"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message.get_payload().strip() == "Alert 1: please check."


@pytest.mark.parametrize(("answer", "final"), [("550 no such person", True), ("451 come back later", False)])
async def test_a_refusal_is_final_or_not_and_is_named_without_the_servers_words(
    mailbox: Any, answer: str, final: bool
) -> None:
    mailbox.answer = answer
    with pytest.raises(SendError) as refused:
        await mailer(mailbox.port).send(MAIL)
    assert refused.value.final is final
    assert refused.value.why == f"mail_{answer[:3]}"


async def test_a_server_that_is_away_or_offers_no_encryption_is_no_delivery(mailbox: Any) -> None:
    for sender in (mailer(free_port()), mailer(mailbox.port, "starttls")):
        with pytest.raises(SendError) as refused:
            await sender.send(MAIL)
        assert not refused.value.final
    assert mailbox.came == []


async def test_a_webhook_can_be_checked_by_its_receiver() -> None:
    async with receiver() as (url, came):
        await WebhookSender(WebhookSettings(url, SECRET), lambda: 1772474400.9).send(HOOK)
    ((headers, body),) = came
    assert json.loads(body) == HOOK.facts
    assert headers[TIMESTAMP] == "1772474400"
    assert headers[SIGNATURE] == signature(SECRET, headers[TIMESTAMP], body)
    assert headers[SIGNATURE] != signature("another-secret-here", headers[TIMESTAMP], body)
    assert headers[SIGNATURE] != signature(SECRET, "1772474401", body)
    assert headers[DELIVERY] == "1-anna-escalated"


@pytest.mark.parametrize(("status", "final"), [(500, False), (429, False), (404, True), (302, False)])
async def test_what_a_receivers_answer_means(status: int, final: bool) -> None:
    async with receiver(status) as (url, _):
        with pytest.raises(SendError) as refused:
            await WebhookSender(WebhookSettings(url, SECRET), time.time).send(HOOK)
    assert (refused.value.why, refused.value.final) == (f"webhook_{status}", final)


async def posted(store: VolatileStore, *letters: Letter) -> None:
    async with store.work(501) as work:
        await work.raise_alert(Tier.T3, ["wish_dead"], "client-7f3a", NOW)
        await work.step(AlertStep(1, AlertState.OPEN, NOW, "client", "T3 to anna"))
        for letter in letters:
            await work.post(letter)
        await work.commit()


async def test_the_courier_sends_marks_and_tells(mailbox: Any) -> None:
    store, care = VolatileStore(now=lambda: NOW), Recorded()
    await posted(store, MAIL)
    courier = Courier(store.letters, {Channel.MAIL: mailer(mailbox.port)}, care, HandClock())
    assert await courier.once() == 1
    assert await courier.once() == 0
    assert care.delivered == [(1, "anna", Channel.MAIL)]
    assert len(mailbox.came) == 1


async def test_what_cannot_be_sent_waits_longer_each_time_and_is_given_up_after_a_day(mailbox: Any) -> None:
    store, care, clock = VolatileStore(now=lambda: NOW), Recorded(), HandClock()
    await posted(store, MAIL)
    mailbox.answer = "451 come back later"
    courier = Courier(store.letters, {Channel.MAIL: mailer(mailbox.port)}, care, clock)
    pauses = []
    for _ in range(4):
        assert await courier.once() == 1
        due = next(iter(store.letters.rows.values())).due
        pauses.append(due - clock.time)
        clock.time = due
    assert pauses == sorted(pauses)
    clock.time = NOW + TOO_OLD + timedelta(minutes=10)
    await courier.once()
    assert (await store.alert_steps(1))[-1].state is AlertState.FAILED
    assert (await store.counts()).letters_failed == 1


async def test_a_final_refusal_and_a_way_that_is_not_set_up_are_on_the_record_at_once(mailbox: Any) -> None:
    store = VolatileStore(now=lambda: NOW)
    await posted(store, MAIL, HOOK)
    mailbox.answer = "550 no such person"
    await Courier(store.letters, {Channel.MAIL: mailer(mailbox.port)}, Recorded(), HandClock()).once()
    assert {step.why for step in await store.alert_steps(1)} >= {"mail_550", "not_configured"}


async def test_a_letter_a_killed_program_had_in_hand_is_sent_again(mailbox: Any) -> None:
    store, care = VolatileStore(now=lambda: NOW), Recorded()
    await posted(store, MAIL)
    assert len(await store.letters.claim(NOW, 9)) == 1  # and then the program is killed
    courier = Courier(store.letters, {Channel.MAIL: mailer(mailbox.port)}, care, HandClock())
    await courier.start()
    await asyncio.wait_for(care.told.wait(), 10)
    await courier.stop()
    assert care.delivered == [(1, "anna", Channel.MAIL)]
