"""One-time links and sessions of the console, in SQL. See bot.care.staff.ports.Doors."""

from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, or_, select, update

from bot.care.staff.records import Session, SignIn
from bot.store.codec import micros, moment
from bot.store.engine import AnyRow, Engine
from bot.store.staff.tables import console_sessions, sign_ins, staff_codes


class SqlDoors:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def add_sign_in(self, sign_in: SignIn, made: datetime) -> None:
        values = {
            "hash": sign_in.hash,
            "member": sign_in.member,
            "browser": sign_in.browser,
            "made": micros(made),
            "ends": micros(sign_in.ends),
            "used": int(sign_in.used),
        }
        await self._engine.write(lambda c: c.execute(insert(sign_ins), values))

    async def sign_in(self, hash_: str) -> SignIn | None:
        row = await self._engine.read(lambda c: c.execute(select(sign_ins).where(sign_ins.c.hash == hash_)).first())
        if row is None:
            return None
        return SignIn(row.hash, row.member, moment(row.ends), row.browser, bool(row.used))

    async def bind(self, hash_: str, browser: str) -> bool:
        free = or_(sign_ins.c.browser == "", sign_ins.c.browser == browser)
        bound = update(sign_ins).where(sign_ins.c.hash == hash_, free).values(browser=browser)
        return await self._engine.write(lambda c: c.execute(bound).rowcount == 1)

    async def use_sign_in(self, hash_: str) -> bool:
        used = update(sign_ins).where(sign_ins.c.hash == hash_, sign_ins.c.used == 0).values(used=1)
        return await self._engine.write(lambda c: c.execute(used).rowcount == 1)

    async def recent_sign_ins(self, member: str, since: datetime) -> int:
        wanted = select(func.count()).where(sign_ins.c.member == member, sign_ins.c.made >= micros(since))
        return await self._engine.read(lambda c: int(c.scalar(wanted) or 0))

    async def open(self, hash_: str, session: Session) -> None:
        values = {
            "hash": hash_,
            "id": session.id,
            "member": session.member,
            "browser": session.browser[:80],
            "begun": micros(session.begun),
            "seen": micros(session.seen),
            "ends": micros(session.ends),
        }
        await self._engine.write(lambda c: c.execute(insert(console_sessions), values))

    async def session(self, hash_: str) -> Session | None:
        wanted = select(console_sessions).where(console_sessions.c.hash == hash_)
        row = await self._engine.read(lambda c: c.execute(wanted).first())
        return None if row is None else _session(row)

    async def touch(self, session: str, now: datetime) -> None:
        seen = update(console_sessions).where(console_sessions.c.id == session).values(seen=micros(now))
        await self._engine.write(lambda c: c.execute(seen))

    async def sessions(self, member: str) -> list[Session]:
        wanted = select(console_sessions).where(console_sessions.c.member == member)
        rows = await self._engine.read(lambda c: c.execute(wanted.order_by(console_sessions.c.seen.desc())).all())
        return [_session(row) for row in rows]

    async def close(self, member: str, session: str = "") -> int:
        ended = delete(console_sessions).where(console_sessions.c.member == member)
        if session:
            ended = ended.where(console_sessions.c.id == session)

        def close(connection: Connection) -> int:
            if not session:
                connection.execute(delete(sign_ins).where(sign_ins.c.member == member))
            return connection.execute(ended).rowcount

        return await self._engine.write(close)

    async def tidy(self, now: datetime) -> None:
        def tidy(connection: Connection) -> None:
            for table in (console_sessions, sign_ins, staff_codes):
                connection.execute(delete(table).where(table.c.ends < micros(now)))

        await self._engine.write(tidy)


def _session(row: AnyRow) -> Session:
    return Session(
        id=row.id,
        member=row.member,
        browser=row.browser,
        begun=moment(row.begun),
        seen=moment(row.seen),
        ends=moment(row.ends),
    )
