"""A Bot API for tests, as a real HTTP server: `python -m tests.fakes.bot_api --port 8081`.

Refuses what the real one refuses (tests/fakes/telegram_rules.py) and fails when told to. In a test, use it inside the
loop: `async with FakeBotApi() as api: api.world.client(7).says("hi")`. As a process POST /control/NAME
steers it.
"""

import argparse
import asyncio
import contextlib
import json
import signal
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from aiohttp import web

from tests.fakes.telegram_params import Params, decoded, read_params, true, whole
from tests.fakes.telegram_rules import RefusedError, check_keyboard, check_text
from tests.fakes.telegram_webhook import Deliverer
from tests.fakes.telegram_world import DEFAULT_KINDS, ME, Fault, World


class FakeBotApi:
    """Serves one bot. `url` is what WARMLINE_TELEGRAM__API_BASE takes."""

    def __init__(self, world: World | None = None) -> None:
        self.world = world or World()
        self.url = ""
        self._runner: web.AppRunner | None = None
        self._poll: asyncio.Future[None] | None = None
        self._deliverer = Deliverer(self.world)

    async def __aenter__(self) -> "FakeBotApi":
        return await self.start()

    async def __aexit__(self, *exc: object) -> None:
        await self.stop()

    async def start(self, port: int = 0) -> "FakeBotApi":
        app = web.Application(client_max_size=60 * 2**20)
        app.router.add_route("*", "/bot{token}/{method}", self._call)
        app.router.add_post("/control/{name}", self._control)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", port)
        await site.start()
        bound = self._runner.addresses[0][1]
        self.url = f"http://127.0.0.1:{bound}"
        self._deliverer.start()
        return self

    async def stop(self) -> None:
        await self._deliverer.stop()
        if self._poll and not self._poll.done():
            self._poll.set_result(None)
        if self._runner:
            await self._runner.cleanup()

    # --- one call -------------------------------------------------------------------------------------------------

    async def _call(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        params = await read_params(request)
        if request.match_info["token"] != self.world.token:
            return _refusal(RefusedError(401, "Unauthorized"))
        self.world.calls.append((method, params))
        chat = whole(params.get("chat_id"))
        fault = self.world.take_fault(method, chat)
        if fault and (early := await _early(fault, request)):
            return early
        handler: Callable[[Params], Awaitable[Any]] | None = getattr(self, f"do_{method}", None)
        if handler is None:
            return _refusal(RefusedError(404, "Not Found: method not found"))
        try:
            result = await handler(params)
        except RefusedError as refused:
            return _refusal(refused)
        if fault and fault.mode == "drop_after" and request.transport:
            request.transport.abort()
        return web.json_response({"ok": True, "result": result})

    async def do_getMe(self, params: Params) -> Any:  # noqa: N802
        return ME

    async def do_getUpdates(self, params: Params) -> Any:  # noqa: N802
        world = self.world
        if world.webhook:
            raise RefusedError(
                409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook first"
            )
        if self._poll and not self._poll.done():
            self._poll.set_result(None)
        mine: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._poll = mine
        if "allowed_updates" in params:
            world.allowed = frozenset(decoded(params["allowed_updates"])) or DEFAULT_KINDS
        if (offset := whole(params.get("offset"))) is not None:
            world.forget_below(offset)
        limit = min(whole(params.get("limit")) or 100, 100)
        await self._wait_for_updates(mine, time.monotonic() + float(params.get("timeout") or 0))
        if mine.done():
            raise RefusedError(
                409, "Conflict: terminated by other getUpdates request; make sure that only one bot runs"
            )
        mine.set_result(None)
        return list(world.updates)[:limit]

    async def _wait_for_updates(self, mine: asyncio.Future[None], until: float) -> None:
        while not self.world.updates and not mine.done() and (left := until - time.monotonic()) > 0:
            self.world.changed.clear()
            waker = asyncio.ensure_future(self.world.changed.wait())
            await asyncio.wait({mine, waker}, timeout=left, return_when=asyncio.FIRST_COMPLETED)
            waker.cancel()

    async def do_setWebhook(self, params: Params) -> Any:  # noqa: N802
        self.world.webhook = {"url": params["url"], "secret": params.get("secret_token", "")} if params["url"] else {}
        if "allowed_updates" in params:
            self.world.allowed = frozenset(decoded(params["allowed_updates"]))
        if true(params.get("drop_pending_updates")):
            self.world.updates.clear()
        self.world.webhook and self.world.webhook.update(connections=whole(params.get("max_connections")) or 40)
        self.world.changed.set()
        return True

    async def do_deleteWebhook(self, params: Params) -> Any:  # noqa: N802
        self.world.webhook = {}
        if true(params.get("drop_pending_updates")):
            self.world.updates.clear()
        return True

    async def do_sendMessage(self, params: Params) -> Any:  # noqa: N802
        text = check_text(params.get("text"), params.get("parse_mode"))
        chat = self._reachable(params)
        buttons = check_keyboard(params.get("reply_markup"))
        self._rates(chat)
        silent = true(params.get("disable_notification"))
        sent = self.world.record("sendMessage", chat, text, buttons=buttons, silent=silent)
        return self._message(chat, sent.message, text)

    async def do_editMessageText(self, params: Params) -> Any:  # noqa: N802
        text = check_text(params.get("text"), params.get("parse_mode"))
        chat, number = self._reachable(params), whole(params.get("message_id")) or 0
        shown = [s for s in self.world.sent if s.chat == chat and s.message == number]
        if not shown:
            raise RefusedError(400, "Bad Request: message to edit not found")
        buttons = check_keyboard(params.get("reply_markup"))
        if (shown[-1].text, shown[-1].buttons) == (text, buttons):
            raise RefusedError(400, "Bad Request: message is not modified")
        self.world.record("editMessageText", chat, text, message=number, buttons=buttons)
        return self._message(chat, number, text)

    async def do_sendDocument(self, params: Params) -> Any:  # noqa: N802
        chat = self._reachable(params)
        name, content = params.get("document", ("", b""))
        if not content:
            raise RefusedError(400, "Bad Request: there is no document in the request")
        self._rates(chat)
        sent = self.world.record("sendDocument", chat, content.decode(), document=name)
        return self._message(chat, sent.message, "")

    async def do_sendPhoto(self, params: Params) -> Any:  # noqa: N802
        chat = self._reachable(params)
        name, content = params.get("photo", ("", b""))
        if not content.startswith(b"\x89PNG"):
            raise RefusedError(400, "Bad Request: IMAGE_PROCESS_FAILED")
        caption = str(params.get("caption", ""))
        if len(caption) > 1024:
            raise RefusedError(400, "Bad Request: message caption is too long")
        self._rates(chat)
        buttons = check_keyboard(params.get("reply_markup"))
        sent = self.world.record("sendPhoto", chat, caption, document=name, buttons=buttons)
        return self._message(chat, sent.message, "")

    async def do_answerCallbackQuery(self, params: Params) -> Any:  # noqa: N802
        return True

    async def do_sendChatAction(self, params: Params) -> Any:  # noqa: N802
        self._reachable(params)
        return True

    async def do_setMyCommands(self, params: Params) -> Any:  # noqa: N802
        self.world.commands = decoded(params["commands"])
        return True

    async def do_leaveChat(self, params: Params) -> Any:  # noqa: N802
        self.world.chats.pop(self._reachable(params), None)
        return True

    # --- rules ----------------------------------------------------------------------------------------------------

    def _reachable(self, params: Params) -> int:
        chat = whole(params.get("chat_id"))
        if chat is None or chat not in self.world.chats:
            raise RefusedError(400, "Bad Request: chat not found")
        if chat in self.world.blocked:
            raise RefusedError(403, "Forbidden: bot was blocked by the user")
        return chat

    def _rates(self, chat: int) -> None:
        if not self.world.enforce_rates:
            return
        last = [s for s in self.world.sent[-60:] if s.at > time.monotonic() - 1.0]
        if len(last) >= 30 or sum(s.chat == chat for s in last) >= 4:
            raise RefusedError(429, "Too Many Requests: retry after 1", retry_after=1)

    def _message(self, chat: int, number: int, text: str) -> dict[str, Any]:
        shown = {"id": chat, "type": self.world.chats[chat]}
        return {"message_id": number, "from": ME, "chat": shown, "date": int(time.time()), "text": text}

    # --- steering from outside ------------------------------------------------------------------------------------

    async def _control(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["name"]
        body = await request.json() if request.can_read_body else {}
        world = self.world
        if name == "state":
            return web.json_response(world.dump())
        if name == "fail_next":
            world.fail_next(**body)
            return web.json_response({})
        if name in ("says", "presses", "sends", "edits", "blocks", "unblocks"):
            number = getattr(world.client(int(body.pop("chat"))), name)(**body)
            return web.json_response({"update_id": number})
        return web.json_response({"error": "no such control"}, status=404)


async def _early(fault: Fault, request: web.Request) -> web.StreamResponse | None:
    """What a fault answers before the call takes effect."""
    if fault.mode == "slow":
        await asyncio.sleep(fault.seconds)
        return None
    if fault.mode == "drop_after":
        return None
    if fault.mode == "drop_before" and request.transport:
        request.transport.abort()
    if fault.body is not None:
        return web.Response(status=fault.status, text=fault.body)
    extra = {} if fault.retry_after is None else {"retry_after": fault.retry_after}
    return _refusal(RefusedError(fault.status, fault.description, **extra))


def _refusal(refused: RefusedError) -> web.Response:
    body: dict[str, Any] = {"ok": False, "error_code": refused.status, "description": refused.description}
    if refused.parameters:
        body["parameters"] = refused.parameters
    return web.json_response(body, status=refused.status)


async def _serve(world: World, port: int) -> None:
    api = await FakeBotApi(world).start(port)
    print(api.url, flush=True)
    try:
        await asyncio.Event().wait()
    finally:
        await api.stop()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8081)
    parser.add_argument("--state", type=Path, help="read at start, written at the end")
    args = parser.parse_args()
    known = args.state and args.state.exists()
    world = World.load(json.loads(args.state.read_text())) if known else World()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_serve(world, args.port))
    if args.state:
        args.state.write_text(json.dumps(world.dump()))


if __name__ == "__main__":
    main()
