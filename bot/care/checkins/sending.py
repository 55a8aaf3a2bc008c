"""The clock's side of check-ins: who is due, what becomes of it, and the words to the outbox, in one transaction.

At most once: the slot, the outbox row and the plan's next date are written together or not at all, and the outbox never
sends such a row twice. What is late, at night or not wanted is skipped with its reason.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from bot.care import episode as episodes
from bot.care.checkins.asking import OWN, Asked, asked
from bot.care.checkins.decide import Decision, Standing, What, decide, free_number
from bot.care.checkins.plan import LAST_NOTE, Plan, Slot, SlotState, Status, new_slot
from bot.care.checkins.schedule import next_occurrence
from bot.care.memory import Memory
from bot.care.own_words import latest
from bot.care.ports import Work
from bot.care.records import TALK, Client, Delivery, Outgoing, Priority
from bot.care.visit import Room

log = logging.getLogger(__name__)

BATCH = 200  # claimed at once, so that memory stays flat however many are due
_AT_ONCE = 8
LEASE = timedelta(minutes=2)
MONTH = timedelta(days=31)  # in which no wording comes back
_FEW = 100  # slots that are always looked at
_SOFTLY = 20  # from this hour on without a sound (A26)


async def send_due(room: Room) -> Counter[str]:
    """Look at every plan that is due; returns how many were "asked", "ended", "waiting" or skipped, by reason."""
    done: Counter[str] = Counter()
    places = asyncio.Semaphore(_AT_ONCE)

    async def look(chat: int) -> None:
        async with places:
            done.update(await _looked(room, chat))

    while True:
        now = room.clock.now()
        due = await room.store.due_plans.claim(now, BATCH, now + LEASE)
        await asyncio.gather(*(look(chat) for chat in dict.fromkeys(one.chat for one in due)))
        if len(due) < BATCH:
            break
    if done:
        log.info("check-ins looked at", extra={"counts": dict(done)})
    return done


async def _looked(room: Room, chat: int) -> Counter[str]:
    """One client. A fault keeps nobody else waiting: the claim comes up again."""
    try:
        async with room.store.work(chat) as work:
            return await _look(room, chat, work)
    except Exception as fault:  # noqa: BLE001 - whatever it was, the others are due as well
        log.error("check-in not looked at: %s", type(fault).__name__)
        return Counter({"fault": 1})


async def _look(room: Room, chat: int, work: Work) -> Counter[str]:
    client, now = await work.client(), room.clock.now()
    if client is None:
        return Counter()
    plans = await work.plans()
    done: Counter[str] = Counter()
    slots = await work.slots(max(_FEW, MONTH.days * len(plans)))  # each plan leaves at most one a day
    turn = Turn(room, work, client, Memory.of(client.memory), slots, now, _since(plans))
    for plan in sorted(plans, key=lambda plan: plan.next.at if plan.next else now):
        if plan.next is None or plan.status is not Status.ACCEPTED:
            continue
        if plan.next.at > now:
            await work.put_plan(plan)  # it was changed while it was claimed: back to its own time
        else:
            done[await turn.settle(plan)] += 1
    client.memory = turn.memory.raw()
    await work.save(client)
    await work.commit()
    return done


def _since(plans: Sequence[Plan]) -> datetime:
    """The last time that the client touched a plan."""
    return max(plan.changed for plan in plans)


@dataclass(slots=True)
class Turn:
    """One client's due plans, settled one after another."""

    room: Room
    work: Work
    client: Client
    memory: Memory
    slots: list[Slot]
    now: datetime
    since: datetime

    async def settle(self, plan: Plan) -> str:
        """Returns what became of it, as a rule name."""
        decision = decide(plan, self._standing(), self.now)
        if decision.what is What.WAIT:
            await self._wait(plan, decision)
            return "waiting"
        if decision.what is What.SKIP:
            await self._note(
                new_slot(plan, free_number(self.slots, plan), plan.kind, SlotState.SKIPPED, self.now, decision.why)
            )
            await self._on(plan)
            return decision.why
        if decision.what is What.LAST_NOTE:
            await self._say(plan, LAST_NOTE)
            await self.work.put_plan(replace(plan, status=Status.ENDED, next=None))
            return "ended"
        await self._say(plan, plan.kind)
        await self._on(replace(plan, turn=plan.turn + 1))
        return "asked"

    def _standing(self) -> Standing:
        heard = self.memory.last_heard
        return Standing(
            consented=self.client.consented(TALK),
            paused=self.client.settings.paused,
            episode=episodes.current(self.client.episode, self.now) is not None,
            last_heard=datetime.fromisoformat(heard) if heard else None,
            since=self.since,
            slots=self.slots,
        )

    async def _on(self, plan: Plan) -> None:
        """To the plan's next date. Missed ones come up as well, one by one, and are closed with their reason."""
        assert plan.next is not None
        await self.work.put_plan(replace(plan, next=next_occurrence(plan, plan.next.at)))

    async def _wait(self, plan: Plan, decision: Decision) -> None:
        assert plan.next is not None and decision.until is not None
        await self.work.put_plan(replace(plan, next=replace(plan.next, at=decision.until)))

    async def _note(self, slot: Slot) -> None:
        await self.work.put_slot(slot)
        self.slots.append(slot)

    async def _say(self, plan: Plan, kind: str) -> None:
        """Words to the outbox, and the slot that goes with them."""
        assert plan.next is not None
        slot = new_slot(plan, 0, kind, SlotState.PLANNED, self.now)
        said = await self._asked(kind, slot)
        local = self.now.astimezone(ZoneInfo(plan.zone))
        out = Outgoing(
            said.text,
            said.buttons,
            priority=Priority.CHECK_IN,
            delivery=Delivery.AT_MOST_ONCE,
            silent=local.hour >= _SOFTLY,
            not_after=plan.next.until,
        )
        row = await self.work.send(out)
        await self._note(replace(slot, outbox=row, words=said.words))
        self._remember(slot, said)

    async def _asked(self, kind: str, slot: Slot) -> Asked:
        voice, random = self.room.voice, Random(f"{slot.id}")  # noqa: S311 - variety, not secrecy
        if kind == LAST_NOTE:
            part = voice.say("checkin.last-note", random)
            return Asked(part.text, (part.entry,), part.entry)
        said = [word for s in self.slots if self.now - s.due < MONTH for word in s.words]
        own = await latest(self.work, OWN[kind], self.client.settings.off_limits) if kind in OWN else ""
        wanted = self.client.settings.pace != "listening"
        return asked(voice, kind, slot.id, said, random, question=wanted, own=own)

    def _remember(self, slot: Slot, said: Asked) -> None:
        """So that the answer finds what was asked, /why can say it, and no second question follows at once."""
        memory = self.memory
        if slot.kind != LAST_NOTE:
            memory.check_in = {"slot": slot.id, "kind": slot.kind, "at": self.now.isoformat()}
        memory.last_entries, memory.last_trail = [said.entry], [f"moment:checkin.{slot.kind}", f"entry:{said.entry}"]
        memory.since_question = 0
