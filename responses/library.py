"""The shelves in memory: entries by id, by moment and by label, and the button labels."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path

import yaml

from responses.load import HOME, read_entries
from responses.model import Entry


class Library:
    """Entries that may be said. Retired ones are kept for `/why`, never picked."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries: Mapping[str, Entry] = {entry.id: entry for entry in entries}
        self._moments: dict[str, list[Entry]] = defaultdict(list)
        for entry in self.live:
            if entry.moment:
                self._moments[entry.moment].append(entry)

    @classmethod
    def load(cls, folder: Path | None = None, language: str = "en") -> "Library":
        """Reads every file of a language. Raises LibraryError at the first line that cannot be used."""
        return cls(read_entries((folder or HOME) / language))

    @cached_property
    def live(self) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.entries.values() if entry.retired is None)

    @cached_property
    def picked_by_reading(self) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.live if not entry.moment)

    def at(self, moment: str) -> tuple[Entry, ...]:
        return tuple(self._moments.get(moment, ()))

    @property
    def moments(self) -> tuple[str, ...]:
        return tuple(sorted(self._moments))


def shelves(folder: Path | None = None) -> Mapping[str, Mapping[str, object]]:
    """What shelves.yaml says of each shelf."""
    data = yaml.safe_load(((folder or HOME) / "shelves.yaml").read_text(encoding="utf-8"))
    found: Mapping[str, Mapping[str, object]] = data["shelves"]
    return found
