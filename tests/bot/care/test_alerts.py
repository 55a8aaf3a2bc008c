"""A note to a human: who is told and when, and that what the client hears of it is what happened."""

from datetime import timedelta

import pytest

from bot.care import alerts
from bot.care.alerts import NOBODY_LEFT, REASONS, WAIT, Contact, Move, Rota
from bot.care.episode import Episode
from bot.care.ports import OutboxRow
from bot.care.records import Alert, AlertState, AlertStep, Client, Priority
from nlp.labels import Kind, Tier
from tests.bot.care.conftest import BEGIN, VOICE, Chat, make_chat, risk

WORDS = "what only the person should have written"
ROTA = Rota((Contact("one", 901), Contact("two", 902)), Contact("operator", 903))
URGENT = (Kind.INTENT_OR_ATTEMPT_NOW, Tier.T3)


def an_alert(state: AlertState = AlertState.OPEN, level: int = 0, tier: Tier = Tier.T3) -> Alert:
    return Alert(7, "abc", "client-7f3a", tier, ("hopelessness", "wish_dead"), state, BEGIN, level)


def a_step(state: AlertState, minutes: float = 0, why: str = "") -> AlertStep:
    return AlertStep(7, state, BEGIN + timedelta(minutes=minutes), "clock", why)


def after(minutes: float, alert: Alert, *steps: AlertStep) -> Move | None:
    return alerts.due(alert, steps or (a_step(AlertState.OPEN),), ROTA, BEGIN + timedelta(minutes=minutes))


async def in_danger(chat: Chat, kind: Kind = URGENT[0], tier: Tier = URGENT[1]) -> list[OutboxRow]:
    if await chat.client() is None:
        await chat.agrees()
    return await chat.says(chat.understands(WORDS, **risk(kind, tier)))


async def ticks(chat: Chat, **span: float) -> list[OutboxRow]:
    chat.clock.pass_(**span)
    await alerts.escalate_due(chat.room.store, chat.room.rota, chat.room.voice, chat.clock.now())
    return await chat.sent()


async def states(chat: Chat, number: int = 1) -> list[str]:
    return [step.state.value for step in await chat.room.store.alert_steps(number)]


# What is due, as a pure decision


@pytest.mark.parametrize(("tier", "minutes"), [(Tier.T3, 10), (Tier.T2, 60)])
def test_the_next_contact_is_told_when_nobody_confirmed_in_time(tier: Tier, minutes: int) -> None:
    assert after(minutes - 0.1, an_alert(tier=tier)) is None
    assert after(minutes, an_alert(tier=tier)) == Move(1)
    assert WAIT[tier] == timedelta(minutes=minutes)


def test_time_runs_anew_for_each_contact() -> None:
    steps = (a_step(AlertState.OPEN), a_step(AlertState.ESCALATED, 10))
    assert after(19, an_alert(AlertState.ESCALATED, 1), *steps) is None
    assert after(20, an_alert(AlertState.ESCALATED, 1), *steps) == Move(2)


def test_a_note_that_was_sent_still_waits_for_its_confirmation() -> None:
    steps = (a_step(AlertState.OPEN), a_step(AlertState.SENT, 1))
    assert after(9, an_alert(AlertState.SENT), *steps) is None
    assert after(10, an_alert(AlertState.SENT), *steps) == Move(1)


def test_a_note_that_failed_does_not_wait() -> None:
    assert after(0.1, an_alert(AlertState.FAILED), a_step(AlertState.OPEN), a_step(AlertState.FAILED)) == Move(1)


def test_at_the_end_the_client_is_told_what_is_so() -> None:
    told = [a_step(AlertState.OPEN), a_step(AlertState.ESCALATED, 10), a_step(AlertState.ESCALATED, 20)]
    failed = [a_step(AlertState.FAILED, minutes) for minutes in (1, 11, 21)]
    assert after(30, an_alert(AlertState.ESCALATED, 2), *told) == Move(None, "unanswered")
    assert after(30, an_alert(AlertState.FAILED, 2), *told, *failed) == Move(None, "failed")
    assert after(30, an_alert(AlertState.FAILED, 2), *told, failed[0]) == Move(None, "unanswered")
    assert after(99, an_alert(AlertState.ESCALATED, 2), *told, a_step(AlertState.ESCALATED, 30, NOBODY_LEFT)) is None


def test_the_operator_comes_last_and_nobody_stands_twice() -> None:
    assert [contact.code for contact in ROTA.order] == ["one", "two", "operator"]
    assert Rota((Contact("one", 901),), Contact("one", 901)).order == (Contact("one", 901),)
    assert Rota().order == ()


# The words of a note


def test_a_note_says_what_is_needed_and_nothing_of_the_person() -> None:
    out = alerts.note(VOICE, an_alert(), ROTA.order[0])
    for said in ("Alert 7", "urgent", "client-7f3a", "Wrote of wanting to die", "18:00 UTC, 02.03.2026"):
        assert said in out.text
    assert out.to == 901
    assert out.alert == 7
    assert out.priority == Priority.ALERT
    assert [button.data for row in out.buttons for button in row] == ["alert:7:seen", "alert:7:close"]


def test_a_second_contact_learns_that_nobody_confirmed() -> None:
    assert "not yet confirmed" in alerts.note(VOICE, an_alert(), ROTA.order[1], escalated=True).text


@pytest.mark.parametrize("kind", [*Kind, "unread"])
def test_every_reason_has_plain_words(kind: str) -> None:
    alert = Alert(1, None, "client-0000", Tier.T2, (kind,), AlertState.OPEN, BEGIN, 0)
    assert kind not in alerts.note(VOICE, alert, ROTA.order[0]).text or kind == "past"


def test_an_alias_is_not_the_id() -> None:
    assert alerts.alias(Client("7f3a99aa", BEGIN)) == "client-7f3a"


# The whole way


async def test_a_note_goes_to_the_first_contact_without_a_word_of_the_client(watched: Chat) -> None:
    rows = await in_danger(watched)
    assert [row.out.to for row in rows] == [None, 901]
    assert WORDS not in rows[1].out.text
    client = await watched.client()
    assert client is not None
    assert client.episode["alert"] == 1
    assert await states(watched) == ["open"]


async def test_a_confirmation_is_passed_on_once_and_stops_the_clock(watched: Chat) -> None:
    await in_danger(watched)
    rows = await watched.presses("alert:1:seen", staff=901)
    assert sorted((row.chat, row.out.to) for row in rows) == [(501, None), (901, None)]
    assert "seen" in next(row.out.text for row in rows if row.chat == 501)
    again = await watched.presses("alert:1:seen", staff=901)
    assert [row.chat for row in again] == [901]
    assert "confirmed by someone already" in (await watched.presses("alert:1:seen", staff=902))[0].out.text
    assert await ticks(watched, hours=2) == []
    assert await states(watched) == ["open", "seen"]


async def test_without_a_confirmation_everyone_is_told_in_turn_and_then_the_client(watched: Chat) -> None:
    await in_danger(watched)
    told = [[row.out.to for row in await ticks(watched, minutes=10)] for _ in range(4)]
    assert told == [[902], [903], [None], []]
    assert "note" in watched.heard[-1]
    assert await states(watched) == ["open", "escalated", "escalated", "escalated"]


async def test_a_note_nobody_can_get_goes_round_at_once_and_the_client_hears_the_truth(
    watched: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = watched.room.store

    async def staff_cannot_be_reached() -> list[OutboxRow]:
        came: list[OutboxRow] = []
        while rows := await store.outbox.claim(watched.clock.now(), 50):
            for row in rows:
                if row.out.to is None:
                    await store.outbox.sent(row.id, 1, watched.clock.now())
                    came.append(row)
                else:
                    await store.outbox.fail(row.id, watched.clock.now(), "blocked")
        return came

    monkeypatch.setattr(watched, "sent", staff_cannot_be_reached)
    await in_danger(watched)
    assert await ticks(watched) == []
    assert await ticks(watched) == []
    (last,) = await ticks(watched)
    said = {text for entry in VOICE.library.at("crisis.alert.failed") for text in entry.say}
    assert last.out.text in said
    assert await ticks(watched, hours=9) == []


async def test_a_delivered_note_is_on_the_record_and_told_once(watched: Chat) -> None:
    await in_danger(watched)
    for _ in range(2):
        await alerts.delivered(watched.room.store, VOICE, 1, watched.clock.now())
    (row,) = await watched.sent()
    assert row.out.silent
    assert await states(watched) == ["open", "sent"]


async def test_the_texts_for_each_state_differ() -> None:
    texts = [{t for e in VOICE.library.at(f"crisis.alert.{s}") for t in e.say} for s in ("sent", "seen", "failed")]
    assert all(texts)
    assert not texts[0] & texts[1] | texts[1] & texts[2] | texts[0] & texts[2]


async def test_closing_asks_how_it_ended_and_ends_the_episode(watched: Chat) -> None:
    await in_danger(watched)
    (asked,) = await watched.presses("alert:1:close", staff=901)
    assert [b.data for row in asked.out.buttons for b in row] == [f"alert:1:{reason}" for reason in REASONS]
    (closed,) = await watched.presses("alert:1:spoke", staff=901)
    assert "closed" in closed.out.text
    client = await watched.client()
    assert client is not None
    episode = Episode.load(client.episode)
    assert episode is not None
    assert episode.how == "staff:spoke"
    assert "closed" in (await watched.presses("alert:1:seen", staff=902))[0].out.text
    assert await ticks(watched, hours=9) == []


async def test_a_higher_tier_replaces_the_note_before(watched: Chat) -> None:
    await in_danger(watched, Kind.WISH_DEAD, Tier.T2)
    rows = await in_danger(watched)
    assert [row.out.alert for row in rows if row.out.to] == [2]
    assert await states(watched, 1) == ["open", "closed"]


async def test_a_button_of_somebody_not_on_the_list_does_nothing(watched: Chat) -> None:
    await in_danger(watched)
    (row,) = await watched.presses("alert:1:seen", staff=666)
    assert "no alert" in row.out.text
    assert await states(watched) == ["open"]
    (row,) = await watched.presses("alert:99:seen", staff=901)
    assert "no alert" in row.out.text


async def test_somebody_on_call_who_is_a_client_too_can_answer_their_own_note() -> None:
    chat = make_chat(Rota((Contact("self", 501),)))
    await in_danger(chat)
    await chat.presses("alert:1:seen", staff=501)
    assert await states(chat) == ["open", "seen"]


async def test_erasure_ends_the_alert_and_tells_who_knew_of_it(watched: Chat) -> None:
    await in_danger(watched)
    await ticks(watched, minutes=10)
    rows = await watched.presses("forget:yes")
    assert [row.out.to for row in rows if row.out.to] == [901, 902]
    assert await ticks(watched, hours=9) == []
    assert await states(watched) == ["open", "escalated", "closed"]
    assert await watched.room.store.alert_chat(1) is None


async def test_with_nobody_on_the_list_no_alert_is_raised(chat: Chat) -> None:
    rows = await in_danger(chat)
    assert [row.out.to for row in rows] == [None]
    assert (await chat.room.store.counts()).alerts_open == 0
