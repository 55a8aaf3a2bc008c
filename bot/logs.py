"""Log lines: one JSON object each, on stderr, with ids and rule names and never a word of a person.

Libraries that put request bodies or addresses with the bot's token into their messages are held at warning, and the
token is masked wherever it might still appear.
"""

import json
import logging
import sys
from datetime import UTC, datetime

_QUIET = (
    "alembic",
    "httpx",
    "httpcore",
    "aiohttp.access",
    "telegram",
    "apscheduler",
    "asyncio",
    "sqlalchemy.engine",
    "uvicorn.access",
)
_PLAIN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


class JsonLine(logging.Formatter):
    def __init__(self, secret: str = "") -> None:
        super().__init__()
        self._secret = secret

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "level": record.levelname.lower(),
            "room": record.name,
            "event": record.getMessage(),
            **{key: value for key, value in vars(record).items() if key not in _PLAIN},
        }
        if record.exc_info and record.exc_info[0]:
            # The type alone: an exception's message may hold what a person wrote.
            line["error"] = record.exc_info[0].__name__
        text = json.dumps(line, default=str)
        return text.replace(self._secret, "***") if self._secret else text


def set_up(level: str = "info", secret: str = "") -> None:
    """Send log lines to stderr. `secret` (the bot's token) is masked in every line."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLine(secret))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
