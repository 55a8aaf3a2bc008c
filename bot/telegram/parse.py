"""A raw update, as Telegram sent it, into what care understands. Total: any JSON value gets one of the four answers."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.care.incoming import Incoming
from bot.care.ports import InboxRow

ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")
COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@\w+)?(?:\s+|$)")
ALERT_BUTTON = re.compile(r"alert:\d{1,18}:[\w:-]+")
LARGEST = 2**63
GONE = ("left", "kicked")

# Field of a message -> what Incoming calls it; the first that is there counts.
MEDIA = {
    "voice": "voice",
    "video_note": "video",
    "audio": "audio",
    "sticker": "sticker",
    "photo": "photo",
    "animation": "video",
    "video": "video",
    "story": "other",
    "document": "file",
    "venue": "location",
    "location": "location",
    "contact": "contact",
    "poll": "poll",
    "dice": "dice",
    "paid_media": "photo",
    "checklist": "other",
    "game": "other",
    "invoice": "other",
    "gift": "other",
}


@dataclass(frozen=True, slots=True)
class Heard:
    """For care. `query` is the callback query to be answered, so that the button stops spinning."""

    incoming: Incoming
    query: str = ""


@dataclass(frozen=True, slots=True)
class Leave:
    """A group or channel: said politely that Warmline talks in private only, then left."""

    chat: int


@dataclass(frozen=True, slots=True)
class Skip:
    """Nothing a person said to Warmline; `why` is a rule name."""

    why: str
    query: str = ""


@dataclass(frozen=True, slots=True)
class Aside:
    """Not an update as Telegram makes them: kept for a human to look at; `why` is a rule name."""

    why: str


Parsed = Heard | Leave | Skip | Aside


def parse(row: InboxRow, staff: frozenset[int] = frozenset()) -> Parsed:
    """Never raises. `staff` are the chats of on-call people, which may be groups."""
    try:
        update = json.loads(row.body)
    except (ValueError, RecursionError):
        return Aside("not_json")
    if not isinstance(update, dict):
        return Aside("not_an_object")
    for kind, reader in (
        ("message", _message),
        ("edited_message", _edited),
        ("callback_query", _button),
        ("my_chat_member", _membership),
    ):
        if kind in update:
            return reader(update[kind], row, staff) if isinstance(update[kind], dict) else Aside(f"bad_{kind}")
    return Skip("other_kind") if "update_id" in update else Aside("not_an_update")


def chat_of(update: Mapping[str, Any]) -> int:
    """The chat an update belongs to, 0 when it names none."""
    for kind in ALLOWED_UPDATES:
        body = update.get(kind)
        if isinstance(body, dict):
            holder = body.get("message") if kind == "callback_query" else body
            return _chat_id(holder) or 0
    return 0


def clean(text: object) -> str:
    """Joins surrogate pairs a JSON escape left apart and replaces lone ones, which nothing downstream can encode."""
    if not isinstance(text, str):
        return ""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _message(message: dict[str, Any], row: InboxRow, staff: frozenset[int]) -> Parsed:
    chat = _chat_id(message)
    if chat is None:
        return Aside("no_chat")
    if not _private(message):
        return Skip("staff_group") if chat in staff else Leave(chat)
    what, text, command = _content(message)
    if what is None:
        return Skip("service_message")
    number = _whole(message.get("message_id"))
    point = _point(message.get("location"))
    return Heard(
        Incoming(row.id, chat, row.received, text=text, what=what, command=command, message=number, point=point)
    )


def _point(location: object) -> tuple[float, float] | None:
    """(latitude, longitude), if these are two numbers."""
    if not isinstance(location, dict):
        return None
    found = [location.get(name) for name in ("latitude", "longitude")]
    if not all(isinstance(value, int | float) and not isinstance(value, bool) for value in found):
        return None
    return float(found[0]), float(found[1])  # type: ignore[arg-type]


def _content(message: dict[str, Any]) -> tuple[str | None, str, str]:
    """(what, text, command); what is None for a service message, which nobody typed."""
    text, caption = clean(message.get("text")), clean(message.get("caption"))
    if "forward_origin" in message or "forward_date" in message:
        return "forwarded", text or caption, ""
    if match := COMMAND.match(text):
        return "command", text[match.end() :].strip(), match[1].lower()
    if "text" in message:
        return "text", text, ""
    media = next((name for field, name in MEDIA.items() if field in message), None)
    return ("caption" if media and caption else media), caption, ""


def _edited(message: dict[str, Any], row: InboxRow, staff: frozenset[int]) -> Parsed:
    chat = _chat_id(message)
    if chat is None:
        return Aside("no_chat")
    if not _private(message):
        return Skip("group_edit")
    text = clean(message.get("text")) or clean(message.get("caption"))
    number = _whole(message.get("message_id"))
    if not text:
        return Skip("edit_without_words")
    return Heard(Incoming(row.id, chat, row.received, text=text, what="edit", message=number))


def _button(query: dict[str, Any], row: InboxRow, staff: frozenset[int]) -> Parsed:
    answer = query["id"] if isinstance(query.get("id"), str) else ""
    shown, data = query.get("message"), clean(query.get("data"))
    chat = _chat_id(shown)
    if not isinstance(shown, dict) or chat is None or not data:
        return Skip("button_without_chat", answer)
    # In a private chat care itself knows who is on call: the practice may have changed its rota since the start.
    of_alert = (chat in staff or _private(shown)) and ALERT_BUTTON.fullmatch(data) is not None
    if not _private(shown) and not of_alert:
        return Skip("group_button", answer)
    number = _whole(shown.get("message_id"))
    heard = Incoming(row.id, chat, row.received, what="button", button=data, message=number, staff=of_alert)
    return Heard(heard, answer)


def _membership(change: dict[str, Any], row: InboxRow, staff: frozenset[int]) -> Parsed:
    chat, new = _chat_id(change), change.get("new_chat_member")
    if chat is None:
        return Aside("no_chat")
    status = new.get("status") if isinstance(new, dict) else None
    if _private(change):
        return Heard(Incoming(row.id, chat, row.received, what="blocked" if status == "kicked" else "unblocked"))
    return Skip("group_left") if status in GONE or chat in staff else Leave(chat)


def _private(holder: Mapping[str, Any]) -> bool:
    return bool(holder["chat"].get("type") == "private")


def _chat_id(holder: object) -> int | None:
    chat = holder.get("chat") if isinstance(holder, dict) else None
    return _whole(chat.get("id")) if isinstance(chat, dict) else None


def _whole(value: object) -> int | None:
    fits = isinstance(value, int) and not isinstance(value, bool) and -LARGEST <= value < LARGEST
    return int(value) if fits else None  # type: ignore[call-overload]
