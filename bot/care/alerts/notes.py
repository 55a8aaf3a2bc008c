"""The words of a note to a human: what a contact reads in Telegram, in a mail, and as values for a webhook.

A note holds a number, how pressing it is, the time, a reason and an alias. The way to reach the client and a trusted
person stand in the Telegram note alone, if the client left them; their last words only with their consent.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random

from bot.care.crisis_routes import first_of
from bot.care.ports import Work
from bot.care.records import Alert, Button, Channel, Client, Letter, Outgoing, Priority
from bot.care.rota import Contact
from responses.fill import shortened
from responses.voice import Voice

LAST_MESSAGES = 3
DRILL = "drill"  # the kind of a test alert
REACH, ME, TRUSTED = "reach", "me", "trusted"  # keepsake {"what": ME or TRUSTED, "text"}
_MOST = 300  # characters shown of one message
NOTE_ROWS = (("seen",), ("write", "called"), ("hand", "close"))
HELD_ROWS = NOTE_ROWS[1:]


@dataclass(frozen=True, slots=True)
class Shared:
    """What a client lets an alert hold."""

    reach: str = ""
    trusted: str = ""
    words: tuple[str, ...] = ()  # oldest first


async def shared(work: Work, client: Client | None, now_said: str = "") -> Shared:
    """`now_said`: the message in hand, which is not among the turns yet."""
    if client is None:
        return Shared()
    left = {str(kept.value["what"]): str(kept.value["text"]) for kept in await work.kept(REACH)}
    words: list[str] = []
    if client.consented("alert_content"):
        words = [turn.heard for turn in await work.turns(LAST_MESSAGES)] + [now_said]
    last = [shortened(text, _MOST) for text in words if text.strip()][-LAST_MESSAGES:]
    return Shared(left.get(ME, ""), left.get(TRUSTED, ""), tuple(last))


def alias(client: Client) -> str:
    """What staff see instead of an identity: made from the random id, the same in every alert of a client."""
    return f"client-{client.id[:4]}"


def note(voice: Voice, alert: Alert, to: int, given: Shared, how: Collection[str] = ()) -> Outgoing:
    """The note for a contact's Telegram chat. `how`: "escalated", "handed", "again", "raised", "drill"."""
    paragraphs = [say(voice, "staff.note", slots(voice, alert), {*how, *_kind(alert)})]
    if DRILL not in alert.kinds:
        paragraphs += [_way(voice, "reach", given.reach), _way(voice, "trusted", given.trusted), _said(voice, given)]
    rows = NOTE_ROWS if DRILL not in alert.kinds else (("seen",),)
    keyboard = tuple(buttons(voice, alert.number, row) for row in rows)
    text = "\n\n".join(paragraph for paragraph in paragraphs if paragraph)
    return Outgoing(text, keyboard, Priority.ALERT, to=to, alert=alert.number)


def letters(
    voice: Voice, alert: Alert, contact: Contact, not_before: datetime | None, how: Collection[str] = ()
) -> list[Letter]:
    """The same by mail and webhook, without any word or way of the client's."""
    values = slots(voice, alert)
    text = say(voice, "staff.mail", values, {*how, *_kind(alert)})
    subject = say(voice, "staff.subject", values, _kind(alert))
    facts = {
        "alert": alert.number,
        "tier": alert.tier.name,
        "alias": alert.alias,
        "reason": first_of(alert.kinds),
        "raised": alert.raised.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "contact": contact.code,
        "how": sorted(how),
        "text": text,
    }
    addresses = {Channel.MAIL: contact.mail, Channel.WEBHOOK: ""}
    return [
        Letter(way, addresses[way], contact.code, alert.number, subject, text, facts, not_before)
        for way in Channel
        if way in contact.ways
    ]


def erased_letters(voice: Voice, alert: Alert, contact: Contact, text: str) -> list[Letter]:
    """For a contact without a chat: the client erased their data, and no more."""
    facts = {"alert": alert.number, "how": ["erased"], "contact": contact.code, "text": text}
    subject = say(voice, "staff.subject", slots(voice, alert), {"erased"})
    ways = ((Channel.MAIL, contact.mail), (Channel.WEBHOOK, ""))
    return [
        Letter(way, to, contact.code, alert.number, subject, text, facts) for way, to in ways if way in contact.ways
    ]


def slots(voice: Voice, alert: Alert) -> dict[str, str]:
    """Values that every line about an alert may use."""
    return {
        "alert": str(alert.number),
        "tier": say(voice, f"staff.tier.t{int(alert.tier)}"),
        "alias": alert.alias,
        "reason": say(voice, f"staff.reason.{first_of(alert.kinds)}"),
        "time": alert.raised.strftime("%H:%M UTC, %d.%m.%Y"),
    }


def buttons(voice: Voice, number: int, actions: Sequence[str]) -> tuple[Button, ...]:
    return tuple(Button(say(voice, f"staff.buttons.{action}"), f"alert:{number}:{action}") for action in actions)


def say(
    voice: Voice, moment: str, values: dict[str, str] | None = None, world: Collection[str] = (), seed: int = 0
) -> str:
    return voice.say(moment, Random(seed), slots=values, world=world).text  # noqa: S311 - variety only


def _kind(alert: Alert) -> set[str]:
    return {DRILL} & set(alert.kinds)


def _way(voice: Voice, what: str, value: str) -> str:
    return say(voice, f"staff.{what}", {"value": value}) if value else say(voice, f"staff.no-{what}")


def _said(voice: Voice, given: Shared) -> str:
    if not given.words:
        return say(voice, "staff.no-words")
    return "\n".join((say(voice, "staff.words"), *(f"- {text}" for text in given.words)))
