"""Decks of cards to pick from: `/picture` (images for looking after oneself) and `/learn` (short plain explanations).

A deck is the entries whose moment begins with "card.DECK."; authors add a card by adding an entry and its label.
"""

from bot.care.buttons import rows
from bot.care.reply import Reply
from bot.care.visit import Visit

DECKS = ("picture", "learn")


async def show_pictures(visit: Visit) -> None:
    _show(visit, "picture")


async def show_learning(visit: Visit) -> None:
    _show(visit, "learn")


async def press(visit: Visit, data: str) -> None:
    """ "card:DECK" shows the deck, "card:DECK:NAME" one card, "card:enough" ends."""
    match data.split(":")[1:]:
        case ["enough"]:
            visit.answer(visit.say("card.enough"))
        case [deck] if deck in DECKS:
            _show(visit, deck)
        case [deck, name] if visit.room.voice.library.at(f"card.{deck}.{name}"):
            visit.answer(
                Reply(
                    visit.say(f"card.{deck}.{name}").parts,
                    rows(visit.room.voice, [f"card:{deck}", "card:enough"]),
                )
            )
        case _:
            visit.answer(visit.say("system.old-button"))


def _show(visit: Visit, deck: str) -> None:
    before = f"card.{deck}."
    names = [e.moment.removeprefix(before) for e in visit.room.voice.library.live if e.moment.startswith(before)]
    buttons = rows(visit.room.voice, [f"card:{deck}:{name}" for name in dict.fromkeys(names)])
    visit.answer(Reply(visit.say(f"card.{deck}").parts, (*buttons, *rows(visit.room.voice, ["card:enough"]))))
