"""Fills an empty database with invented lives, one client a transaction: talks, alerts, check-ins, marks, practices."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from bot.care import alerts, episode
from bot.care.checkins import marks
from bot.care.checkins.plan import OWN, Occurrence, Plan, Slot, SlotState, Status
from bot.care.checkins.schedule import next_occurrence, sends
from bot.care.demo.people import Invented, consents, invent, talks
from bot.care.demo.scenes import Scene, Stage
from bot.care.memory import Memory
from bot.care.ports import Store, Work
from bot.care.records import AlertState, AlertStep, Client, Settings
from nlp.labels import Tier

_PRACTICES = ("break", "breath", "grounding")
_UNANSWERED = 5  # in a row end a plan (S-11)
_HOURS_AT = (9, 10, 12, 17, 18, 18, 19, 20)
_DAYS = (("mon", "wed", "fri"), ("tue", "thu"), ("sun",), ("mon", "tue", "wed", "thu", "fri"))


@dataclass(frozen=True, slots=True)
class Demo:
    """What to invent. `now` is the last moment anyone lived through; the same values give the same lives."""

    clients: int
    days: int
    seed: int
    now: datetime


async def fill(store: Store, stage: Stage, demo: Demo, done: Callable[[int], None]) -> dict[str, int]:
    """Write everybody; `done` hears how many are. Returns how much of everything there is now."""
    counts = {"clients": 0, "turns": 0, "check_ins": 0, "alerts": 0, "marks": 0, "practices": 0}
    for number in range(demo.clients):
        random = Random(f"{demo.seed}:{number}")  # noqa: S311 - invented people are to be the same each time
        person = invent(random, number, demo.now, demo.days)
        async with store.work(person.chat) as work:
            await _Biography(work, person, random, stage, demo.now, counts).write()
            await work.commit()
        counts["clients"] += 1
        done(counts["clients"])
    return counts


class _Biography:
    """One person's."""

    def __init__(
        self, work: Work, person: Invented, random: Random, stage: Stage, now: datetime, counts: dict[str, int]
    ) -> None:
        self.work, self.person, self.random, self.stage, self.now, self.counts = (
            work, person, random, stage, now, counts,
        )  # fmt: skip
        settings = Settings(country=person.country, zone=person.zone)
        self.client = Client(person.handle, person.enrolled, consents(person, random), settings)

    async def write(self) -> None:
        await self.work.add_client(self.client)
        last = self.person.enrolled
        for begin, risk in list(talks(self.person, self.random)):
            last = await self._talk(begin, risk)
        await self._check_ins()
        self.client.memory = Memory(last_heard=last.isoformat(), last_notice=last.isoformat()).raw()
        self.client.settings.paused = self.random.random() < 0.05
        await self.work.save(self.client)

    async def _talk(self, begin: datetime, risk: str) -> datetime:
        """When it ended. A talk is cut short where today ends."""
        scene = self.stage.scene(self.random, risk, self.person.country)
        turns = [turn for turn in scene.turns_at(begin) if turn.at <= self.now]
        for turn in turns:
            await self.work.add_turn(turn)
        self.counts["turns"] += len(turns)
        ended = turns[-1].at if turns else begin
        if len(turns) == len(scene.turns):
            if scene.episode:
                await self._episode(scene, begin)
            if risk in ("calm", "concern") and self.person.likes_practices and self.random.random() < 0.25:
                await self._practice(ended + timedelta(minutes=2))
        return ended

    async def _episode(self, scene: Scene, begin: datetime) -> None:
        number, closed = 0, None
        if scene.alert is not None:
            place, tier, kinds = scene.alert
            raised = scene.turns_at(begin)[place].at
            alert = await self.work.raise_alert(tier, kinds, alerts.alias(self.client), raised)
            number, closed = alert.number, await self._course(alert.number, tier, raised)
            self.counts["alerts"] += 1
        self.client.episode = scene.episode_at(begin, number)
        left = episode.Episode.load(self.client.episode)
        if left is not None and closed is not None:
            episode.close(left, closed, "staff:spoke")
            self.client.episode = left.dump()

    async def _course(self, number: int, tier: Tier, raised: datetime) -> datetime | None:
        """What the people on call did; returns when they closed it. What would lie in the future has not happened."""
        wait = alerts.WAIT[tier] / timedelta(minutes=1)
        seen = self.random.lognormvariate(1.5 if tier is Tier.T3 else 2.8, 0.9)
        steps = [
            (0.0, AlertState.OPEN, "client", tier.name),
            (self.random.uniform(0.02, 0.4), AlertState.SENT, "clock", ""),
        ]
        who = "duty-1"
        if seen > wait:
            steps.append((wait, AlertState.ESCALATED, "clock", "to duty-2"))
            who = "duty-2"
        ended = seen + self.random.lognormvariate(4.5, 1.0)
        reason = self.random.choices(alerts.REASONS, (6, 2, 1, 1))[0]
        steps += [(seen, AlertState.SEEN, who, ""), (ended, AlertState.CLOSED, who, reason)]
        closed = None
        for minutes, state, by, why in steps:
            at = raised + timedelta(minutes=minutes)
            if at <= self.now:
                await self.work.step(AlertStep(number, state, at, by, why))
                closed = at if state is AlertState.CLOSED else None
        return closed

    async def _practice(self, at: datetime) -> None:
        if at > self.now:
            return
        done = self.random.random() < 0.75
        value = {
            "name": self.random.choice(_PRACTICES),
            "length": self.random.choice(("short", "long")),
            "ended": "done" if done else self.random.choice(("left", "stopped")),
            "after": self.random.choices(("softer", "same", "harder", ""), (5, 3, 1, 1))[0] if done else "",
            "steps": self.random.randint(3, 5) if done else self.random.randint(1, 3),
        }
        await self.work.keep("practice", value, at)
        self.counts["practices"] += 1

    # Check-ins

    async def _check_ins(self) -> None:
        if not self.person.likes_check_ins or not self.person.zone:
            return
        plan = Plan(
            id=self._id(), zone=self.person.zone, days=self.random.choice(_DAYS),
            at=time(self.random.choice(_HOURS_AT), self.random.choice((0, 30))), origin=OWN,
            made=self.person.enrolled, changed=self.person.enrolled,
        )  # fmt: skip
        silent, turn = 0, 0
        for send in sends(plan, self.person.enrolled, 400):
            if send.at > self.now or silent >= _UNANSWERED:
                break
            answered = send.at <= self.person.until and self.random.random() < self.person.answers
            state = await self._slot(plan, send.day, send.at, turn, answered=answered)
            turn += 1
            silent = silent + 1 if state is SlotState.SENT else 0
        ended = silent >= _UNANSWERED
        await self.work.put_plan(self._as_it_stands(plan, turn, ended=ended))

    async def _slot(self, plan: Plan, day: date, due: datetime, turn: int, *, answered: bool) -> SlotState:
        kind = plan.kinds[turn % len(plan.kinds)]
        state, why = SlotState.ANSWERED if answered else SlotState.SENT, ""
        if self.random.random() < 0.06:
            state, why = SlotState.SKIPPED, self.random.choice(("late", "episode", "paused"))
        elif self.random.random() < 0.004:
            state, why = SlotState.UNKNOWN, "restart"
        waited = timedelta(minutes=self.random.lognormvariate(4.2, 1.3))
        changed = min(due + waited, self.now) if state is SlotState.ANSWERED else due
        slot = Slot(self._id(), plan.id, day, 0, kind, state, why, due, changed)
        await self.work.put_slot(slot)
        self.counts["check_ins"] += 1
        if state is SlotState.ANSWERED and self.person.likes_marks:
            value = max(1, min(5, round(self.random.gauss(3.2 - 1.5 * self.person.heavy + 0.02 * turn, 1))))
            await self.work.keep(marks.KIND, marks.kept_as(value, marks.Source.CHECK_IN, slot.id), changed)
            self.counts["marks"] += 1
        return state

    def _as_it_stands(self, plan: Plan, turn: int, *, ended: bool) -> Plan:
        coming: Occurrence | None = None if ended else next_occurrence(plan, self.now)
        status = Status.ENDED if ended else Status.ACCEPTED
        return Plan(
            plan.id, plan.zone, plan.days, plan.at, kinds=plan.kinds, status=status, origin=plan.origin,
            made=plan.made, changed=plan.changed, turn=turn, next=coming,
        )  # fmt: skip

    def _id(self) -> str:
        return f"{self.random.getrandbits(64):016x}"
