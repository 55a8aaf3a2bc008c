"""An invented practice around invented people: who looks after whom, a rota, proposals, notes, and alerts of today."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from random import Random

from bot.care import alerts
from bot.care.checkins.plan import Plan, Status
from bot.care.demo.fill import Demo
from bot.care.demo.people import FIRST_CHAT
from bot.care.episode import Episode
from bot.care.ports import Store, Work
from bot.care.records import AlertState, AlertStep, Client
from bot.care.staff import notes, templates
from bot.care.staff.duty import PracticeRota, Row, code_of, keep
from bot.care.staff.records import Code, CodeKind, Link, Member, Proposal, Role
from nlp.labels import Kind, Tier
from responses.model import Entry

_STAFF = FIRST_CHAT + (1 << 40)  # their chats, beyond those of any number of clients
_PEOPLE = (
    ("Ana Sol", Role.PRACTITIONER, "Europe/London"),
    ("Ben Ode", Role.PRACTITIONER, "Europe/Dublin"),
    ("Dana Lee", Role.LEAD, "Europe/London"),
    ("Omar Ali", Role.OPERATOR, "Europe/London"),
)
# By the last figure of a client's number; some have nobody. From seven clients on, Ana and Dana have three.
_WHOSE = (0, 2, 0, 2, 0, 1, 2, 1, 0, None)
# Whose client is in an alert, which of theirs, how urgent, about what, minutes ago, and whether they have it.
_RAISED = (
    (0, 0, Tier.T3, Kind.METHOD_OR_PLAN, 4, False),
    (2, 0, Tier.T2, Kind.ACTIVE_IDEATION, 12, False),
    (0, 1, Tier.T2, Kind.SELF_HARM, 95, True),
)
_NAMES = (
    "Mira", "J. T.", "Kofi A.", "Sam", "Lou", "E. (new)", "Noor", "Tomasz", "Priya S.", "R. B.", "Yara", "Finn",
    "Alexandra-Marie van den Berg (Thursdays, after work)", "Cleo", "D. W.", "Ines", "Hana", "Otis", "K. M.", "Leila",
    "Gwen", "Idris", "P. N.", "Sora", "Bea", "Milo", "Anouk", "T. O.", "Zoe", "Emil", "Farah", "L. & her sister",
    "Joss", "Wren", "Marek", "A. D.", "Ruth", "Dev", "Nell", "Paz", "C. (nights)", "Ife", "Toni", "H. K.", "Liv",
    "Amir", "Greta", "Y. S.", "Rory", "Dalia", "V. P.", "Esme", "Juno", "B. R.", "Tariq", "Maeve", "O. L.",
    "Suki", "Ned", "Ana-Lena",
)  # fmt: skip
_ENTRY, _WORDING = "talk.thanks.glad", "I'm glad it sounds a bit lighter."
_NOTE = "I thought of you this morning, passing the allotments. No need to answer. Warmly, Ana"


@dataclass(slots=True)
class DemoPractice:
    """Written after the clients are there. The same seed invents the same practice."""

    store: Store
    random: Random
    now: datetime
    clients: int
    entries: Mapping[str, Entry]
    members: list[Member] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)

    @classmethod
    def of(cls, store: Store, wanted: Demo, entries: Mapping[str, Entry]) -> "DemoPractice":
        """Around the clients that `fill` wrote for the same wish."""
        random = Random(f"{wanted.seed}:practice")  # noqa: S311 - invented people are to be the same each time
        return cls(store, random, wanted.now, wanted.clients, entries)

    async def write(self) -> dict[str, int]:
        """Returns how much of what there is now."""
        await self._hire()
        for number in range(self.clients):
            if (whose := _WHOSE[number % 10]) is not None:
                await self._link(number, self.members[whose])
        await self._plans()
        raised = await self._alerts()
        await self._papers()
        return {"members": len(self.members), "links": len(self.links), "open_alerts": raised}

    async def _hire(self) -> None:
        long_ago = self.now - timedelta(days=200)
        for number, (name, role, zone) in enumerate(_PEOPLE):
            member = Member(self._id(), role, name, long_ago + timedelta(days=number), _STAFF + number, zone)
            await self._use(Code(self._id(), CodeKind.STAFF, self.now, long_ago, name, role), member)
            self.members.append(member)
        ana, ben, dana, _ = self.members
        rows = (Row(ana.id, ("mon-fri 09:00-17:00",)), Row(ben.id, ("daily 17:00-22:00",)), Row(dana.id))
        await keep(self.store.staff, PracticeRota("Europe/London", rows))

    async def _use(self, code: Code, member: Member) -> None:
        await self.store.staff.people.add_code(code)
        await self.store.staff.people.join(member, code.hash)

    async def _link(self, number: int, member: Member) -> None:
        async with self.store.work(FIRST_CHAT + number) as work:
            client = await work.client()
        if client is None:
            return
        since = client.created + timedelta(minutes=self.random.randint(2, 60))
        label = _NAMES[number % len(_NAMES)] + ("" if number < len(_NAMES) else f" {number // len(_NAMES) + 1}")
        code = Code(self._id(), CodeKind.CLIENT, self.now, since, label, member=member.id)
        await self.store.staff.people.add_code(code)
        link = Link(self._id(), client.id, member.id, label, since, code=code.hash)
        if await self.store.staff.links.link(link):
            self.links.append(link)
            for ago in range(self.random.randint(0, 4)):
                day = (self.now - timedelta(days=ago * 3 + 1)).replace(hour=self.random.randint(9, 16))
                at = max(since, day.replace(minute=self.random.randint(0, 59)))
                await self.store.staff.looks.add(member.id, [client.id], "plan", at)

    async def _plans(self) -> None:
        """Most plans came from the practice; some still wait for an answer, and one was declined."""
        for place, link in enumerate(self.links):
            chat = await self.store.staff.links.chat(link.client)
            async with self.store.work(chat or 0) as work:
                client, plans = await work.client(), await work.plans()
                live = [plan for plan in plans if plan.status is Status.ACCEPTED]
                if live and place % 4:
                    made = max(live[0].made, link.since)
                    await work.put_plan(replace(live[0], origin=link.member, made=made, changed=made))
                elif client is not None and not plans and place % 3 == 0:
                    await work.put_plan(self._proposal(client, link, place))
                await work.commit()

    def _proposal(self, client: Client, link: Link, place: int) -> Plan:
        day = self.now - timedelta(days=1 + place % 3)
        made = max(link.since, day.replace(hour=9 + place % 7))
        status = Status.DECLINED if place % 5 == 0 else Status.PROPOSED
        plan = templates.TEMPLATES[place % len(templates.TEMPLATES)].plan()
        return replace(
            plan, id=self._id(), zone=client.settings.zone, origin=link.member, status=status, made=made, changed=made
        )

    async def _alerts(self) -> int:
        """One each about a client of Ana's and of Dana's that nobody has yet, and one that Ana looks after."""
        raised = 0
        for whose, place, tier, kind, minutes, has in _RAISED:
            member = self.members[whose]
            mine = [link for link in self.links if link.member == member.id]
            if place >= len(mine):
                continue
            link = mine[place]
            chat = await self.store.staff.links.chat(link.client) or 0
            async with self.store.work(chat) as work:
                client = await work.client()
                if client is not None:
                    reach = f"07700 900{(chat - FIRST_CHAT) % 1000:03d}, best after six"
                    await work.keep("reach", {"what": "me", "text": reach}, self.now)
                    at = self.now - timedelta(minutes=minutes)
                    await self._raise(work, client, tier, kind, at, member if has else None)
                    await work.commit()
                    raised += 1
        return raised

    async def _raise(
        self, work: Work, client: Client, tier: Tier, kind: Kind, at: datetime, has: Member | None
    ) -> None:
        if (before := await work.open_alert()) is not None:
            await work.step(AlertStep(before.number, AlertState.CLOSED, at, "clock", "raised again"))
        alert = await work.raise_alert(tier, (kind,), alerts.alias(client), at)
        first = code_of(self.members[0])
        steps = [(0, AlertState.OPEN, "client", f"{tier.name} to {first}"), (1, AlertState.SENT, "clock", "telegram")]
        if has is not None:
            steps.append((6, AlertState.SEEN, code_of(has), ""))
        for minutes, state, who, why in steps:
            await work.step(AlertStep(alert.number, state, at + timedelta(minutes=minutes), who, why))
        client.episode = Episode(at, at, tier, [kind], alert=alert.number, alert_tier=tier).dump()
        await work.save(client)

    async def _papers(self) -> None:
        """What lies on a desk in the middle of a week: a note that waits, codes not used yet, other words proposed."""
        staff, now = self.store.staff, self.now
        ana, ben, *_ = self.members
        if self.links:
            due = datetime.combine((now + timedelta(days=2)).date(), time(9), now.tzinfo)
            await notes.write(self.store, ana, self.links[0], _NOTE, due, now)
        for name, kind, member in (("Noah", CodeKind.CLIENT, ana.id), ("Ira Chen", CodeKind.STAFF, "")):
            ends = now + timedelta(days=1, hours=20)
            await staff.people.add_code(Code(self._id(), kind, ends, now - timedelta(hours=4), name, member=member))
        said = self.entries[_ENTRY].say
        await staff.proposals.add(
            Proposal(
                self._id(),
                ben.id,
                ben.name,
                _ENTRY,
                "\n".join(said),
                "\n".join((_WORDING, *said[1:])),
                "Shorter, for people who write in a hurry.",
                now - timedelta(days=1),
            )
        )

    def _id(self) -> str:
        return f"{self.random.getrandbits(64):016x}"
