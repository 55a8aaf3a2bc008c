"""What the real Bot API refuses, with the words it refuses it in."""

import json
import re
from html.parser import HTMLParser
from typing import Any

TEXT_UNITS = 4096
TAGS = frozenset("b strong i em u ins s strike del span tg-spoiler a tg-emoji code pre blockquote".split())


class RefusedError(Exception):
    def __init__(self, status: int, description: str, **parameters: Any) -> None:
        super().__init__(description)
        self.status, self.description, self.parameters = status, description, parameters


def utf16_units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


class _Markup(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag not in TAGS:
            raise RefusedError(
                400, f'Bad Request: can\'t parse entities: Unsupported start tag "{tag}" at byte offset 0'
            )
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            raise RefusedError(400, "Bad Request: can't parse entities: Unmatched end tag at byte offset 0")


def check_text(text: Any, parse_mode: str | None) -> str:
    if not isinstance(text, str) or not text.strip():
        raise RefusedError(400, "Bad Request: message text is empty")
    try:
        text.encode()
    except UnicodeEncodeError:
        raise RefusedError(400, "Bad Request: strings must be encoded in UTF-8") from None
    if utf16_units(text) > TEXT_UNITS:
        raise RefusedError(400, "Bad Request: message is too long")
    if parse_mode and parse_mode.upper() == "HTML":
        markup = _Markup()
        if re.search(r"<(?![a-zA-Z/])", text):
            raise RefusedError(400, 'Bad Request: can\'t parse entities: Unsupported start tag "" at byte offset 0')
        markup.feed(text)
        if markup.open:
            raise RefusedError(400, "Bad Request: can't parse entities: Can't find end tag")
    return text.strip()


def check_keyboard(markup: Any) -> tuple[tuple[tuple[str, str], ...], ...]:
    """Rows of (label, callback_data)."""
    if isinstance(markup, str):
        markup = json.loads(markup)
    rows = (markup or {}).get("inline_keyboard", [])
    for button in (b for row in rows for b in row):
        if not button.get("text"):
            raise RefusedError(400, "Bad Request: can't parse inline keyboard button: Text buttons are unallowed")
        if not 1 <= len(button.get("callback_data", "").encode()) <= 64:
            raise RefusedError(400, "Bad Request: BUTTON_DATA_INVALID")
    return tuple(tuple((b["text"], b["callback_data"]) for b in row) for row in rows)
