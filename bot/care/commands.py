"""Commands and buttons of a client, answered in every state; `/help_now` was answered by the crisis shelf before."""

import re
from collections.abc import Awaitable, Callable

from bot.care import card, consents, doorstep, flows, follow_up, own_data, reach, relay, why
from bot.care.checkins import presses as checkins
from bot.care.checkins import wizard
from bot.care.incoming import Incoming
from bot.care.practices import table
from bot.care.practices import talk as practices
from bot.care.staff import desk, linking
from bot.care.visit import Visit

Command = Callable[[Visit], Awaitable[None]]
Press = Callable[[Visit, str], Awaitable[None]]
Worded = Callable[[Visit, str], Awaitable[None]]

# Whole messages that mean /pause (S-12). Longer ones are talk.
_STOP = re.compile(
    r"\W*(please )?(stop|pause|leave me alone|stop (writing|messaging|texting)( to)?( me)?|unsubscribe)\W*", re.I
)


# And those that mean the check-ins alone.
_NO_MORE = re.compile(
    r"\W*(please )?((stop|end|cancel|delete|turn off|switch off)( sending)?( me)?( the| my| these| those| all( the)?)?"
    r" (check-? ?ins?|check-? ?ups?|reminders?|questions every day)|(stop|quit) checking( in)?( on me)?( with me)?|"
    r"(i want )?no more check-? ?ins?|don'?t check in( on me| with me)?( any ?more)?)( please)?\W*",
    re.I,
)
_NOT_NOW = re.compile(
    r"\W*(please )?(snooze( it| them| the check-? ?ins?)?|not this week|skip (this|a|the) week)( please)?\W*", re.I
)


async def handle(visit: Visit, incoming: Incoming) -> bool:
    """Answer a command or a button; False when it is neither and wants listening."""
    if incoming.what in ("blocked", "unblocked"):
        await _reachable(visit, incoming.what)
        return True
    if incoming.button:
        visit.message = incoming.message
        press = next((p for prefix, p in PRESSES.items() if incoming.button.startswith(prefix)), _old_button)
        await press(visit, incoming.button)
        return True
    if incoming.command:
        if incoming.text and incoming.command in WORDED:
            await WORDED[incoming.command](visit, incoming.text)
        else:
            await COMMANDS.get(incoming.command, _unknown)(visit)
        return True
    if incoming.point is not None and visit.talk:
        return await wizard.located(visit, *incoming.point)
    if incoming.what == "text" and visit.talk and await _about_check_ins(visit, incoming.text):
        return True
    if incoming.what == "text" and practices.STOP.fullmatch(incoming.text) and await practices.stop(visit):
        return True
    if incoming.what == "text" and _STOP.fullmatch(incoming.text) and visit.talk:
        await _pause(visit)
        return True
    return False


async def _about_check_ins(visit: Visit, text: str) -> bool:
    """Plain words that mean them, in any state (S-12)."""
    if _NO_MORE.fullmatch(text):
        await checkins.stop_in_words(visit)
    elif _NOT_NOW.fullmatch(text):
        await checkins.snooze_in_words(visit)
    else:
        return False
    return True


async def _start(visit: Visit) -> None:
    visit.answer(visit.say("consent.already" if visit.talk else "consent.notice"))


async def _start_with(visit: Visit, words: str) -> None:
    """A link that a practitioner handed over opens the chat with `/start CODE`."""
    if not await linking.start(visit, words):
        await _start(visit)


async def _desk(visit: Visit) -> None:
    await desk.command(visit, "")


async def _pause(visit: Visit) -> None:
    """No message of Warmline's own accord from now on; whoever writes is still answered."""
    if visit.client is not None:
        visit.client.settings.paused = True
        await follow_up.withdraw(visit.work, visit.client)
    flows.end(visit)
    visit.answer(visit.say("system.paused"))


async def _resume(visit: Visit) -> None:
    if visit.client is not None:
        visit.client.settings.paused = False
    visit.answer(visit.say("system.resumed"))


async def _reachable(visit: Visit, what: str) -> None:
    if visit.client is not None and what == "blocked":
        visit.client.settings.paused = True


def _plain(moment: str) -> Command:
    async def answer(visit: Visit) -> None:
        visit.answer(visit.say(moment))

    return answer


async def _unknown(visit: Visit) -> None:
    visit.answer(visit.say("system.unknown-command"))


async def _old_button(visit: Visit, data: str) -> None:
    visit.answer(visit.say("system.old-button"))


async def _pressed(visit: Visit, data: str) -> None:
    await COMMANDS.get(data.removeprefix("do:"), _unknown)(visit)


async def _agree(visit: Visit, data: str) -> None:
    await doorstep.agree(visit)


COMMANDS: dict[str, Command] = {
    "start": _start,
    "help": _plain("system.help"),
    "about": _plain("system.about"),
    "safety": _plain("system.safety"),
    "privacy": _plain("system.privacy"),
    "pause": _pause,
    "stop": _pause,
    "resume": _resume,
    "card": card.show,
    "why": why.explain,
    "me": own_data.show_me,
    "consent": consents.show,
    "export": own_data.export,
    "forget": own_data.ask_forget,
    "delete": own_data.ask_forget,
    **table.COMMANDS,
    "practitioner": _desk,
    "checkins": wizard.show,
}
# Commands that do more when words follow them.
WORDED: dict[str, Worded] = {"start": _start_with, "practitioner": desk.command}
# In the order of their test: "consent:talk" alone is the first yes, "consent:talk:off" takes it back.
PRESSES: dict[str, Press] = {
    "consent:talk:": consents.turn,
    "consent:talk": _agree,
    "consent:": consents.turn,
    "me:": own_data.change,
    "forget:": own_data.forget,
    "safetycard:": card.press,
    "reach:": reach.press,
    "relay:end": relay.end_by_client,
    "do:": _pressed,
    **table.PRESSES,
    "link:": linking.press,
    "staff:": desk.press,
    "checkin:": checkins.pressed,
}
# Talks of several steps, by the name they are begun with.
FLOWS: dict[str, flows.Step] = {
    **table.FLOWS,
    wizard.FLOW: wizard.step,
    card.FLOW: card.step,
    reach.FLOW: reach.step,
}
# What the menu of the chat offers, in this order; descriptions stand at the moments "menu.NAME".
MENU = (
    "help_now",
    "help",
    "card",
    "checkins",
    *table.MENU,
    "why",
    "me",
    "pause",
    "resume",
    "consent",
    "privacy",
    "safety",
    "about",
    "export",
    "forget",
)
