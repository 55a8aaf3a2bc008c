"""Looks at a client's data go on a record that the client can read in /me."""

from collections.abc import Sequence
from datetime import datetime

from bot.care.staff.ports import Looks
from bot.care.staff.records import Member

LIST, ALERT, WORDS = "list", "alert", "words"
_ONCE_A_DAY = (LIST, ALERT, WORDS)  # shown again and again by pages that are open all day


async def record(looks: Looks, member: Member, clients: Sequence[str], what: str, now: datetime) -> None:
    """One row for each client. Lists, alerts and what an alert shows count once a day: pages ask every second."""
    if what in _ONCE_A_DAY:
        known = await looks.seen_since(member.id, what, now.replace(hour=0, minute=0, second=0, microsecond=0))
        clients = [client for client in clients if client not in known]
    await looks.add(member.id, list(dict.fromkeys(clients)), what, now)
