"""The voice as care holds it: say a moment's line, or pick one for what was understood."""

from collections.abc import Collection, Mapping
from random import Random

from responses.fill import can_fill, fill, opener
from responses.library import Library
from responses.model import Entry, Part
from responses.pick import Picked, Wanted, pick


class Voice:
    """Everything Warmline may say. Holds no state of a conversation."""

    def __init__(self, library: Library) -> None:
        self.library = library

    def pick(self, wanted: Wanted, random: Random) -> Picked | None:
        return pick(self.library, wanted, random)

    def say(
        self,
        moment: str,
        random: Random,
        *,
        slots: Mapping[str, str] | None = None,
        world: Collection[str] = (),
        used: Collection[str] = (),
        openers: Collection[str] = (),
    ) -> Part:
        """The line for a moment such as "consent.notice".

        Of the entries whose needs hold in `world` those with the most needs win (the most particular truth), then ones
        not in `used`; a moment always has an answer, since the linter demands one entry without needs for each.
        Raises LookupError for a moment that has no entry that can be filled: a fault of the library, not of a client.
        """
        entry = self._entry(moment, slots or {}, world, used, random)
        texts = [fill(text, slots or {}) for text in entry.say if can_fill(text, slots or {})]
        fresh = [text for text in texts if opener(text) not in openers and text not in used]
        return Part(entry.id, entry.technique, random.choice(fresh or texts))

    def line(self, moment: str, slots: Mapping[str, str] | None = None) -> str:
        """The words of a moment that are the same each time, as on a button. Raises as `say` does."""
        return self.say(moment, Random(0), slots=slots).text  # noqa: S311 - one wording, no draw

    def buttons(self, entry_id: str) -> tuple[str, ...]:
        return self.library.entries[entry_id].buttons

    def _entry(
        self, moment: str, slots: Mapping[str, str], world: Collection[str], used: Collection[str], random: Random
    ) -> Entry:
        able = [
            entry
            for entry in self.library.at(moment)
            if entry.needs <= set(world) and any(can_fill(text, slots) for text in entry.say)
        ]
        if not able:
            raise LookupError(f"no entry for the moment {moment}")
        most = max(len(entry.needs) for entry in able)
        closest = [entry for entry in able if len(entry.needs) == most]
        return random.choice([entry for entry in closest if entry.id not in used] or closest)
