"""The shelves in memory: entries by id, by moment and by label, and the button labels."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path

import yaml

from responses.load import HOME, read_entries, read_practices
from responses.model import Entry
from responses.practice import Practice


class Library:
    """Entries that may be said. Retired ones are kept for `/why`, never picked."""

    def __init__(self, entries: Iterable[Entry], practices: Iterable[Practice] = ()) -> None:
        self.practices: Mapping[str, Practice] = {practice.name: practice for practice in practices}
        self.entries: Mapping[str, Entry] = {entry.id: entry for entry in entries}
        self._moments: dict[str, list[Entry]] = defaultdict(list)
        self._shelves: dict[str, Shelf] = {}
        for entry in self.live:
            if entry.moment:
                self._moments[entry.moment].append(entry)

    @classmethod
    def load(cls, folder: Path | None = None, language: str = "en") -> "Library":
        """Reads every file of a language. Raises LibraryError at the first line that cannot be used."""
        home = (folder or HOME) / language
        return cls(read_entries(home), read_practices(home))

    @cached_property
    def live(self) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.entries.values() if entry.retired is None)

    @cached_property
    def picked_by_reading(self) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.live if not entry.moment)

    def shelf(self, prefix: str) -> "Shelf":
        """The entries below an address, indexed by the labels they need; made when first asked for."""
        if prefix not in self._shelves:
            self._shelves[prefix] = Shelf(e for e in self.picked_by_reading if e.id.startswith(prefix))
        return self._shelves[prefix]

    def at(self, moment: str) -> tuple[Entry, ...]:
        return tuple(self._moments.get(moment, ()))

    @property
    def moments(self) -> tuple[str, ...]:
        return tuple(sorted(self._moments))


class Shelf:
    """Entries of one address. Most need a label; only those whose label was heard have to be looked at."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = tuple(entries)
        self._by_label: dict[str, list[int]] = defaultdict(list)
        self._by_none: list[int] = []
        for number, entry in enumerate(self.entries):
            labels = _needed_labels(entry)
            for label in labels:
                self._by_label[label].append(number)
            if not labels:
                self._by_none.append(number)

    def near(self, labels: Iterable[str]) -> Iterator[Entry]:
        """Entries that need none of their labels or one of these, in the library's order, each once."""
        numbers = set(self._by_none)
        for label in labels:
            numbers.update(self._by_label.get(label, ()))
        return (self.entries[number] for number in sorted(numbers))


def _needed_labels(entry: Entry) -> frozenset[str]:
    """Labels of which one must have been heard: those of the rarest kind that the entry asks for."""
    when = entry.when
    return when.themes or when.situations or when.self_talk or when.asked or when.acts or when.feelings or when.kinds


def shelves(folder: Path | None = None) -> Mapping[str, Mapping[str, object]]:
    """What shelves.yaml says of each shelf."""
    data = yaml.load(((folder or HOME) / "shelves.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    found: Mapping[str, Mapping[str, object]] = data["shelves"]
    return found
