"""Where help is, by country: emergency numbers and helplines, read from two tables beside this file.

Nothing in the tables has been checked by a person until `verified_on` says so; `check` names what is missing or old.
A country is what the client said it is, never guessed.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import phonenumbers
from phonenumbers import shortnumberinfo

HOME = Path(__file__).parent
DIRECTORY = "findahelpline.com"
UNKNOWN = "ZZ"  # the row that holds what to say when the country or its number is not known
KINDS = frozenset("suicide general abuse child eating poison youth veterans lgbtq peer".split())
OLDEST = 90  # days a check of a row stays good (C-21)

# Which other kind of line still fits when a country has none of the kind that is wanted.
_INSTEAD: Mapping[str, tuple[str, ...]] = {
    "suicide": ("suicide", "general"),
    "general": ("general", "suicide"),
    "abuse": ("abuse", "general", "suicide"),
    "child": ("child", "youth"),
    "eating": ("eating", "general", "suicide"),
    "poison": ("poison",),
    "youth": ("youth", "suicide", "general"),
}
# What people type for a country, beside its name and its code.
_ALSO: Mapping[str, str] = {
    "uk": "GB", "gb": "GB", "us": "US",
    "england": "GB", "scotland": "GB", "wales": "GB", "northern ireland": "GB", "britain": "GB",
    "great britain": "GB", "usa": "US", "u.s.": "US", "u.s.a.": "US", "america": "US", "the states": "US",
    "united states of america": "US", "holland": "NL", "deutschland": "DE", "éire": "IE", "republic of ireland": "IE",
    "korea": "KR", "türkiye": "TR", "turkiye": "TR", "czech republic": "CZ", "uae": "AE", "emirates": "AE",
    "ivory coast": "CI", "burma": "MM", "macedonia": "MK", "españa": "ES", "italia": "IT", "österreich": "AT",
    "schweiz": "CH", "suisse": "CH", "brasil": "BR", "méxico": "MX", "aotearoa": "NZ", "drc": "CD",
}  # fmt: skip
_LEAD_IN = re.compile(
    r"^(i ?a?'?m |i am |i live |living |we're |we are )?(currently )?(in |from )?(the )?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Line:
    """One helpline. `text` is a phrase to act on, "text HOME to 741741"; number or text is always there."""

    country: str
    kind: str
    name: str
    number: str
    text: str
    link: str
    hours: str  # "24/7", or "" when they are limited or not known
    language: str
    source: str
    verified_on: str  # ISO date, "" as long as nobody checked

    @property
    def always(self) -> bool:
        return self.hours == "24/7"


@dataclass(frozen=True, slots=True)
class Emergency:
    """A country's name as it stands in a sentence, its number for an ambulance or for all, and the one for police."""

    country: str
    name: str
    number: str  # "": not known here, the general advice holds
    police: str
    verified_on: str


@dataclass(frozen=True, slots=True)
class Finding:
    where: str  # "helplines.csv:12"
    rule: str
    sentence: str


class Helplines:
    """Both tables, looked up by ISO 3166-1 alpha-2 code; "" and an unknown code get the general advice."""

    directory = DIRECTORY

    def __init__(self, lines: Iterable[Line], emergencies: Iterable[Emergency]) -> None:
        self.lines = tuple(lines)
        self.emergencies = {row.country: row for row in emergencies}
        self._names = self._typed_names()
        self._of: dict[str, list[Line]] = defaultdict(list)
        for line in self.lines:
            self._of[line.country].append(line)

    @classmethod
    def load(cls, folder: Path | None = None) -> "Helplines":
        """Reads helplines.csv and emergency.csv. Raises OSError or TypeError when a table cannot be used."""
        home = folder or HOME
        return cls(
            (Line(**row) for row in _rows(home / "helplines.csv")),
            (Emergency(**row) for row in _rows(home / "emergency.csv")),
        )

    def knows(self, country: str) -> bool:
        return country in self.emergencies and country != UNKNOWN

    def name(self, country: str) -> str:
        """ "the United Kingdom", ready to follow "in"; "" when unknown."""
        return self.emergencies[country].name if self.knows(country) else ""

    def label(self, country: str) -> str:
        """The name for a button: "United Kingdom"."""
        return self.name(country).removeprefix("the ")

    def country_of(self, text: str) -> str:
        """The country a short message names ("I'm in Germany", "uk"), or ""."""
        said = " ".join(text.replace("’", "'").strip().strip(".!").split())
        return self._names.get(_LEAD_IN.sub("", said).strip().casefold(), "")

    def emergency(self, country: str, *, police: bool = False) -> str:
        """A number to call; for an unknown country the general advice, ready to follow "call"."""
        row = self.emergencies.get(country)
        if row is None or not row.number:
            row = self.emergencies[UNKNOWN]
        return row.police if police else row.number

    def line(self, country: str, kind: str = "suicide") -> Line | None:
        """The line to name first: of that kind, or the nearest that fits; open day and night before others."""
        for wanted in _INSTEAD.get(kind, (kind,)):
            found = [row for row in self._of.get(country, ()) if row.kind == wanted and row.number]
            if found:
                return next((row for row in found if row.always), found[0])
        return None

    def texting(self, country: str, kind: str = "suicide") -> Line | None:
        """A line that can be written to: the one of `line` if it can, else another of the same kind."""
        main = self.line(country, kind)
        if main is not None and main.text:
            return main
        kinds = _INSTEAD.get(kind, (kind,))
        return next((row for row in self._of.get(country, ()) if row.kind in kinds and row.text), None)

    def slots(self, country: str, kind: str = "suicide", *, police: bool = False) -> dict[str, str]:
        """Values for the slots of crisis entries; a slot that has no value for this country is left out."""
        main, text = self.line(country, kind), self.texting(country, kind)
        found = {
            "emergency": self.emergency(country, police=police),
            "directory": self.directory,
            "country": self.name(country),
            "helpline": main.name if main else "",
            "number": main.number if main else "",
            "text": text.text if text else "",
            "textline": text.name if text else "",
        }
        return {name: value for name, value in found.items() if value}

    def world(self, country: str, kind: str = "suicide") -> frozenset[str]:
        """What entries may need: known_country, line, always (open day and night), texting, other_texting."""
        main, text = self.line(country, kind), self.texting(country, kind)
        holds = {
            "known_country": self.knows(country),
            "line": main is not None,
            "always": main is not None and main.always,
            "texting": text is not None and text is main,
            "other_texting": text is not None and text is not main,
        }
        return frozenset(name for name, held in holds.items() if held)

    def check(self, today: date) -> list[Finding]:
        """Everything that stands in the way of trusting these tables: numbers, links, and checks missing or old."""
        found: list[Finding] = []
        for place, line in enumerate(self.lines, start=2):
            found += [Finding(f"helplines.csv:{place}", rule, say) for rule, say in _line_faults(line, today)]
        for place, row in enumerate(self.emergencies.values(), start=2):
            found += [Finding(f"emergency.csv:{place}", rule, say) for rule, say in _emergency_faults(row, today)]
        return found

    def _typed_names(self) -> dict[str, str]:
        names = {row.name.removeprefix("the ").casefold(): code for code, row in self.emergencies.items() if row.name}
        return {**names, **{name.removeprefix("the "): code for name, code in _ALSO.items()}}


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _line_faults(line: Line, today: date) -> list[tuple[str, str]]:
    checks = (
        ("kind", line.kind in KINDS, f"'{line.kind}' is not a kind of line"),
        ("reachable", bool(line.number or line.text), "a line needs a number or a way to text it"),
        ("number", _could_be_dialled(line), f"{line.number} is not a number in {line.country}"),
        ("link", not line.link or re.fullmatch(r"https?://[\w.-]+(/\S*)?", line.link) is not None, "not a web address"),
        ("verified", _fresh(line.verified_on, today), f"nobody checked this in the last {OLDEST} days"),
    )
    return [(rule, sentence) for rule, holds, sentence in checks if not holds]


def _emergency_faults(row: Emergency, today: date) -> list[tuple[str, str]]:
    if row.country == UNKNOWN:
        return []
    if not row.number:
        return [("number", f"no emergency number known for {row.name}; the general advice is given")]
    wrong = [n for n in (row.number, row.police) if not shortnumberinfo.is_emergency_number(n, row.country)]
    faults = [("number", f"{number} is not an emergency number in {row.name}") for number in wrong]
    if not _fresh(row.verified_on, today):
        faults.append(("verified", f"nobody checked this in the last {OLDEST} days"))
    return faults


def _could_be_dialled(line: Line) -> bool:
    """Whether the number has a form that can exist there: a short number, a full one, or a star code."""
    if not line.number:
        return True
    number = re.split(r" (?:then|option|ext) ", line.number)[0]
    if re.fullmatch(r"[*#]?\d{2,6}", number.replace(" ", "")):
        return True
    try:
        parsed = phonenumbers.parse(number, line.country)
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.is_possible_number(parsed) or shortnumberinfo.is_possible_short_number(parsed)


def _fresh(verified_on: str, today: date) -> bool:
    return bool(verified_on) and 0 <= (today - date.fromisoformat(verified_on)).days <= OLDEST
