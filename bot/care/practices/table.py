"""The commands, buttons and flows of everything that is practised, kept or looked at, for bot.care.commands."""

from collections.abc import Awaitable, Callable

from bot.care import called, cards, look, month, own_words, pages
from bot.care.practices import menu, offer, talk
from bot.care.visit import Visit

COMMANDS: dict[str, Callable[[Visit], Awaitable[None]]] = {
    "soothe": menu.soothe,
    "reset": menu.opens("reset"),
    "kindness": menu.opens("kindness"),
    "hopes": pages.hopes,
    "month": month.month,
    "everyday": pages.everyday,
    "picture": cards.show_pictures,
    "learn": cards.show_learning,
    "others": pages.others,
}
PRESSES: dict[str, Callable[[Visit, str], Awaitable[None]]] = {
    "practice:": talk.press,
    "practice-more": menu.more,
    "offer:": offer.press,
    "words:": own_words.press,
    "card:": cards.press,
    "everyday:": pages.everyday_chosen,
    "month:": month.press,
    "look:": look.press,
    "called:": called.press,
}
FLOWS = {talk.FLOW: talk.answer, look.FLOW: look.answer, called.FLOW: called.answer}
MENU = ("soothe", "reset", "kindness", "hopes", "month", "everyday", "picture", "learn", "others")
