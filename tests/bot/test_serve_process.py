"""The real `serve` as a process: it comes up, answers, ends in order when asked, and keeps nobody's words in clear.

What people wrote stands neither in its log, at the most talkative level, nor in clear in any file it leaves.
"""

import asyncio
import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.fakes.bot_api import FakeBotApi
from tests.fakes.killing import ROOT, end, environment, start

SERVE = [str(Path(sys.executable).with_name("warmline")), "serve"]
READY_SECONDS = 120.0  # beside other tests on a loaded machine; alone it is a few (docs/measurements.md)
CHATS = 8
_RUN = 4  # words in a row that no log and no file may hold


def texts_of(found: Any) -> Iterator[str]:
    if isinstance(found, str):
        yield found
    elif isinstance(found, dict | list):
        for one in found.values() if isinstance(found, dict) else found:
            yield from texts_of(one)


def sentences() -> list[str]:
    """What the tests let people say: everyday lines, and messages of risk."""
    said = (ROOT / "tests" / "bench" / "lines.txt").read_text(encoding="utf-8").splitlines()
    for file in sorted((ROOT / "tests" / "nlp" / "crisis").glob("*.yaml")):
        said += texts_of(yaml.load(file.read_text(encoding="utf-8"), yaml.CSafeLoader))
    return [line for line in dict.fromkeys(said) if len(line.split()) >= _RUN and len(line) < 1_000]


def runs(said: Sequence[str]) -> set[bytes]:
    """Every four words in a row of what was said."""
    found = set()
    for line in said:
        words = line.split(" ")
        found |= {" ".join(words[at : at + _RUN]).encode() for at in range(len(words) - _RUN + 1)}
    return found


def held(place: bytes, said: Sequence[str]) -> list[bytes]:
    return [run for run in runs(said) if run in place]


def files(home: Path) -> bytes:
    """All that lies there, byte for byte; the model in the cache is no one's words."""
    kept = (path for path in sorted(home.rglob("*")) if path.is_file() and "cache" not in path.parts)
    return b"".join(path.read_bytes() for path in kept)


async def answered(api: FakeBotApi, chat: int, before: int) -> None:
    ends = time.monotonic() + 120
    while len(api.world.texts(chat)) <= before:
        assert time.monotonic() < ends, "no answer"
        await asyncio.sleep(0.01)


async def talk(api: FakeBotApi, chat: int, lines: Sequence[str]) -> None:
    client = api.world.client(chat)
    client.presses("consent:talk")
    await answered(api, chat, 0)
    for line in lines:
        before = len(client.heard())
        client.says(line)
        await answered(api, chat, before)


async def live(home: Path, said: Sequence[str]) -> None:
    async with FakeBotApi() as api:
        chosen = {**environment(api, home, webhook=False), "WARMLINE_LOG__LEVEL": "debug"}
        served = await start(SERVE, chosen)
        await served.until_ready(READY_SECONDS)
        await asyncio.gather(*(talk(api, chat, said[chat - 1 :: CHATS]) for chat in range(1, CHATS + 1)))
        while_up = files(home)
        assert await end(served, hard=False) == 0
        assert not api.world.updates
    log = "\n".join(served.lines).encode()
    assert b"Traceback" not in log
    assert b'"level": "error"' not in log
    assert b'"level": "debug"' in log or b'"level": "info"' in log
    for place in (log, while_up, files(home)):
        assert held(place, said) == []


async def test_it_comes_up_answers_ends_and_keeps_no_words_in_clear(tmp_path: Path, model_cache: Path) -> None:
    shutil.copytree(model_cache, tmp_path / "cache")
    await live(tmp_path, sentences()[::120])  # all of them in the evidence below


@pytest.mark.evidence
async def test_nothing_any_test_says_stands_in_log_or_file(tmp_path: Path) -> None:
    said = sentences()
    assert len(said) > 500
    await live(tmp_path, said)


def test_the_search_would_find_words() -> None:
    said = ["my sister called about the wedding"]
    assert held(b'{"event": "called about the wedding"}', said)
    assert not held(b'{"event": "turn failed: KeyError"}', said)
