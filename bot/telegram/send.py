"""One row of the outbox as calls of the Bot API, and what a failure of such a call means.

Text goes without parse_mode, so that nothing a person wrote can act as markup.
"""

from dataclasses import dataclass
from enum import Enum

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputFile, LinkPreviewOptions, Message
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, TelegramError

from bot.care.ports import OutboxRow
from bot.care.records import Button, Outgoing
from bot.telegram.parse import clean
from bot.telegram.split import split
from bot.telegram.transport import FloodedError, LostAnswerError, NotSentError, call

CAPTION = 1024  # characters that Telegram shows under a picture
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
REASONS = {  # part of Telegram's description -> name in the outbox
    "chat not found": "chat_not_found",
    "text is empty": "empty",
    "too long": "too_long",
    "deactivated": "deactivated",
    "button": "bad_button",
}


class Meaning(Enum):
    """What to do about a failed call."""

    REFUSED = "refused"  # will never work
    BLOCKED = "blocked"  # the person blocked the bot
    FLOODED = "flooded"  # too fast: all wait
    NOT_SENT = "not_sent"  # surely without effect: again
    LOST = "lost"  # may have taken effect: again, unless once at most was promised
    NO_TOKEN = "no_token"  # the bot itself is refused  # noqa: S105


@dataclass(frozen=True, slots=True)
class Verdict:
    meaning: Meaning
    why: str  # a rule name, never Telegram's own words
    seconds: float = 0.0


def verdict(fault: Exception) -> Verdict:
    """Total over exceptions."""
    if isinstance(fault, FloodedError):
        return Verdict(Meaning.FLOODED, "too_fast", fault.seconds)
    if isinstance(fault, NotSentError):
        return Verdict(Meaning.NOT_SENT, "no_connection")
    if isinstance(fault, InvalidToken):
        return Verdict(Meaning.NO_TOKEN, "token_refused")
    if isinstance(fault, Forbidden):
        return Verdict(Meaning.BLOCKED, "forbidden")
    if isinstance(fault, BadRequest | ChatMigrated):
        said = str(fault).casefold()  # the library writes the first letter large
        reason = next((name for words, name in REASONS.items() if words in said), "bad_request")
        return Verdict(Meaning.REFUSED, reason)
    if isinstance(fault, LostAnswerError):
        return Verdict(Meaning.LOST, "no_answer")
    return Verdict(Meaning.LOST, "server_error" if isinstance(fault, TelegramError) else type(fault).__name__)


def destination(row: OutboxRow) -> int:
    return row.out.to if row.out.to is not None else row.chat


def pieces(out: Outgoing) -> list[str]:
    """What goes as one message each; a document or a picture is always one."""
    return [out.text] if out.document or out.picture else split(clean(out.text)) or [""]


async def send_piece(bot: Bot, chat: int, out: Outgoing, text: str, last: bool) -> int:
    """Send one piece; returns the Telegram message id. The buttons hang on the last piece. Raises TelegramError."""
    keyboard = _keyboard(out.buttons) if last and out.buttons else None
    if out.picture:
        return await _picture(bot, chat, out, keyboard)
    if out.document:
        return await _document(bot, chat, out)
    if out.edit is not None:
        return await _edit(bot, chat, out, text, keyboard)
    return await _message(bot, chat, out, text, keyboard)


async def _message(bot: Bot, chat: int, out: Outgoing, text: str, keyboard: InlineKeyboardMarkup | None) -> int:
    more: dict[str, object] = {"reply_markup": keyboard.to_dict()} if keyboard else {}
    if out.silent:
        more["disable_notification"] = True
    plain = {"chat_id": chat, "text": text, "link_preview_options": {"is_disabled": True}, **more}
    sent = await call(bot.request, f"{bot.base_url}/sendMessage", **plain)
    return int(sent.get("message_id", 0)) if isinstance(sent, dict) else 0


async def _document(bot: Bot, chat: int, out: Outgoing) -> int:
    file = InputFile(clean(out.text).encode(), filename=out.document)
    message = await bot.send_document(chat, file, disable_notification=out.silent, read_timeout=60)
    return message.message_id


async def _picture(bot: Bot, chat: int, out: Outgoing, keyboard: InlineKeyboardMarkup | None) -> int:
    """With its caption, which says in words what is to be seen."""
    file = InputFile(out.picture, filename=out.document)
    message = await bot.send_photo(
        chat,
        file,
        caption=clean(out.text)[:CAPTION],
        reply_markup=keyboard,
        disable_notification=out.silent,
        read_timeout=60,
    )
    return message.message_id


async def _edit(bot: Bot, chat: int, out: Outgoing, text: str, keyboard: InlineKeyboardMarkup | None) -> int:
    """A message that is gone or too old to change is sent anew: the words matter, not the place."""
    assert out.edit is not None
    try:
        shown = await bot.edit_message_text(
            text, chat_id=chat, message_id=out.edit, reply_markup=keyboard, link_preview_options=NO_PREVIEW
        )
    except BadRequest as refused:
        if "not modified" in str(refused):
            return out.edit
        return await _message(bot, chat, out, text, keyboard)
    return shown.message_id if isinstance(shown, Message) else out.edit


def _keyboard(rows: tuple[tuple[Button, ...], ...]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton(b.label, callback_data=b.data) for b in row] for row in rows])
