"""Nothing of a person's leaves: markers planted wherever a life has room for words, and no file that has one."""

import asyncio
import re
import sqlite3
import tempfile
from dataclasses import replace
from pathlib import Path
from random import Random

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.care.records import Alert, AlertState, AlertStep, Client, Consent, Keepsake, Settings, Turn
from bot.care.research.profile import SENSITIVE, quasi
from bot.care.research.records import Life, Study
from bot.research import codebook, tables
from bot.research.staging import Staged, stage
from bot.store.volatile import VolatileStore
from nlp.labels import Tier
from tests.bot.research.conftest import STUDY, make
from tests.bot.research.world import BEGIN, PROGRAM, Shape, World

WORDS, NAME, CHAT = "xyzzy plugh the words of Marguerite", "Marguerite", 7418529637418
CLOCK = f"{BEGIN:%H:%M}"
# "15:33" of the first contact, its date, the words, the name and the chat in every form they could take.
FORBIDDEN = re.compile(r"xyzzy|plugh|marguerite|7418529637418|2026-0[1-9]-\d\d|\b\d\d:\d\d\b|client-1234|duty-1", re.I)


def spoil(life: Life, random: Random) -> Life:
    """Words where labels belong, in a few places of every life."""
    person = replace(
        life.person, country=random.choice(["GB", NAME, life.person.country]), zone=random.choice(["", NAME])
    )
    turns = list(life.turns)
    for place in random.sample(range(len(turns)), min(2, len(turns))):
        turns[place] = spoilt_turn(turns[place], random)
    kept = [
        Keepsake(k.id, k.kind, k.at, {**k.value, random.choice(["name", "from", "after", "value"]): NAME})
        for k in life.kept
    ]
    alerts = [(spoilt_alert(a), (*steps, spoilt_step(a))) for a, steps in life.alerts]
    slots = [
        replace(slot, kind=NAME, why=WORDS, words=(WORDS,)) if random.random() < 0.2 else slot
        for slot in life.check_ins
    ]
    return replace(
        life, person=person, turns=tuple(turns), kept=tuple(kept), alerts=tuple(alerts), check_ins=tuple(slots)
    )


def spoilt_turn(turn: Turn, random: Random) -> Turn:
    found = dict(turn.labels)
    for name in random.sample(sorted(found), 6):
        found[name] = random.choice([NAME, [NAME], [NAME, "fear"], {"a": NAME}, CHAT, WORDS])
    found[NAME] = WORDS
    return Turn(turn.at, WORDS, WORDS, turn.tier, found, (WORDS,), (NAME,), (NAME,))


def spoilt_alert(alert: Alert) -> Alert:
    return Alert(alert.number, NAME, NAME, alert.tier, (NAME,), alert.state, alert.raised, 0)


def spoilt_step(alert: Alert) -> AlertStep:
    return AlertStep(alert.number, AlertState.CLOSED, alert.raised, NAME, WORDS)


def staged(world: World, folder: Path, study: Study = STUDY) -> Staged:
    specs = codebook.load(PROGRAM.lists)
    asyncio.run(world.add_study(study))
    return asyncio.run(stage(world, study, PROGRAM.known, specs, codebook.regions(), folder, lambda n, of: None))


@settings(max_examples=8)
@given(seed=st.integers(0, 1 << 32), risky=st.sampled_from([0.0, 0.2, 0.9]))
def test_no_marker_is_in_any_table(seed: int, risky: float) -> None:
    with tempfile.TemporaryDirectory() as name:
        found = staged(World(Shape(people=12, turns=6, risky=risky, spoil=spoil), seed=seed), Path(name))
        protected = tables.protect(found, 5)
        seen = [tables.participants(found, protected, codebook.load({})["participants"]).write_csv()]
        for table, parts in found.parts.items():
            seen += [tables.guarded(pl.read_parquet(part), table, protected).write_csv() for part in parts]
    assert not FORBIDDEN.search("\n".join(seen))


def texts(folder: Path) -> dict[str, str]:
    """Every file as what it holds; compressed ones opened."""
    found = {}
    for path in folder.iterdir():
        if path.suffix == ".parquet":
            found[path.name] = pl.read_parquet(path).write_csv()
        elif path.suffix == ".db":
            with sqlite3.connect(path) as database:
                found[path.name] = "\n".join(database.iterdump())
            database.close()
        else:
            found[path.name] = path.read_text(encoding="utf-8")
        found[f"{path.name} as bytes"] = path.read_bytes().decode("latin-1") if path.suffix != ".parquet" else ""
    return found


def test_no_marker_is_in_any_file_of_a_whole_export(tmp_path: Path) -> None:
    make(World(Shape(people=40, spoil=spoil)), tmp_path / "out", drawn=True, sqlite=True, attack=True)
    found = texts(tmp_path / "out")
    assert len(found) > 20
    for name, text in found.items():
        assert not FORBIDDEN.search(text), (name, FORBIDDEN.search(text))


def test_from_a_real_store_neither(tmp_path: Path) -> None:
    """Names, memory, own words, cards: what the store knows of a person and research is never handed."""
    store = VolatileStore(now=lambda: BEGIN)

    async def fill() -> None:
        for number in range(12):
            at = BEGIN.replace(day=1 + number)
            consents = [Consent(purpose, True, "1", at) for purpose in ("talk", "research_labels")]
            client = Client(f"{NAME}{number}", at, consents, Settings("GB", "Europe/London", NAME, off_limits=[WORDS]))
            client.memory = {"phrases": [{"text": WORDS}], "last_said": WORDS}
            async with store.work(CHAT + number) as work:
                await work.add_client(client)
                tier = Tier(number % 3)
                await work.add_turn(
                    Turn(
                        at,
                        WORDS,
                        WORDS,
                        tier,
                        {"feelings": ["fear"]},
                        (WORDS,),
                        ("listening.shelf.entry-1",),
                        ("validation",),
                    )
                )
                for kind in ("helped", "hope", "card", "kindness", "kinder", "mark"):
                    await work.keep(kind, {"text": WORDS, "value": 3, "from": "check_in"}, at)
                if tier >= Tier.T2:
                    await work.raise_alert(tier, (NAME,), NAME, at)
                await work.commit()

    asyncio.run(fill())
    make(store.research(), tmp_path / "out", Study("first"), sqlite=True)  # type: ignore[arg-type]
    for name, text in texts(tmp_path / "out").items():
        assert not FORBIDDEN.search(text), name
    assert pl.read_csv(tmp_path / "out" / "marks.csv").height == 12


@settings(max_examples=15)
@given(seed=st.integers(0, 1 << 32), k=st.sampled_from([5, 11]))
def test_k_and_l_hold_over_any_database(seed: int, k: int) -> None:
    check_k_and_l(seed, k)


def check_k_and_l(seed: int, k: int) -> None:
    """One random database: its people as the table shows them."""
    random = Random(seed)
    shape = Shape(
        people=random.randint(1, 70), turns=random.randint(1, 4), risky=random.choice([0.0, 0.05, 0.5, 1.0]),
        countries=tuple(random.choices(["GB", "DE", "IE", "JP", "BR", ""], k=random.randint(1, 6))),
        spread=random.choice([1, 30, 200]),
        pronouns=tuple(random.choices(["", "she/her", "he", "they", "she or they", "xe"], k=random.randint(1, 7))),
    )  # fmt: skip
    with tempfile.TemporaryDirectory() as name:
        asked = random.random() < 0.5
        found = staged(World(shape, seed=seed), Path(name), replace(STUDY, pronouns=asked))
        protected = tables.protect(found, k)
        people = tables.participants(found, protected, codebook.load({}, pronouns=asked)["participants"])
    if shape.people < k:
        assert people.height == 0
        return
    assert people.height == shape.people
    notes = {profile.code: profile.note if protected.alerts_shown else "hidden" for profile in found.profiles}
    people = people.with_columns(pl.col("participant").replace_strict(notes).alias("note"))
    groups = people.group_by(quasi(pronouns=asked)).agg(pl.len(), *(pl.col(field).n_unique() for field in SENSITIVE))
    assert groups["len"].min() >= k  # type: ignore[operator]
    for field in SENSITIVE:
        assert set(people[field]) == {"hidden"} or groups[field].min() >= 2  # type: ignore[operator]
    assert set(people.filter(pl.col("region") == "hidden")["clock_known"]) <= {"hidden"}


@pytest.mark.evidence
def test_k_and_l_hold_on_a_thousand_databases() -> None:
    for seed in range(1000):
        check_k_and_l(seed, 5 if seed % 2 else 11)
