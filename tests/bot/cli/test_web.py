"""The console alone: the first Ctrl-C ends it, while it is made ready and while a page is under way."""

import asyncio
import contextlib
import os
import signal
import socket
import time
from pathlib import Path

import pytest

from bot import wiring
from bot.cli import practitioner, web
from bot.settings import Settings
from tests.bot.console.conftest import Staffed, empty

__all__ = ["empty"]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


async def test_one_signal_ends_it_though_a_page_is_under_way(empty: Staffed) -> None:
    server, deployment = {"host": "127.0.0.1", "port": free_port()}, {"practitioner_mode": True}
    settings = Settings.model_validate({"server": server, "deployment": deployment})

    async def opened() -> None:
        asyncio.get_running_loop().create_task(half_a_form())

    async def half_a_form() -> None:
        _, out = await asyncio.open_connection("127.0.0.1", settings.server.port)
        out.write(b"POST /console/enter/x HTTP/1.1\r\nhost: x\r\ncontent-length: 99\r\n\r\ntoken=")
        await out.drain()
        await asyncio.sleep(0.2)
        lines.append(out)
        signalled.append(time.monotonic())
        os.kill(os.getpid(), signal.SIGINT)

    signalled: list[float] = []
    lines: list[asyncio.StreamWriter] = []
    await asyncio.wait_for(web.serve_pages(settings, empty.room, opened), 10)
    assert time.monotonic() - signalled[0] < 2
    for line in lines:
        line.close()
        with contextlib.suppress(ConnectionError):
            await line.wait_closed()


def test_the_ear_is_read_where_ctrl_c_is_heard_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Inside a loop the first Ctrl-C would only be heard when the loop has its turn again."""

    def interrupted(home: Path) -> None:
        with pytest.raises(RuntimeError):
            asyncio.get_running_loop()
        raise KeyboardInterrupt

    async def is_demo(settings: Settings, home: Path) -> bool:
        return True

    monkeypatch.setattr(wiring, "load_ear", interrupted)
    monkeypatch.setattr(practitioner, "_is_demo", is_demo)
    monkeypatch.setenv("WARMLINE_HOME", str(tmp_path))
    with pytest.raises(KeyboardInterrupt):
        practitioner.look(None)
