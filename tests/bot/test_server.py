"""The web face: webhook behind its secret, health, metrics without identifiers."""

import io
import json
from collections.abc import AsyncIterator

import aiohttp
import pytest
import uvicorn

from bot.care.ports import Counts, Store
from bot.server import SECRET_HEADER, build_app
from bot.store.volatile import VolatileStore
from bot.telegram.intake import BODY_LIMIT, Intake, Webhook
from bot.telegram.tally import Tally
from tests.bot.telegram.conftest import HandClock, message

SECRET = "a-secret-of-this-test"
UPDATE = json.dumps({"update_id": 4, "message": message("hi")}).encode()


class Door:
    def __init__(self, store: Store) -> None:
        self.tally, self.ready = Tally(), True
        self.webhook: Webhook | None = Webhook(Intake(store.inbox, HandClock(), lambda chats: None, self.tally), SECRET)


@pytest.fixture
def store() -> Store:
    return VolatileStore()


@pytest.fixture
def door(store: Store) -> Door:
    return Door(store)


class Web:
    def __init__(self, url: str, session: aiohttp.ClientSession) -> None:
        self.url, self.session = url, session

    async def get(self, path: str) -> tuple[int, str]:
        async with self.session.get(self.url + path) as answer:
            return answer.status, await answer.text()

    async def post(self, body: bytes | io.BytesIO, secret: str | None = SECRET) -> int:
        headers = {SECRET_HEADER: secret} if secret is not None else {}
        async with self.session.post(f"{self.url}/telegram", data=body, headers=headers) as answer:
            return answer.status


@pytest.fixture
async def web(store: Store, door: Door) -> AsyncIterator[Web]:
    server = uvicorn.Server(uvicorn.Config(build_app(store.counts, door), port=0, log_config=None, lifespan="off"))
    config = server.config
    config.load()
    server.lifespan = config.lifespan_class(config)
    await server.startup()
    port = server.servers[0].sockets[0].getsockname()[1]
    async with aiohttp.ClientSession() as session:
        yield Web(f"http://127.0.0.1:{port}", session)
    await server.shutdown()


async def test_webhook_takes_an_update_once(web: Web, store: Store) -> None:
    assert await web.post(UPDATE) == 200
    assert await web.post(UPDATE) == 200
    assert len(await store.inbox.waiting(7)) == 1


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET + "x", "ÿ"])
async def test_webhook_without_the_secret_is_refused(web: Web, store: Store, secret: str | None) -> None:
    assert await web.post(UPDATE, secret) == 401
    assert await store.inbox.waiting_chats() == []


async def test_webhook_limits_the_body(web: Web) -> None:
    assert await web.post(io.BytesIO(b"x" * (BODY_LIMIT + 1))) == 413
    assert await web.post(b"{nonsense") == 400


async def test_health_and_readiness(web: Web, door: Door, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    assert await web.get("/healthz") == (200, "ok\n")
    assert await web.get("/readyz") == (200, "ready\n")
    door.ready = False
    assert (await web.get("/readyz"))[0] == 503
    assert (await web.get("/healthz"))[0] == 200


async def test_a_database_that_does_not_answer_is_not_ready(door: Door) -> None:
    async def broken() -> Counts:
        raise OSError("gone")

    from starlette.testclient import TestClient

    assert TestClient(build_app(broken, door)).get("/readyz").status_code == 503


async def test_metrics_are_numbers_only(web: Web, door: Door) -> None:
    await web.post(UPDATE)
    door.tally.sent = 5
    status, text = await web.get("/metrics")
    assert status == 200
    assert "warmline_inbox_waiting 1.0" in text
    assert "warmline_telegram_sent_total 5.0" in text
    assert not any("{" in line for line in text.splitlines() if not line.startswith("#"))


async def test_no_webhook_route_when_polling(store: Store, door: Door) -> None:
    door.webhook = None
    assert "/telegram" not in [getattr(route, "path", "") for route in build_app(store.counts, door).routes]
