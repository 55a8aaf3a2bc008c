"""The part of a turn's transaction that concerns check-ins: what it changes, and what it then sees of its own."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol

from bot.care.checkins.plan import Plan, Slot, SlotState
from bot.care.records import Client
from bot.store.errors import StoreError

LEFT = (SlotState.SENDING, SlotState.SENT, SlotState.UNKNOWN)  # may be answered


@dataclass(slots=True)
class PlanChanges:
    """Applied: withdrawn, plans, slots, answered."""

    plans: dict[str, Plan] = field(default_factory=dict)
    slots: list[Slot] = field(default_factory=list)
    answered: dict[str, datetime] = field(default_factory=dict)
    withdrawn: str = ""  # why

    def __bool__(self) -> bool:
        return bool(self.plans or self.slots or self.answered or self.withdrawn)

    def clear(self) -> None:
        self.plans.clear()
        self.slots.clear()
        self.answered.clear()
        self.withdrawn = ""


class PlanGround(Protocol):
    async def plans(self) -> list[Plan]: ...

    async def slots(self, limit: int) -> list[Slot]:
        """Newest last."""

    async def slot(self, slot: str) -> Slot | None: ...


class PlanTurn:
    """See bot.care.checkins.ports.PlanWork."""

    def __init__(self, ground: PlanGround, planning: PlanChanges) -> None:
        self._of_plans = ground
        self._planning = planning

    async def client(self) -> Client | None:
        raise NotImplementedError

    def _open(self) -> None:
        """Raises StoreError once the work was committed."""
        raise NotImplementedError

    async def plans(self) -> list[Plan]:
        found = {plan.id: plan for plan in await self._of_plans.plans()} if await self.client() else {}
        return sorted((found | self._planning.plans).values(), key=lambda plan: (plan.made, plan.id))

    async def put_plan(self, plan: Plan) -> None:
        await self._with_client()
        self._planning.plans[plan.id] = plan

    async def slots(self, limit: int = 100) -> list[Slot]:
        kept = await self._of_plans.slots(limit) if await self.client() and limit > 0 else []
        found = [self._seen(slot) for slot in [*kept, *self._planning.slots]]
        return sorted(found, key=lambda slot: (slot.day, slot.number))[-limit:] if limit > 0 else []

    async def put_slot(self, slot: Slot) -> None:
        await self._with_client()
        self._planning.slots.append(slot)

    async def slot(self, slot: str) -> Slot | None:
        found = next((mine for mine in self._planning.slots if mine.id == slot), None)
        if found is None and await self.client():
            found = await self._of_plans.slot(slot)
        return self._seen(found) if found is not None else None

    async def answered(self, slot: str, now: datetime) -> None:
        await self._with_client()
        self._planning.answered[slot] = now

    async def withdraw(self, why: str) -> None:
        await self._with_client()
        if not why:
            raise StoreError("Taking back a check-in needs a reason.")
        self._planning.withdrawn = why

    async def _with_client(self) -> None:
        self._open()
        if await self.client() is None:
            raise StoreError("There is no client in this chat to keep check-ins for.")

    def _seen(self, slot: Slot) -> Slot:
        """As this work leaves it."""
        planning = self._planning
        if slot.id in planning.answered and slot.state in LEFT:
            return replace(slot, state=SlotState.ANSWERED, changed=planning.answered[slot.id])
        if planning.withdrawn and slot.state is SlotState.PLANNED and slot not in planning.slots:
            return replace(slot, state=SlotState.SKIPPED, why=planning.withdrawn)
        return slot
