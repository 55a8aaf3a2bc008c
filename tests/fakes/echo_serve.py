"""`serve` with an echo for a mind: the real store and door, quick to start, for killing it often.

Reads the same environment as `warmline serve`, prints "ready" on stderr, and what `recover` found before that.
"""

import asyncio
import contextlib
import json
import os
import sys
from pathlib import Path

import uvicorn

from bot.clock import SystemClock
from bot.server import build_app
from bot.store.opening import open_store
from bot.telegram.door import TelegramDoor, stop_on_signals
from bot.telegram.ports import DoorSettings, WebhookSettings
from tests.fakes.echo_care import EchoCare

SECRET = "a-secret-of-this-test"


def settings() -> DoorSettings:
    url = os.environ.get("WARMLINE_TELEGRAM__WEBHOOK__URL", "")
    return DoorSettings(
        token=os.environ["WARMLINE_TELEGRAM__TOKEN"],
        api_base=os.environ["WARMLINE_TELEGRAM__API_BASE"],
        webhook=WebhookSettings(url, os.environ["WARMLINE_TELEGRAM__WEBHOOK__SECRET"]) if url else None,
        settle_seconds=0.0,
        rate_limits=False,
    )


async def serve() -> None:
    stopped = stop_on_signals(asyncio.get_running_loop())
    home = Path(os.environ["WARMLINE_HOME"])
    store = await open_store(f"sqlite:///{home}/warmline.db", b"k" * 32)
    door = TelegramDoor(store, EchoCare(store), SystemClock(), settings())
    web = None
    if door.webhook is not None:
        port = int(os.environ["WARMLINE_SERVER__PORT"])
        config = uvicorn.Config(build_app(store.counts, door), port=port, log_config=None, lifespan="off")
        web = uvicorn.Server(config)
        web.capture_signals = contextlib.nullcontext  # type: ignore[assignment]
        serving = asyncio.create_task(web.serve())
    found = await door.start()
    sys.stderr.write(json.dumps({"event": "recovered the outbox", "counts": found}) + "\nready\n")
    await stopped.wait()
    await door.stop()
    if web is not None:
        web.should_exit = True
        await serving
    await store.close()


if __name__ == "__main__":
    asyncio.run(serve())
