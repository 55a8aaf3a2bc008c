"""One export that many tests look at, and a short way to make others."""

import asyncio
from contextlib import nullcontext
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from bot.care.research.records import Study
from bot.research import report
from bot.research.export import export
from bot.research.facts import Options
from bot.research.papers import Export
from tests.bot.research.world import PROGRAM, Shape, World

STUDY = Study("first", purpose="to see", contact="someone", consent_version="1", consent_text="labels, never words")


def make(world: World, out: Path, study: Study = STUDY, *, drawn: bool = False, **options: Any) -> Export:
    """An export; the report takes a second and is drawn only where it is looked at."""
    drawing = nullcontext() if drawn else patch.object(report, "write")
    with drawing:
        return asyncio.run(export(world, study, out, PROGRAM, Options(**options), lambda what, n, of: None))


@pytest.fixture(scope="session")
def world() -> World:
    return World(Shape(people=160))


@pytest.fixture(scope="session")
def folder(world: World, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A study with everything that can be asked for."""
    out = tmp_path_factory.mktemp("export") / "first"
    make(world, out, drawn=True, sqlite=True, attack=True)
    return out
