"""What research sees of a store: choices and label rows, never words; study ids that can be destroyed."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.care.records import AlertState, AlertStep, Client, Consent, Settings, Turn
from bot.care.research.records import Record, Study
from bot.store.errors import StoreError
from nlp.labels import Tier
from tests.bot.store.conftest import NOW, Place

WORDS = "these words of Marguerite are nobody's business"


async def fill(store, chat: int, handle: str, *, turns: int = 2) -> None:  # type: ignore[no-untyped-def]
    client = Client(
        handle,
        NOW,
        [Consent("talk", True, "1", NOW), Consent("research_labels", True, "1", NOW)],
        Settings(country="DE", zone="Europe/Berlin", name="Marguerite", off_limits=[WORDS]),
        memory={"phrases": [WORDS]},
    )
    async with store.work(chat) as work:
        await work.add_client(client)
        for number in range(turns):
            at = NOW + timedelta(hours=number)
            await work.add_turn(
                Turn(at, WORDS, WORDS, Tier.T1, {"feelings": ["fear"]}, ("entry:a.b",), ("a.b",), ("safety",))
            )
        await work.keep("mark", {"value": 3}, NOW)
        await work.keep("kindness", {"text": WORDS}, NOW)
        await work.commit()
    async with store.work(chat) as work:
        alert = await work.raise_alert(Tier.T2, ("wish_dead",), "client-1", NOW)
        await work.step(AlertStep(alert.number, AlertState.SENT, NOW + timedelta(minutes=3), "clock"))
        await work.commit()


STUDY = Study("one", date(2026, 1, 1), None, "to see", "someone", "1", "you agree")


async def test_pages_of_people_end(place: Place) -> None:
    store = await place.open()
    for number, handle in enumerate(["c3", "a1", "b2"]):
        await fill(store, 500 + number, handle)
    research = store.research(staff=[501])
    first = await research.people("one", "", 2)
    second = await research.people("one", first[-1].handle, 2)
    assert [person.handle for person in (*first, *second)] == ["a1", "b2", "c3"]
    assert [person.test for person in (*first, *second)] == [True, False, False]
    assert await research.people("one", "c3", 2) == []
    assert first[0].country == "DE"
    assert first[0].consented("research_labels")


async def test_a_life_has_labels_and_no_words(place: Place) -> None:
    store = await place.open()
    await fill(store, 500, "a1")
    (life,) = await store.research().lives("one", ["gone", "a1"])
    assert [turn.labels for turn in life.turns] == [{"feelings": ["fear"]}] * 2
    assert [turn.heard + turn.said for turn in life.turns] == ["", ""]
    assert [keepsake.kind for keepsake in life.kept] == ["mark"]
    ((alert, steps),) = life.alerts
    assert (alert.tier, [step.state for step in steps]) == (Tier.T2, [AlertState.SENT])
    assert "Marguerite" not in repr(life)


async def test_words_are_opened_only_with_the_second_consent(place: Place) -> None:
    store = await place.open()
    await fill(store, 500, "a1")
    assert await store.research().said("one", ["a1", "gone"]) == []
    async with store.work(500) as work:
        client = await work.client()
        assert client is not None
        client.consents.append(Consent("research_text", True, "1", NOW))
        await work.save(client)
        await work.commit()
    (said,) = await store.research().said("one", ["a1", "gone"])
    assert [words for _, words in said.words] == [WORDS] * 2
    assert WORDS not in repr(said)


async def test_label_rows_outlive_the_words(place: Place) -> None:
    store = await place.open()
    await fill(store, 500, "a1")
    before = await store.research().lives("one", ["a1"])
    assert await store.purge(NOW + timedelta(days=60), 30) == 2
    assert await store.research().lives("one", ["a1"]) == before


async def test_study_ids_are_each_study_s_own_and_stay(place: Place) -> None:
    store = await place.open()
    await fill(store, 500, "a1")
    research = store.research()
    for name in ("one", "two"):
        await research.add_study(Study(name))
        await research.give_codes(name, {"a1": f"P{name}"})
    await research.give_codes("one", {"a1": "Pother"})
    assert [p.code for p in await research.people("one", "", 9)] == ["Pone"]
    assert [p.code for p in await research.people("two", "", 9)] == ["Ptwo"]
    assert await research.destroy_codes("one") == 1
    assert [p.code for p in await research.people("one", "", 9)] == [None]
    assert [p.code for p in await research.people("two", "", 9)] == ["Ptwo"]


async def test_who_is_erased_loses_the_link(lasting: Place) -> None:
    store = await lasting.open()
    await fill(store, 500, "a1")
    research = store.research()
    await research.add_study(Study("one"))
    await research.give_codes("one", {"a1": "Pone"})
    async with store.work(500) as work:
        await work.erase()
        await work.commit()
    assert await research.destroy_codes("one") == 0
    assert await research.people("one", "", 9) == []


async def test_a_study_is_kept_as_it_was_made(place: Place) -> None:
    research = (await place.open()).research()
    await research.add_study(STUDY)
    assert await research.study("one") == STUDY
    assert await research.study("two") is None
    with pytest.raises(StoreError, match="already"):
        await research.add_study(Study("one"))
    await research.add_study(Study("all"))
    assert [study.name for study in await research.studies()] == ["all", "one"]


async def test_every_export_is_on_the_record(place: Place) -> None:
    research = (await place.open()).research()
    at = datetime(2026, 5, 1, 12, tzinfo=UTC)
    made = [
        Record("one", at + timedelta(days=n), "me", "why", {"k": 5}, {"participants": n}, {"a": "b"}) for n in (1, 2)
    ]
    for record in made:
        await research.record(record)
    assert await research.records("one") == made
    assert await research.records("two") == []
