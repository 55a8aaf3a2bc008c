"""The state behind the fake Bot API: updates not yet fetched, messages sent, chats, faults asked for."""

import asyncio
import time
from collections import deque
from dataclasses import asdict, dataclass, field
from typing import Any

DEFAULT_KINDS = frozenset({"message", "edited_message", "callback_query", "my_chat_member", "channel_post"})
ME = {"id": 1000, "is_bot": True, "first_name": "Warmline", "username": "warmline_test_bot"}


@dataclass(frozen=True)
class Sent:
    """One call that took effect, with the monotonic time in seconds it did."""

    method: str
    chat: int
    text: str
    at: float
    message: int
    buttons: tuple[tuple[tuple[str, str], ...], ...] = ()
    silent: bool = False
    document: str = ""


@dataclass
class Fault:
    """What the next matching call gets. mode: "status", "drop_before", "drop_after" or "slow"."""

    method: str
    status: int = 500
    description: str = "Internal Server Error"
    retry_after: int | None = None
    mode: str = "status"
    seconds: float = 0.0
    chat: int | None = None
    times: int = 1
    body: str | None = None


@dataclass
class World:
    token: str = "1000:TEST"
    updates: deque[dict[str, Any]] = field(default_factory=deque)
    sent: list[Sent] = field(default_factory=list)
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    chats: dict[int, str] = field(default_factory=dict)  # id -> type
    blocked: set[int] = field(default_factory=set)
    faults: list[Fault] = field(default_factory=list)
    allowed: frozenset[str] = DEFAULT_KINDS
    commands: list[dict[str, str]] = field(default_factory=list)
    webhook: dict[str, Any] = field(default_factory=dict)
    next_update: int = 1
    next_message: int = 1
    enforce_rates: bool = False
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    to_chat: dict[int, list[Sent]] = field(default_factory=dict)
    awaited: dict[int, asyncio.Future[None]] = field(default_factory=dict)

    def add(self, kind: str, body: Any) -> int:
        """Queue an update of `kind`; returns its id, or 0 when the bot did not ask for that kind."""
        if kind not in self.allowed:
            return 0
        return self.add_raw({kind: body})

    def add_raw(self, update: dict[str, Any]) -> int:
        number, self.next_update = self.next_update, self.next_update + 1
        self.updates.append({"update_id": number, **update})
        self.changed.set()
        return number

    def forget_below(self, offset: int) -> None:
        if offset < 0:
            while len(self.updates) > -offset:
                self.updates.popleft()
            return
        while self.updates and self.updates[0]["update_id"] < offset:
            self.updates.popleft()

    def message_id(self) -> int:
        number, self.next_message = self.next_message, self.next_message + 1
        return number

    def record(self, method: str, chat: int, text: str, **more: Any) -> Sent:
        message = more.pop("message", None) or self.message_id()
        sent = Sent(method, chat, text, time.monotonic(), message, **more)
        self.sent.append(sent)
        self.to_chat.setdefault(chat, []).append(sent)
        self.changed.set()
        if (waiter := self.awaited.pop(chat, None)) is not None and not waiter.done():
            waiter.set_result(None)
        return sent

    def next_to(self, chat: int) -> asyncio.Future[None]:
        """Done as soon as something more is sent to this chat."""
        if chat not in self.awaited:
            self.awaited[chat] = asyncio.get_running_loop().create_future()
        return self.awaited[chat]

    def fail_next(
        self, method: str, status: int = 500, description: str = "Internal Server Error", **more: Any
    ) -> None:
        """The next `times` calls of `method` (to `chat`, if given) go wrong as told."""
        self.faults.append(Fault(method, status, description, **more))

    def take_fault(self, method: str, chat: int | None) -> Fault | None:
        for fault in self.faults:
            if fault.method == method and fault.chat in (None, chat):
                fault.times -= 1
                if fault.times <= 0:
                    self.faults.remove(fault)
                return fault
        return None

    def client(self, chat: int) -> "FakeClient":
        self.chats.setdefault(chat, "private" if chat > 0 else "supergroup")
        return FakeClient(self, chat)

    def texts(self, chat: int) -> list[str]:
        return [s.text for s in self.to_chat.get(chat, []) if s.method != "editMessageText"]

    def peak(self, seconds: float = 1.0, chat: int | None = None) -> int:
        """The most messages that left in any stretch of `seconds`, to one chat or to all."""
        times = [s.at for s in self.sent if chat in (None, s.chat)]
        return max((sum(1 for t in times if start <= t < start + seconds) for start in times), default=0)

    def dump(self) -> dict[str, Any]:
        """All that has to outlive the process, as JSON."""
        keep = ("token", "commands", "webhook", "next_update", "next_message", "enforce_rates")
        return {name: getattr(self, name) for name in keep} | {
            "updates": list(self.updates),
            "sent": [asdict(s) for s in self.sent],
            "chats": {str(chat): kind for chat, kind in self.chats.items()},
            "blocked": sorted(self.blocked),
            "allowed": sorted(self.allowed),
        }

    @classmethod
    def load(cls, state: dict[str, Any]) -> "World":
        special = {
            "updates": deque(state["updates"]),
            "sent": [Sent(**s) for s in state["sent"]],
            "chats": {int(chat): kind for chat, kind in state["chats"].items()},
            "blocked": set(state["blocked"]),
            "allowed": frozenset(state["allowed"]),
        }
        world = cls(**{**state, **special})
        for sent in world.sent:
            world.to_chat.setdefault(sent.chat, []).append(sent)
        return world


@dataclass(frozen=True)
class FakeClient:
    """A person with a phone. Each method queues one update and returns its id."""

    world: World
    chat: int

    def _message(self, **content: Any) -> dict[str, Any]:
        kind = self.world.chats.get(self.chat, "private")
        return {
            "message_id": self.world.message_id(),
            "from": {"id": abs(self.chat), "is_bot": False, "first_name": "C"},
            "chat": {"id": self.chat, "type": kind},
            "date": int(time.time()),
            **content,
        }

    def says(self, text: str, **more: Any) -> int:
        content: dict[str, Any] = {"text": text, **more}
        if text.startswith("/"):
            content["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text.split()[0])}]
        return self.world.add("message", self._message(**content))

    def sends(self, **content: Any) -> int:
        """A message of another kind, as `sends(voice={...})`."""
        return self.world.add("message", self._message(**content))

    def edits(self, message: int, text: str) -> int:
        return self.world.add("edited_message", {**self._message(text=text), "message_id": message})

    def presses(self, data: str, message: int = 1, old: bool = False) -> int:
        chat = {"id": self.chat, "type": self.world.chats.get(self.chat, "private")}
        shown = {"message_id": message, "chat": chat, "date": 0 if old else int(time.time())}
        query = f"q{self.world.next_update}"
        sender = {"id": abs(self.chat), "is_bot": False, "first_name": "C"}
        body = {"id": query, "from": sender, "message": shown, "chat_instance": "1", "data": data}
        return self.world.add("callback_query", body)

    def _membership(self, before: str, after: str) -> int:
        body = self._message(
            old_chat_member={"user": ME, "status": before}, new_chat_member={"user": ME, "status": after}
        )
        body.pop("message_id")
        return self.world.add("my_chat_member", body)

    def blocks(self) -> int:
        self.world.blocked.add(self.chat)
        return self._membership("member", "kicked")

    def unblocks(self) -> int:
        self.world.blocked.discard(self.chat)
        return self._membership("kicked", "member")

    def adds_bot(self) -> int:
        return self._membership("left", "member")

    def heard(self) -> list[str]:
        """What this person was sent, oldest first."""
        return self.world.texts(self.chat)
