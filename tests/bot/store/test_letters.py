"""Letters, counters and recalled words: the same promises in memory, in SQLite and in PostgreSQL."""

from datetime import timedelta

from bot.care.records import AlertState, AlertStep, Channel, Client, Delivery, Letter, Outgoing
from nlp.labels import Tier
from tests.bot.store.conftest import NOW, Place

CHAT, STAFF = 501, 901


def letter(contact: str = "anna", later: int = 0) -> Letter:
    due = NOW + timedelta(minutes=later) if later else None
    return Letter(Channel.MAIL, "anna@example.org", contact, 1, "subject", "text", {"alert": 1}, due)


async def raised(place: Place, *letters: Letter):  # type: ignore[no-untyped-def]
    store = await place.open()
    async with store.work(CHAT) as work:
        await work.add_client(Client("k3v9", NOW))
        await work.raise_alert(Tier.T3, ["wish_dead"], "client-k3v9", NOW)
        await work.step(AlertStep(1, AlertState.OPEN, NOW, "client", "T3 to anna"))
        for one in letters:
            await work.post(one)
        await work.commit()
    return store


async def test_a_letter_is_due_in_its_time_and_once(place: Place) -> None:
    store = await raised(place, letter(), letter("ben", 10))
    (row,) = await store.letters.claim(NOW, 9)
    assert (row.letter, row.attempts) == (letter(), 1)
    assert await store.letters.claim(NOW, 9) == []
    await store.letters.sent(row.id, NOW)
    (later,) = await store.letters.claim(NOW + timedelta(minutes=10), 9)
    await store.letters.put_off(later.id, NOW + timedelta(minutes=20), "mail_451")
    assert await store.letters.claim(NOW + timedelta(minutes=19), 9) == []
    (again,) = await store.letters.claim(NOW + timedelta(minutes=20), 9)
    assert again.attempts == 2
    assert (await store.counts()).letters_waiting == 1


async def test_what_a_killed_program_had_in_hand_is_due_again(place: Place) -> None:
    store = await raised(place, letter())
    await store.letters.claim(NOW, 9)
    assert await store.letters.recover(NOW) == 1
    assert len(await store.letters.claim(NOW, 9)) == 1


async def test_a_failed_note_hastens_the_letters_and_a_failed_letter_is_on_the_record(place: Place) -> None:
    store = await raised(place, letter(later=30))
    async with store.work(CHAT) as work:
        await work.send(Outgoing("note", to=STAFF, alert=1))
        await work.commit()
    (note,) = await store.outbox.claim(NOW, 9)
    await store.outbox.fail(note.id, NOW, "forbidden")
    (row,) = await store.letters.claim(NOW, 9)
    await store.letters.fail(row.id, NOW, "mail_550")
    assert [step.why for step in await store.alert_steps(1)] == ["T3 to anna", "forbidden", "mail_550"]


async def test_letters_are_called_off_by_contact_or_all(place: Place) -> None:
    store = await raised(place, letter("anna"), letter("ben"), letter("cem"))
    async with store.work(CHAT) as work:
        await work.call_off(1, "ben")
        await work.commit()
    assert {row.letter.contact for row in await store.letters.claim(NOW, 9)} == {"anna", "cem"}


async def test_erasure_takes_letters_along(place: Place) -> None:
    store = await raised(place, letter())
    async with store.work(CHAT) as work:
        await work.client()
        await work.erase()
        await work.commit()
    assert await store.letters.claim(NOW, 9) == []


async def test_only_ones_own_waiting_words_are_recalled(place: Place) -> None:
    store = await raised(place)
    async with store.work(CHAT) as work:
        mine = await work.send(Outgoing("later", not_before=NOW + timedelta(hours=1)))
        await work.commit()
    async with store.work(STAFF) as work:
        await work.recall([mine])
        await work.commit()
    async with store.work(CHAT) as work:
        kept = await work.send(Outgoing("stays", not_before=NOW + timedelta(hours=1)))
        await work.recall([mine])
        await work.commit()
    (row,) = await store.outbox.claim(NOW + timedelta(hours=2), 9)
    assert row.id == kept


async def test_counters_add_up_and_name_nobody(place: Place) -> None:
    store = await raised(place)
    for _ in range(3):
        async with store.work(CHAT) as work:
            await work.count("year:2026:referrals")
            await work.commit()
    assert await store.tallies() == {"year:2026:referrals": 3}


async def test_the_newest_step_of_a_contact_is_found(place: Place) -> None:
    store = await raised(place)
    async with store.work(CHAT) as work:
        for why in ("writing", "wrote", "other"):
            await work.step(AlertStep(1, AlertState.SEEN, NOW, "anna", why))
        assert [step.why for step in await work.alert_steps(1)] == ["T3 to anna", "writing", "wrote", "other"]
        await work.commit()
    found = await store.last_step("anna", ("writing", "wrote"))
    assert found is not None
    assert found.why == "wrote"
    assert await store.last_step("ben", ("writing",)) is None


async def test_what_only_seems_to_be_in_hand_is_due_again(place: Place) -> None:
    """As after a claim whose answer was lost on its way."""
    store = await raised(place, letter())
    await store.letters.claim(NOW, 9)
    assert await store.letters.claim(NOW, 9) == []
    assert await store.letters.reclaim() == 1
    assert len(await store.letters.claim(NOW, 9)) == 1


async def test_rows_that_seem_to_be_in_hand_are_due_again_and_those_that_are_stay(place: Place) -> None:
    store = await place.open()
    for chat, out in ((1, Outgoing("a")), (2, Outgoing("b")), (3, Outgoing("c", delivery=Delivery.AT_MOST_ONCE))):
        async with store.work(chat) as work:
            await work.send(out)
            await work.commit()
    first = await store.outbox.claim(NOW, 1)
    await store.outbox.claim(NOW, 9)
    assert await store.outbox.reclaim([first[0].id], NOW) == 2
    assert sorted(row.out.text for row in await store.outbox.claim(NOW, 9)) == ["b", "c"]


async def test_after_the_clock_was_set_back_nothing_waits_for_its_old_time(place: Place) -> None:
    store = await raised(place, letter(later=60))
    async with store.work(CHAT) as work:
        await work.send(Outgoing("put off"))
        await work.send(Outgoing("for later", not_before=NOW + timedelta(hours=20)))
        await work.commit()
    (row,) = await store.outbox.claim(NOW, 9)
    await store.outbox.put_off(row.id, NOW + timedelta(hours=1), "no_connection")
    await store.outbox.recover(NOW)
    await store.letters.recover(NOW)
    assert [row.out.text for row in await store.outbox.claim(NOW, 9)] == ["put off"]
    assert len(await store.letters.claim(NOW, 9)) == 1


async def test_word_to_the_operator_belongs_to_no_alert_and_its_failure_is_on_no_record(place: Place) -> None:
    store = await place.open()
    async with store.work(STAFF) as work:
        await work.post(Letter(Channel.MAIL, "ops@example.org", "operator", 0, "subject", "text"))
        await work.commit()
    (row,) = await store.letters.claim(NOW, 9)
    await store.letters.fail(row.id, NOW, "mail_550")
    assert (await store.counts()).letters_failed == 1
    await store.try_writing()
