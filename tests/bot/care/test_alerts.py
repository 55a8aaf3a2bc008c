"""A note to a human: who is told and when, and that what the client hears of it is what happened."""

from datetime import timedelta

import pytest

from bot.care import alerts
from bot.care.alerts import notes
from bot.care.alerts.notes import Shared
from bot.care.alerts.record import AGAIN, NOBODY_LEFT, REASONS, REMINDED, ROUNDS, WAIT, Move, due, holder, reminder_due
from bot.care.episode import Episode
from bot.care.ports import OutboxRow
from bot.care.records import Alert, AlertState, AlertStep, Client, Priority
from bot.care.rota import Contact, Rota
from nlp.labels import Kind, Tier
from tests.bot.care.conftest import BEGIN, VOICE, Chat, make_chat, risk

WORDS = "what only the person should have written"
ROTA = Rota((Contact("one", 901), Contact("two", 902)), Contact("operator", 903))
URGENT = (Kind.INTENT_OR_ATTEMPT_NOW, Tier.T3)


def an_alert(state: AlertState = AlertState.OPEN, level: int = 0, tier: Tier = Tier.T3) -> Alert:
    return Alert(7, "abc", "client-7f3a", tier, ("hopelessness", "wish_dead"), state, BEGIN, level)


def a_step(state: AlertState, minutes: float = 0, why: str = "", who: str = "clock") -> AlertStep:
    return AlertStep(7, state, BEGIN + timedelta(minutes=minutes), who, why)


ONE, TWO, OPERATOR = ROTA.order
FIRST = a_step(AlertState.OPEN, 0, "T3 to one")
SECOND = a_step(AlertState.ESCALATED, 10, "to two")
THIRD = a_step(AlertState.ESCALATED, 20, "to operator")


def after(minutes: float, alert: Alert, *steps: AlertStep, rota: Rota = ROTA) -> Move | None:
    return due(alert, steps or (FIRST,), rota, BEGIN + timedelta(minutes=minutes))


async def in_danger(chat: Chat, kind: Kind = URGENT[0], tier: Tier = URGENT[1]) -> list[OutboxRow]:
    if await chat.client() is None:
        await chat.agrees()
    return await chat.says(chat.understands(WORDS, **risk(kind, tier)))


async def states(chat: Chat, number: int = 1) -> list[str]:
    return [step.state.value for step in await chat.room.store.alert_steps(number)]


# What is due, as a pure decision


@pytest.mark.parametrize(("tier", "minutes"), [(Tier.T3, 10), (Tier.T2, 60)])
def test_the_next_contact_is_told_when_nobody_confirmed_in_time(tier: Tier, minutes: int) -> None:
    assert after(minutes - 0.1, an_alert(tier=tier)) is None
    assert after(minutes, an_alert(tier=tier)) == Move(TWO)
    assert WAIT[tier] == timedelta(minutes=minutes)


def test_time_runs_anew_for_each_contact() -> None:
    assert after(19, an_alert(AlertState.ESCALATED, 1), FIRST, SECOND) is None
    assert after(20, an_alert(AlertState.ESCALATED, 1), FIRST, SECOND) == Move(OPERATOR)


def test_a_contact_told_in_the_future_is_not_waited_for() -> None:
    """The machine's clock was set back over a restart: how long ago it was nobody knows."""
    assert after(-120, an_alert()) == Move(TWO)
    assert after(-0.5, an_alert()) is None


def test_a_note_that_was_sent_still_waits_for_its_confirmation() -> None:
    steps = (FIRST, a_step(AlertState.SENT, 1, "telegram one"))
    assert after(9, an_alert(AlertState.SENT), *steps) is None
    assert after(10, an_alert(AlertState.SENT), *steps) == Move(TWO)


def test_a_contact_who_cannot_be_reached_by_any_way_is_not_waited_for() -> None:
    failed = (FIRST, a_step(AlertState.FAILED, 0.05))
    assert after(0.1, an_alert(AlertState.FAILED), *failed) == Move(TWO)
    two_ways = Rota((Contact("one", 901, mail="one@example.org"), TWO))
    assert after(0.1, an_alert(AlertState.FAILED), *failed, rota=two_ways) is None
    assert after(0.2, an_alert(AlertState.FAILED), *failed, a_step(AlertState.FAILED, 0.1), rota=two_ways) == Move(TWO)


def test_at_the_end_the_client_is_told_what_is_so() -> None:
    told = (FIRST, SECOND, THIRD)
    failed = [a_step(AlertState.FAILED, minutes) for minutes in (1, 11, 21)]
    sent = a_step(AlertState.SENT, 1, "telegram one")
    assert after(30, an_alert(AlertState.ESCALATED, 2), *told, sent) == Move(None, "unanswered")
    assert after(30, an_alert(AlertState.ESCALATED, 2), *told) == Move(None, "failed")
    assert after(22, an_alert(AlertState.FAILED, 2), *told, *failed) == Move(None, "failed")


def test_after_everybody_was_told_they_are_told_again_and_not_for_ever() -> None:
    steps = [FIRST, SECOND, THIRD, a_step(AlertState.ESCALATED, 30, NOBODY_LEFT)]
    alert = an_alert(AlertState.ESCALATED, 2)
    wait = AGAIN[Tier.T3].total_seconds() / 60
    assert after(30 + wait - 0.1, alert, *steps) is None
    assert after(30 + wait, alert, *steps) == Move(ONE, again=True)
    again = [*steps, a_step(AlertState.ESCALATED, 60, "to one")]
    assert after(69, alert, *again) is None
    assert after(70, alert, *again) == Move(TWO, again=True)
    whole = [*again, *(a_step(AlertState.ESCALATED, at, f"to {c}") for at, c in ((70, "two"), (80, "operator")))]
    assert after(90, alert, *whole) == Move(None, "unanswered")
    ended = [a_step(AlertState.ESCALATED, 30 + n, NOBODY_LEFT) for n in range(ROUNDS)]
    assert after(9999, alert, FIRST, SECOND, THIRD, *ended) is None


def test_who_comes_on_duty_later_is_told_then() -> None:
    nobody = a_step(AlertState.OPEN, 0, "T2 nobody on duty")
    assert after(500, an_alert(tier=Tier.T2), nobody, rota=Rota(off_duty=(ONE,))) is None
    assert after(500, an_alert(tier=Tier.T2), nobody, rota=Rota((ONE,))) == Move(ONE)
    ended = (FIRST, a_step(AlertState.ESCALATED, 10, NOBODY_LEFT))
    assert after(11, an_alert(AlertState.ESCALATED), *ended, rota=Rota((ONE, TWO))) == Move(TWO, again=True)


def test_who_has_an_alert_and_when_they_are_reminded() -> None:
    seen = a_step(AlertState.SEEN, 5, "", "one")
    assert holder((FIRST,)) == ""
    assert holder((FIRST, seen)) == "one"
    assert holder((FIRST, seen, a_step(AlertState.ESCALATED, 6, "to two", "one"))) == ""
    alert, at = an_alert(AlertState.SEEN), BEGIN + timedelta(minutes=5)
    assert reminder_due(alert, (FIRST, seen), at + timedelta(hours=1, minutes=59)) == ""
    assert reminder_due(alert, (FIRST, seen), at + timedelta(hours=2)) == "one"
    twice = [a_step(AlertState.SEEN, 6, REMINDED)] * 2
    assert reminder_due(alert, (FIRST, seen, *twice), at + timedelta(days=9)) == ""


# The words of a note


def test_a_note_says_what_is_needed_and_nothing_of_the_person() -> None:
    out = notes.note(VOICE, an_alert(), 901, Shared())
    for said in (
        "Alert 7",
        "urgent",
        "client-7f3a",
        "Wrote of wanting to die",
        "18:00 UTC, 02.03.2026",
        "no way to be",
    ):
        assert said in out.text
    assert (out.to, out.alert, out.priority) == (901, 7, Priority.ALERT)
    actions = [button.data.rpartition(":")[2] for row in out.buttons for button in row]
    assert actions == ["seen", "write", "called", "hand", "close"]


def test_what_the_client_left_stands_in_the_note_and_in_no_letter() -> None:
    given = Shared("0123 456", "my aunt Ilse", ("first words", "second words"))
    out = notes.note(VOICE, an_alert(), 901, given)
    assert all(said in out.text for said in ("0123 456", "my aunt Ilse", "first words", "second words"))
    for letter in notes.letters(VOICE, an_alert(), Contact("one", mail="one@example.org", webhook=True), None):
        for said in ("0123", "Ilse", "words\n", "first words"):
            assert said not in repr(letter)


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ("escalated", "not yet confirmed"), ("handed", "handed on to you"), ("again", "anyone on the list"),
        ("waited", "nobody was on duty"), ("raised", "in place of the one you had"),
    ],
)  # fmt: skip
def test_a_note_says_why_it_comes(how: str, said: str) -> None:
    assert said in notes.note(VOICE, an_alert(), 901, Shared(), {how}).text


@pytest.mark.parametrize("kind", [*Kind, "unread"])
def test_every_reason_has_plain_words(kind: str) -> None:
    alert = Alert(1, None, "client-0000", Tier.T2, (kind,), AlertState.OPEN, BEGIN, 0)
    assert kind not in notes.note(VOICE, alert, 1, Shared()).text or kind == "past"


def test_an_alias_is_not_the_id() -> None:
    assert notes.alias(Client("7f3a99aa", BEGIN)) == "client-7f3a"


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
    assert "with someone else already" in (await watched.presses("alert:1:seen", staff=902))[0].out.text
    assert await watched.ticks(hours=1) == []
    assert await states(watched) == ["open", "seen"]


async def test_without_a_confirmation_everyone_is_told_in_turn_and_then_the_client(watched: Chat) -> None:
    await in_danger(watched)
    told = [[row.out.to for row in await watched.ticks(minutes=10)] for _ in range(4)]
    assert told == [[902], [903], [None], []]
    assert "note" in watched.heard[-1]
    assert await states(watched) == ["open", "escalated", "escalated", "escalated"]
    assert [row.out.to for row in await watched.ticks(minutes=20)] == [901]  # and round again


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
    assert await watched.ticks() == []
    assert await watched.ticks() == []
    (last,) = await watched.ticks()
    said = {text for entry in VOICE.library.at("crisis.alert.failed") for text in entry.say}
    assert last.out.text in said


async def test_a_delivered_note_is_on_the_record_and_told_once(watched: Chat) -> None:
    await in_danger(watched)
    for _ in range(2):
        await alerts.delivered(watched.room.store, VOICE, 1, "duty-1", "telegram", watched.clock.now())
    (row,) = await watched.sent()
    assert row.out.silent
    assert await states(watched) == ["open", "sent"]
    assert (await watched.room.store.alert_steps(1))[-1].why == "telegram duty-1"


async def test_the_texts_for_each_state_differ() -> None:
    texts = [{t for e in VOICE.library.at(f"crisis.alert.{s}") for t in e.say} for s in ("sent", "seen", "failed")]
    assert all(texts)
    assert not texts[0] & texts[1] | texts[1] & texts[2] | texts[0] & texts[2]


async def test_closing_asks_how_it_ended_and_ends_the_episode(watched: Chat) -> None:
    await in_danger(watched)
    (asked,) = await watched.presses("alert:1:close", staff=901)
    assert [b.data for row in asked.out.buttons for b in row] == [f"alert:1:{reason}" for reason in REASONS]
    rows = await watched.presses("alert:1:spoke", staff=901)
    assert [row.out.to is None and row.chat for row in rows if row.chat == 501] == [501]
    assert all(any(word in row.out.text for word in ("closed", "finished", "done")) for row in rows)
    client = await watched.client()
    assert client is not None
    episode = Episode.load(client.episode)
    assert episode is not None
    assert episode.how == "staff:spoke"
    assert "closed" in (await watched.presses("alert:1:seen", staff=902))[0].out.text
    assert await watched.ticks(hours=9) == []


async def test_could_not_reach_them_ends_the_note_and_not_the_episode(watched: Chat) -> None:
    await in_danger(watched)
    rows = await watched.presses("alert:1:no_contact", staff=901)
    assert any("reach" in row.out.text or "get through" in row.out.text for row in rows if row.chat == 501)
    client = await watched.client()
    assert client is not None
    assert (await watched.room.store.counts()).alerts_open == 0
    assert Episode.load(client.episode).closed is None  # type: ignore[union-attr]


async def test_a_higher_tier_replaces_the_note_and_who_had_the_first_hears_of_it(watched: Chat) -> None:
    await in_danger(watched, Kind.WISH_DEAD, Tier.T2)
    await watched.ticks(minutes=60)
    await watched.presses("alert:1:seen", staff=902)
    rows = await in_danger(watched)
    assert [(row.out.to, row.out.alert) for row in rows if row.out.to] == [(901, 2), (902, 2)]
    assert "in place of the one you had" in rows[-1].out.text
    assert await states(watched, 1) == ["open", "escalated", "seen", "closed"]


async def test_one_alert_an_episode(watched: Chat) -> None:
    for _ in range(4):
        await in_danger(watched)
    assert [alert.number for _, alert in await watched.room.store.unclosed()] == [1]


async def test_it_can_be_handed_on_and_the_clock_runs_anew(watched: Chat) -> None:
    await in_danger(watched)
    await watched.presses("alert:1:seen", staff=901)
    (asked,) = await watched.presses("alert:1:hand", staff=901)
    assert [b.data for row in asked.out.buttons for b in row] == ["alert:1:to:duty-2", "alert:1:to:operator"]
    rows = await watched.presses("alert:1:to:duty-2", staff=901)
    assert {row.out.to or row.chat for row in rows} == {901, 902, 501}
    assert "passed it on" in next(r.out.text for r in rows if r.chat == 501) or watched.heard
    assert [row.out.to for row in await watched.ticks(minutes=10)] == [903]
    await watched.presses("alert:1:seen", staff=902)
    assert holder(await watched.room.store.alert_steps(1)) == "duty-2"


async def test_each_who_takes_it_over_is_told_to_the_client(watched: Chat) -> None:
    """After "passed on, not answered yet" the answer of the next one is news."""
    await in_danger(watched)
    await watched.presses("alert:1:seen", staff=901)
    await watched.presses("alert:1:to:duty-2", staff=901)
    rows = await watched.presses("alert:1:seen", staff=902)
    assert sum(row.chat == 501 for row in rows) == 1
    assert sum(row.chat == 501 for row in await watched.presses("alert:1:seen", staff=902)) == 0


async def test_a_call_is_noted_and_told_and_counts_as_having_it(watched: Chat) -> None:
    await in_danger(watched)
    rows = await watched.presses("alert:1:called", staff=901)
    (said,) = [row.out.text for row in rows if row.chat == 501]
    assert "call" in said  # which says as well that it was seen
    assert [step.why for step in await watched.room.store.alert_steps(1)][-1] == "called"
    assert await watched.ticks(minutes=30) == []


async def test_who_has_it_is_reminded_of_it(watched: Chat) -> None:
    await in_danger(watched)
    await watched.presses("alert:1:seen", staff=901)
    (row,) = await watched.ticks(hours=2)
    assert row.out.to == 901
    assert "still open" in row.out.text
    assert len(await watched.ticks(hours=2)) == 1
    assert await watched.ticks(hours=48) == []


async def test_last_words_stand_in_a_note_only_with_consent(watched: Chat) -> None:
    await in_danger(watched)
    assert WORDS not in "".join(watched.heard)
    other = make_chat(ROTA)
    await other.agrees()
    await other.presses("consent:alert_content:on")
    rows = await in_danger(other)
    assert WORDS in next(row.out.text for row in rows if row.out.to == 901)
    assert "last messages" in next(row.out.text for row in rows if row.out.to is None)


async def test_letters_follow_when_telegram_does_not_deliver_in_time() -> None:
    chat = make_chat(Rota((Contact("one", 901, mail="one@example.org", webhook=True),)))
    await in_danger(chat)
    letters = chat.room.store.letters
    assert await letters.claim(chat.clock.now(), 9) == []
    chat.clock.pass_(minutes=2)
    assert {row.letter.channel.value for row in await letters.claim(chat.clock.now(), 9)} == {"mail", "webhook"}


@pytest.mark.parametrize("how", ["delivered", "seen", "closed"])
async def test_letters_are_called_off_when_they_are_not_needed(how: str) -> None:
    chat = make_chat(Rota((Contact("one", 901, mail="one@example.org"),)))
    await in_danger(chat)
    if how == "delivered":
        await alerts.delivered(chat.room.store, VOICE, 1, "one", "telegram", chat.clock.now())
    else:
        await chat.presses(f"alert:1:{'seen' if how == 'seen' else 'spoke'}", staff=901)
    chat.clock.pass_(hours=1)
    assert await chat.room.store.letters.claim(chat.clock.now(), 9) == []


async def test_a_letter_leaves_at_once_where_there_is_no_other_way_or_the_other_failed() -> None:
    chat = make_chat(Rota((Contact("one", None, mail="one@example.org"),)))
    await in_danger(chat)
    assert len(await chat.room.store.letters.claim(chat.clock.now(), 9)) == 1
    chat = make_chat(Rota((Contact("one", 901, mail="one@example.org"),)))
    await chat.agrees()
    chat.understands(WORDS, **risk(*URGENT))
    blocked = chat.room.store.outbox
    original = blocked.sent

    async def staff_blocked(row: int, message: int, now: object) -> None:
        await (
            blocked.fail(row, chat.clock.now(), "forbidden")
            if blocked.rows[row].chat == 901
            else original(row, message, now)
        )  # type: ignore

    blocked.sent = staff_blocked  # type: ignore
    await chat.says(WORDS)
    assert len(await chat.room.store.letters.claim(chat.clock.now(), 9)) == 1
    assert await states(chat) == ["open", "failed"]
    assert await chat.ticks(minutes=1) == []  # the mail may still be read


async def test_the_night_is_waited_out_and_the_first_on_duty_is_told(watched: Chat) -> None:
    night = make_chat(Rota(off_duty=(ONE,), hours="Mon-Fri 09:00-17:00 (Berlin time)"))
    rows = await in_danger(night)
    assert [row.out.to for row in rows] == [None]
    assert "Mon-Fri 09:00-17:00" in rows[0].out.text
    assert await night.ticks(hours=9) == []
    now = night.clock.now()
    assert await alerts.look_after(night.room.store, Rota((ONE,)), VOICE, now) == 1
    (row,) = await night.sent()
    assert row.out.to == 901
    assert "nobody was on duty" in row.out.text


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
    await watched.ticks(minutes=10)
    rows = await watched.presses("forget:yes")
    assert [row.out.to for row in rows if row.out.to] == [901, 902]
    assert await watched.ticks(hours=9) == []
    assert await states(watched) == ["open", "escalated", "closed"]
    assert await watched.room.store.alert_chat(1) is None


async def test_with_nobody_on_the_list_no_alert_is_raised(chat: Chat) -> None:
    rows = await in_danger(chat)
    assert [row.out.to for row in rows] == [None]
    assert (await chat.room.store.counts()).alerts_open == 0
