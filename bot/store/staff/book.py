"""All of the people's side, as a store hands it out. See bot.care.staff.ports.StaffBook."""

from bot.store.engine import Engine
from bot.store.staff.doors import SqlDoors
from bot.store.staff.links import SqlLinks, SqlLooks
from bot.store.staff.notes import SqlNotes, SqlProposals
from bot.store.staff.people import SqlPeople
from bot.store.staff.values import SqlPracticeValue
from bot.store.vault import Vault


class SqlStaffBook:
    def __init__(self, engine: Engine, vault: Vault) -> None:
        self.people = SqlPeople(engine, vault)
        self.links = SqlLinks(engine, vault)
        self.looks = SqlLooks(engine, vault)
        self.doors = SqlDoors(engine)
        self.notes = SqlNotes(engine, vault)
        self.proposals = SqlProposals(engine, vault)
        self.rota = SqlPracticeValue(engine, vault, "rota")
        self.signatures = SqlPracticeValue(engine, vault, "signatures")
