"""Plans and slots of the in-memory twin: the same rules as in SQL, said in plain Python."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from bot.care.checkins.plan import Plan, Slot, SlotState
from bot.care.checkins.ports import Due
from bot.store.checkin_codec import asked_of, due_of, pack_plan, unpack_plan
from bot.store.checkin_tables import State
from bot.store.checkin_work import LEFT, PlanChanges
from bot.store.errors import ConflictError
from bot.store.following import SLOT_OF
from bot.store.tables import OutboxState

_OPEN = (SlotState.PLANNED, SlotState.SENDING)


@dataclass(slots=True)
class KeptPlans:
    """One client's."""

    plans: dict[str, bytes] = field(default_factory=dict)
    slots: dict[str, Slot] = field(default_factory=dict)


class VolatileCheckIns:
    """See bot.care.checkins.ports.DuePlans."""

    def __init__(self) -> None:
        self.clients: dict[int, KeptPlans] = {}
        self._due: dict[tuple[int, str], datetime] = {}
        self._leases: dict[tuple[int, str], datetime] = {}

    async def claim(self, now: datetime, limit: int, lease: datetime) -> Sequence[Due]:
        free = (key for key in self._due if key not in self._leases or self._leases[key] <= now)
        due = sorted((self._due[key], *key) for key in free if self._due[key] <= now)[:limit]
        self._leases.update({(chat, plan): lease for _, chat, plan in due})
        return [Due(chat, plan) for _, chat, plan in due]

    def plans(self, chat: int) -> list[Plan]:
        return [unpack_plan(body) for body in self.clients.get(chat, KeptPlans()).plans.values()]

    def slots(self, chat: int, limit: int) -> list[Slot]:
        mine = self.clients.get(chat, KeptPlans()).slots.values()
        return sorted(mine, key=lambda slot: (slot.day, slot.number))[-limit:]

    def next(self, chat: int) -> datetime | None:
        """When the clock looks at one of the plans next."""
        return min((at for (where, _), at in self._due.items() if where == chat), default=None)

    def asked(self, chat: int) -> datetime | None:
        """Since when one of the plans waits for the client's answer."""
        return min((at for plan in self.plans(chat) if (at := asked_of(plan)) is not None), default=None)

    def slot(self, chat: int, slot: str) -> Slot | None:
        return self.clients.get(chat, KeptPlans()).slots.get(slot)

    def check(self, chat: int, changes: PlanChanges) -> None:
        """Raises ConflictError when a day had its check-in already."""
        taken: set[tuple[date, int]] = {(s.day, s.number) for s in self.clients.get(chat, KeptPlans()).slots.values()}
        for slot in changes.slots:
            if (slot.day, slot.number) in taken:
                raise ConflictError("That day has its check-in already; nothing of this turn was kept.")
            taken.add((slot.day, slot.number))

    def apply(self, chat: int, changes: PlanChanges) -> None:
        mine = self.clients.setdefault(chat, KeptPlans())
        for plan in changes.plans.values():
            mine.plans[plan.id] = pack_plan(plan)
            self._due.pop((chat, plan.id), None)
            self._leases.pop((chat, plan.id), None)
            due = due_of(plan)
            if due is not None:
                self._due[chat, plan.id] = due
        mine.slots.update({slot.id: slot for slot in changes.slots})
        for number, at in changes.answered.items():
            slot = mine.slots.get(number)
            if slot is not None and slot.state in LEFT:
                mine.slots[number] = replace(slot, state=SlotState.ANSWERED, changed=at)

    def follow(self, row: int, state: OutboxState, now: datetime, why: str = "") -> None:
        """An outbox row moved on: its slot goes with it, unless it was closed before."""
        for mine in self.clients.values():
            for slot in mine.slots.values():
                if slot.outbox == row and slot.state in _OPEN:
                    mine.slots[slot.id] = replace(slot, state=State(SLOT_OF[state]).said, changed=now, why=why[:64])
                    return

    def erase(self, chat: int) -> None:
        self.clients.pop(chat, None)
        self._due = {key: at for key, at in self._due.items() if key[0] != chat}
        self._leases = {key: at for key, at in self._leases.items() if key[0] != chat}
