"""One turn's transaction: reads as it goes, gathers what is to change, and applies it in one go at commit.

Nothing is locked for writing while the ear listens. The same for every database and for the volatile twin, which only
differ in the ground under it.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from secrets import token_hex
from typing import Any, Protocol

from bot.care.records import Alert, AlertState, AlertStep, Client, Keepsake, Letter, Outgoing, Turn
from bot.store.checkin_work import PlanChanges, PlanGround, PlanTurn
from bot.store.errors import StoreError
from nlp.labels import Tier


@dataclass(slots=True)
class Changes:
    """What one transaction changes. Applied: handled, erased, client, plans, turns, and then the rest in this order."""

    handled: set[int] = field(default_factory=set)
    erased: bool = False
    unlinked: bool = False
    added: Client | None = None
    saved: Client | None = None
    turns: list[Turn] = field(default_factory=list)
    kept: dict[str, Keepsake] = field(default_factory=dict)
    let_go: set[str] = field(default_factory=set)
    planning: PlanChanges = field(default_factory=PlanChanges)
    sends: list[tuple[int, Outgoing]] = field(default_factory=list)
    raised: list[Alert] = field(default_factory=list)
    steps: list[tuple[AlertStep, int | None]] = field(default_factory=list)
    recalled: set[int] = field(default_factory=set)
    letters: list[Letter] = field(default_factory=list)
    called_off: list[tuple[int, str]] = field(default_factory=list)  # (alert, contact), before `letters` are put
    counted: Counter[str] = field(default_factory=Counter)

    @property
    def of_client(self) -> bool:
        """Whether anything of a client known before changes."""
        return bool(self.saved or self.turns or self.kept or self.let_go or self.planning)


class Ground(PlanGround, Protocol):
    """What a Work stands on: one chat, held."""

    async def client(self) -> Client | None: ...

    async def turns(self, limit: int) -> list[Turn]:
        """Newest last."""

    async def keepsakes(self, kind: str, limit: int) -> list[Keepsake]:
        """Newest last; of all kinds for ""."""

    async def alert(self, number: int) -> Alert | None: ...

    async def alert_steps(self, number: int) -> list[AlertStep]: ...

    async def unclosed_alerts(self) -> list[Alert]:
        """Those of this client."""

    async def outbox_id(self) -> int: ...

    async def alert_number(self) -> int: ...

    async def apply(self, changes: Changes) -> None:
        """All or nothing, and kept once this returns."""


class ChatWork(PlanTurn):
    """See bot.care.ports.Work. Words sent and alerts raised in the same work outlive its own `erase`."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._changes = Changes()
        super().__init__(ground, self._changes.planning)
        self._known: Client | None = None
        self._loaded = False
        self._alerts: dict[int, Alert] = {}  # as this work has left them
        self._unlinked_from: str | None = None
        self._done = False

    async def client(self) -> Client | None:
        if not self._loaded:
            self._known = await self._ground.client()
            self._loaded = True
        return self._known

    async def add_client(self, client: Client) -> None:
        self._open()
        if await self.client() is not None:
            raise StoreError("This chat has a client already.")
        self._changes.added = self._known = client

    async def save(self, client: Client) -> None:
        self._open()
        known = await self.client()
        if known is None or known.id != client.id:
            raise StoreError("There is no such client in this chat.")
        self._known = client
        if self._changes.added is not None:
            self._changes.added = client
        else:
            self._changes.saved = client

    async def add_turn(self, turn: Turn) -> None:
        self._open()
        if await self.client() is None:
            raise StoreError("There is no client in this chat to keep a turn for.")
        self._changes.turns.append(turn)

    async def turns(self, limit: int = 1000) -> list[Turn]:
        kept = []
        if await self.client() is not None and self._changes.added is None:
            kept = await self._ground.turns(limit)
        return (kept + self._changes.turns)[-limit:] if limit > 0 else []

    async def keep(self, kind: str, value: dict[str, Any], at: datetime) -> Keepsake:
        self._open()
        if await self.client() is None:
            raise StoreError("There is no client in this chat to keep anything for.")
        keepsake = Keepsake(token_hex(8), kind, at, value)
        self._changes.kept[keepsake.id] = keepsake
        return keepsake

    async def kept(self, kind: str = "", limit: int = 1000) -> list[Keepsake]:
        found: list[Keepsake] = []
        if await self.client() is not None and self._changes.added is None:
            found = await self._ground.keepsakes(kind, limit + len(self._changes.let_go))
        found += [k for k in self._changes.kept.values() if kind in ("", k.kind)]
        found = sorted((k for k in found if k.id not in self._changes.let_go), key=lambda k: k.at)
        return found[-limit:] if limit > 0 else []

    async def let_go(self, keepsake: str) -> None:
        self._open()
        if self._changes.kept.pop(keepsake, None) is None:
            self._changes.let_go.add(keepsake)

    async def send(self, out: Outgoing) -> int:
        self._open()
        number = await self._ground.outbox_id()
        self._changes.sends.append((number, out))
        return number

    async def recall(self, rows: Sequence[int]) -> None:
        self._open()
        self._changes.recalled.update(rows)

    async def post(self, letter: Letter) -> None:
        self._open()
        self._changes.letters.append(letter)

    async def call_off(self, alert: int, contact: str = "") -> None:
        self._open()
        self._changes.called_off.append((alert, contact))

    async def count(self, what: str) -> None:
        self._open()
        self._changes.counted[what] += 1

    async def handled(self, inbox_ids: Sequence[int]) -> None:
        self._open()
        self._changes.handled.update(inbox_ids)

    async def raise_alert(self, tier: Tier, kinds: Sequence[str], alias: str, now: datetime) -> Alert:
        self._open()
        client = await self.client()
        alert = Alert(
            number=await self._ground.alert_number(),
            client=client.id if client is not None else None,
            alias=alias,
            tier=tier,
            kinds=tuple(str(kind) for kind in kinds),
            state=AlertState.OPEN,
            raised=now,
            level=0,
        )
        self._changes.raised.append(alert)
        self._alerts[alert.number] = alert
        return alert

    async def alert(self, number: int) -> Alert | None:
        alert = self._alerts.get(number) or await self._ground.alert(number)
        return self._without_link(alert) if alert is not None else None

    async def open_alert(self) -> Alert | None:
        client = await self.client()
        if client is None or self._changes.unlinked:
            return None
        alerts = {a.number: a for a in await self._ground.unclosed_alerts()} | self._alerts
        mine = [a for a in alerts.values() if a.client == client.id and a.state != AlertState.CLOSED]
        return max(mine, key=lambda a: a.number, default=None)

    async def alert_steps(self, number: int) -> list[AlertStep]:
        mine = [step for step, _ in self._changes.steps if step.number == number]
        return await self._ground.alert_steps(number) + mine

    async def step(self, step: AlertStep, level: int | None = None) -> None:
        self._open()
        alert = await self.alert(step.number)
        if alert is None:
            raise StoreError(f"There is no alert {step.number}.")
        self._alerts[step.number] = replace(alert, state=step.state, level=alert.level if level is None else level)
        self._changes.steps.append((step, level))

    async def unlink_alerts(self) -> None:
        self._open()
        client = await self.client()
        self._changes.unlinked = True
        self._unlink(client)

    async def erase(self) -> None:
        self._open()
        client = await self.client()
        self._unlink(client)
        self._changes.erased = True
        self._changes.added = self._changes.saved = self._known = None
        self._changes.turns.clear()
        self._changes.kept.clear()
        self._changes.let_go.clear()
        self._changes.planning.clear()

    def _unlink(self, client: Client | None) -> None:
        self._unlinked_from = client.id if client is not None else None
        self._changes.raised = [self._without_link(alert) for alert in self._changes.raised]
        self._alerts = {number: self._without_link(alert) for number, alert in self._alerts.items()}

    def _without_link(self, alert: Alert) -> Alert:
        gone = self._unlinked_from is not None and alert.client == self._unlinked_from
        return replace(alert, client=None) if gone else alert

    async def commit(self) -> None:
        self._open()
        self._done = True
        await self._ground.apply(self._changes)

    def _open(self) -> None:
        if self._done:
            raise StoreError("This unit of work was committed already.")
