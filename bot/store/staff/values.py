"""Values that belong to the practice as a whole, in SQL. See bot.care.staff.ports.KeptForPractice."""

from typing import Any

from sqlalchemy import Connection, insert, select, update

from bot.store.codec import pack, unpack
from bot.store.engine import Engine
from bot.store.staff.tables import practice_values as values
from bot.store.vault import Vault


class SqlPracticeValue:
    def __init__(self, engine: Engine, vault: Vault, name: str) -> None:
        self._engine, self._vault, self._name = engine, vault, name

    async def load(self) -> dict[str, Any] | None:
        wanted = select(values.c.body).where(values.c.name == self._name)
        body = await self._engine.read(lambda c: c.scalar(wanted))
        return None if body is None else dict(unpack(self._vault.master.box.open(body, f"practice {self._name}")))

    async def save(self, value: dict[str, Any]) -> None:
        body = self._vault.master.box.seal(pack(value), f"practice {self._name}")

        def save(connection: Connection) -> None:
            changed = connection.execute(update(values).where(values.c.name == self._name).values(body=body))
            if changed.rowcount == 0:
                connection.execute(insert(values), {"name": self._name, "body": body})

        await self._engine.write(save)
