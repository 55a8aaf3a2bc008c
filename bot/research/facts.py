"""What an export says of the program that made it, and options of one export. Handed over by wiring and the command."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.care.research.rows import Known

K, K_PUBLIC = 5, 11


@dataclass(frozen=True, slots=True)
class Program:
    """Closed lists, versions and the library of this program."""

    known: Known
    versions: Mapping[str, str]  # warmline, ear, library, model
    lists: Mapping[str, Sequence[str]] = field(default_factory=dict)  # more named lists of values for the codebook
    library: Mapping[str, str] = field(default_factory=dict)  # live entry -> technique
    demo: bool = False  # the database holds invented people


@dataclass(frozen=True, slots=True)
class Options:
    public: bool = False
    sqlite: bool = False
    attack: bool = False
    against: tuple[Path, ...] = ()  # earlier exports that an outsider may hold as well
    partition: bool = False
    text: Path | None = None  # folder of a finished review; see bot.research.texts

    @property
    def k(self) -> int:
        return K_PUBLIC if self.public else K
