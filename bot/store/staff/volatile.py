"""The in-memory twin of the people's side. See bot.care.staff.ports.StaffBook."""

from bot.store.staff.volatile_doors import VolatileDoors, VolatileNotes, VolatilePracticeValue, VolatileProposals
from bot.store.staff.volatile_people import Clients, VolatileLinks, VolatileLooks, VolatilePeople
from bot.store.volatile_checkins import VolatileCheckIns


class VolatileStaffBook:
    """See bot.care.staff.ports.StaffBook."""

    def __init__(self, standing: Clients, check_ins: VolatileCheckIns) -> None:
        self.people = VolatilePeople()
        self.links = VolatileLinks(self.people, standing, check_ins)
        self.looks = VolatileLooks(self.people, self.links, standing)
        self.doors = VolatileDoors(self.people)
        self.notes = VolatileNotes(self.links)
        self.proposals = VolatileProposals()
        self.rota = VolatilePracticeValue()
        self.signatures = VolatilePracticeValue()
