"""What the readers of the library share: the error that names a line, unknown keys refused, one text or many."""

from collections.abc import Collection, Mapping
from typing import Any


class LibraryError(Exception):
    """An entry that cannot be used, said as `path:line: rule: sentence`."""

    def __init__(self, path: str, line: int, rule: str, sentence: str) -> None:
        super().__init__(f"{path}:{line}: {rule}: {sentence}")
        self.path, self.line, self.rule, self.sentence = path, line, rule, sentence


def refuse_unknown(raw: Mapping[str, Any], known: Collection[str], path: str, line: int) -> None:
    for key in raw.keys() - set(known) - {"__line__"}:
        raise LibraryError(path, line, "known-keys", f"'{key}' is not a field; known are {', '.join(sorted(known))}")


def texts_of(raw: Any) -> tuple[str, ...]:
    return (raw,) if isinstance(raw, str) else tuple(str(text).strip() for text in raw)
