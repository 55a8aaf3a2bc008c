"""How fast Telegram lets a bot talk: about one message a second to a chat, thirty in all (its FAQ for bots).

The outbox owns what leaves first; here is only when. A message counts from when it leaves until a second after its
call ended, because calls bunch up on their way: then no second at Telegram's end holds more than the limit. All times
are monotonic seconds handed in.
"""

from collections import deque
from dataclasses import dataclass, field

OVERALL = 30  # in any second
CHAT_BURST = 3.0
CHAT_RATE = 1.0  # a second


@dataclass(slots=True)
class Rates:
    """With `on` false everything is free, except the pause a 429 asked for."""

    on: bool = True
    _flying: int = 0
    _recent: deque[float] = field(default_factory=deque)
    _chats: dict[int, tuple[float, float]] = field(default_factory=dict)  # chat -> (tokens, as of)
    _frozen_until: float = 0.0

    def freeze(self, until: float) -> None:
        """A 429 came: nothing leaves before `until`."""
        self._frozen_until = max(self._frozen_until, until)

    def free(self, now: float) -> int:
        """How many messages may leave right now, whatever their chat."""
        if now < self._frozen_until:
            return 0
        if not self.on:
            return OVERALL * 10
        while self._recent and self._recent[0] <= now - 1.0:
            self._recent.popleft()
        return max(OVERALL - self._flying - len(self._recent), 0)

    def left(self, chat: int, now: float) -> None:
        """One message to `chat` sets out."""
        if self.on:
            self._flying += 1
            self._chats[chat] = self._tokens(chat, now) - 1.0, now

    def landed(self, chat: int, now: float) -> None:
        """Its call ended, one way or the other."""
        if self.on:
            self._flying -= 1
            self._recent.append(now)
            tokens, _ = self._chats.get(chat, (CHAT_BURST - 1.0, now))
            self._chats[chat] = tokens, now

    def wait(self, chat: int, now: float) -> float:
        """Seconds until the next message to `chat` may leave, as far as is known now."""
        pause = max(self._frozen_until - now, 0.0)
        if self.on:
            pause = max(pause, (1.0 - self._tokens(chat, now)) / CHAT_RATE)
            if not self.free(now):
                pause = max(pause, self._next_slot(now))
        return pause

    def cooling(self, now: float) -> list[int]:
        """Chats that have to wait; forgets those that are long rested."""
        for chat in [c for c in self._chats if self._tokens(c, now) >= CHAT_BURST]:
            del self._chats[chat]
        return [chat for chat in self._chats if self._tokens(chat, now) < 1.0]

    def next_free(self, now: float) -> float:
        """Seconds until something may have changed: at most a second, or the end of a freeze."""
        if now < self._frozen_until:
            return self._frozen_until - now
        if self.on and not self.free(now):
            return self._next_slot(now)
        waits = [(1.0 - self._tokens(chat, now)) / CHAT_RATE for chat in self.cooling(now)]
        return min([1.0, *(max(w, 0.001) for w in waits)])

    def _next_slot(self, now: float) -> float:
        """With every slot in the air it cannot be known; a landing wakes the messenger anyway."""
        return max(self._recent[0] + 1.0 - now, 0.001) if self._recent else 0.05

    def _tokens(self, chat: int, now: float) -> float:
        tokens, as_of = self._chats.get(chat, (CHAT_BURST, now))
        return min(CHAT_BURST, tokens + (now - as_of) * CHAT_RATE)
