"""What follows from a crisis answer beyond the crisis shelf, and from a client who cannot be reached any more."""

from bot.care import alerts, follow_up, relay
from bot.care.turn import Answered, going_back
from bot.care.visit import Room, Visit
from nlp.labels import Tier


async def went_back(visit: Visit, answered: Answered) -> Answered:
    """The reply to a denial, with the listening that the message before it should have had."""
    turns = await visit.work.turns(1)
    if visit.client is None or not turns:
        return answered
    before = await visit.room.read(turns[0].heard)
    means = visit.room.means(visit.rota)
    return going_back(means, visit.client, visit.memory, before, answered, visit.now, visit.random)


async def set_going(visit: Visit, answered: Answered, text: str) -> None:
    """Counters that name nobody, a note to a human, a note later on, words passed on to a person."""
    if answered.named_help:
        await visit.work.count(f"year:{visit.now.year}:referrals")
    if answered.tier >= Tier.T2:
        await visit.work.count(f"year:{visit.now.year}:{answered.tier.name.lower()}")
    client = visit.client
    if client is None or not visit.talk:
        return
    if answered.tier > Tier.T0:
        await follow_up.withdraw(visit.work, client)
    if answered.follow:
        await follow_up.arrange(visit, client)
    if answered.alert:
        tier, kinds = answered.alert
        await alerts.raise_alert(visit.work, visit.rota, visit.room.voice, client, tier, kinds, visit.now, text)
    if text:
        await relay.from_client(visit, text, risk=answered.tier > Tier.T0)


async def client_blocked(room: Room, chat: int) -> None:
    """The client blocked the bot: nothing of its own accord until they come back, and nobody waits for an answer."""
    now = room.clock.now()
    async with room.store.work(chat) as work:
        client = await work.client()
        if client is not None:
            client.settings.paused = True
            await relay.client_lost(work, room.voice, await room.rota.at(now), client)
            await follow_up.withdraw(work, client)
            await work.withdraw("blocked")
            await work.save(client)
            await work.commit()
