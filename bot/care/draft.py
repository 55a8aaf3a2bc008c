"""A reply being put together: its parts, and what must be remembered of how it came about."""

from dataclasses import dataclass, field

from responses.model import Part, Technique
from responses.pick import Picked


@dataclass(slots=True)
class Draft:
    """A reply being put together."""

    parts: list[Part] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    named: list[str] = field(default_factory=list)
    trail: list[str] = field(default_factory=list)
    sources: list[Picked] = field(default_factory=list)

    @property
    def words(self) -> int:
        return sum(len(part.text.split()) for part in self.parts)

    def add(self, picked: Picked) -> None:
        self.parts.append(Part(picked.entry.id, picked.entry.technique, picked.text))
        self.keys.append(picked.key)
        self.trail += picked.trail
        self.sources.append(picked)

    def put_first(self, picked: Picked) -> None:
        """A word of courtesy before what is there."""
        self.parts.insert(0, Part(picked.entry.id, picked.entry.technique, picked.text))
        self.keys.insert(0, picked.key)
        self.trail += picked.trail

    def add_question(self, entry: str, key: str, text: str) -> None:
        self.parts.append(Part(entry, Technique.OPEN_QUESTION, text))
        self.keys.append(key)
        self.trail.append(f"ask:{entry}")

    @property
    def spoken_feelings(self) -> set[str]:
        """Feelings that the entries of this reply speak to."""
        return {feeling for picked in self.sources for feeling in picked.entry.when.feelings}
