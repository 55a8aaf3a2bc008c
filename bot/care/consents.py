"""`/consent`: each purpose by itself, none pre-set, as easy to take back as to give (W-12)."""

from bot.care.records import CONSENTS, TALK, Button, Consent
from bot.care.reply import Reply
from bot.care.staff import linking
from bot.care.visit import Visit
from responses.model import Part


async def show(visit: Visit) -> None:
    """Every purpose with its state, and a button that turns it round."""
    part = visit.say("consent.menu").parts[0]
    visit.answer(Reply((part, *_lines(visit)), _buttons(visit), apart=True))


async def turn(visit: Visit, data: str) -> None:
    """A button "consent:PURPOSE:on" or ":off"."""
    _, purpose, state = data.split(":", 2)
    if visit.client is None or purpose not in CONSENTS or state not in ("on", "off"):
        visit.answer(visit.say("system.old-button"))
        return
    given = state == "on"
    if visit.client.consented(purpose) is not given:
        visit.client.consents.append(Consent(purpose, given, visit.room.policy.consent_version, visit.now))
        await linking.tell_consent(visit, purpose, given)
    visit.answer(visit.say(f"consent.{purpose.replace('_', '-')}-{state}"))


def _lines(visit: Visit) -> tuple[Part, ...]:
    client = visit.client
    return tuple(
        visit.say(
            f"consent.line-{'on' if client and client.consented(p) else 'off'}", slots={"value": _name(visit, p)}
        ).parts[0]
        for p in CONSENTS
    )


def _name(visit: Visit, purpose: str) -> str:
    return visit.room.voice.line(f"consent.name-{purpose.replace('_', '-')}")


def _buttons(visit: Visit) -> tuple[tuple[Button, ...], ...]:
    found = []
    for purpose in CONSENTS:
        if visit.client is None or purpose == TALK:
            continue
        state = "off" if visit.client.consented(purpose) else "on"
        label = visit.say(f"button.consent-{state}", slots={"value": _name(visit, purpose)}).text
        found.append((Button(label, f"consent:{purpose}:{state}"),))
    if visit.talk:
        found.append(
            (Button(visit.say("button.consent-off", slots={"value": _name(visit, TALK)}).text, "consent:talk:off"),)
        )
    return tuple(found)
