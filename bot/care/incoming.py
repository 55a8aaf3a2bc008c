"""One thing a client did, in plain values: what a door hands to care, whatever the messenger behind it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Incoming:
    inbox: int  # id of the inbox row
    chat: int
    at: datetime  # arrival, UTC
    text: str = ""  # message text or caption; without lone surrogates
    # text, edit, caption, voice, audio, sticker, photo, video, file, location, contact, forwarded, poll, dice, command,
    # button, blocked, unblocked, other
    what: str = "text"
    command: str = ""  # "start", without slash and bot name; `text` then holds the rest
    button: str = ""  # callback_data
    message: int | None = None  # Telegram id of the message itself, or of the one the button hangs on
    point: tuple[float, float] | None = None  # latitude and longitude of a shared place; used at once and not kept
    staff: bool = False  # a button of an alert, pressed in a configured chat of on-call staff
