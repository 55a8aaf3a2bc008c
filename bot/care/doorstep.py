"""Before the first yes: the notice, one button, and nothing kept (DESIGN 10). Risk was already read by the caller."""

import re
from collections.abc import Sequence
from uuid import uuid4

from bot.care import notice
from bot.care.incoming import Incoming
from bot.care.records import TALK, Client, Consent
from bot.care.visit import Visit
from nlp.reading import Reading

_YES = re.compile(
    r"\W*(yes|yeah|yep|yup|y|ok|okay|sure|i agree|agreed|i am|i'm 18|let's talk|lets talk|start)( please)?\W*", re.I
)


async def welcome(visit: Visit, batch: Sequence[Incoming], reading: Reading | None) -> None:
    """Show the notice, or take a typed yes for the button."""
    if any(i.what in ("blocked", "unblocked") for i in batch):
        return
    if any(i.what == "text" and _YES.fullmatch(i.text) for i in batch):
        await agree(visit)
        return
    first = any(i.command == "start" for i in batch)
    visit.answer(visit.say("consent.notice" if first else "consent.notice-first"))


async def agree(visit: Visit) -> None:
    """The talk consent is given: from here on messages are kept and answered."""
    if visit.talk:
        visit.answer(visit.say("consent.already"))
        return
    consent = Consent(TALK, True, visit.room.policy.consent_version, visit.now)
    if visit.client is None:
        visit.client = Client(id=uuid4().hex, created=visit.now)
        visit.client.consents.append(consent)
        await visit.work.add_client(visit.client)
    else:
        visit.client.consents.append(consent)
    notice.given(visit.memory, visit.now)
    visit.answer(visit.say("consent.thanks"))
