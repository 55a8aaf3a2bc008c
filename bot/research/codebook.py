"""What every column is: read from tables.yaml, written as codebook.csv, codebook.md and the package's schemas."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.care.alerts import REASONS
from bot.care.checkins.marks import Source
from bot.care.checkins.plan import KINDS, LAST_NOTE, SlotState
from bot.care.research import bins, days
from bot.care.research.episodes import CLOSED_HOW
from bot.care.research.pronouns import GROUPS
from nlp import labels
from responses.model import Technique

HOME = Path(__file__).parent
# Rule names of check-ins that did not go out.
CHECK_IN_REASONS = (
    "no_consent", "paused", "episode", "snoozed", "late", "quiet", "one_a_day", "talking", "slowed", "ended", "blocked",
    "restart", "forgotten", "withdrawn",
)  # fmt: skip
MARK_SOURCES = tuple(source.value for source in Source)
TEXTS = "texts"  # the table that is there only with the second consent and a finished review
_PRONOUNS = "pronouns"  # the column that is there only in a study that asked
_CODES = ("none", "hidden", "rare", "unlisted", "unknown")


@dataclass(frozen=True, slots=True)
class Column:
    table: str
    name: str
    type: str  # string, integer or boolean
    meaning: str
    unit: str = ""
    values: tuple[str, ...] = ()  # all that may stand there beside the missing codes; () for any
    several: bool = False
    quasi: bool = False
    sensitive: bool = False
    minimum: int | None = None
    maximum: int | None = None

    @property
    def source(self) -> str:
        """Where it comes from."""
        return {
            "participants": "counted from the other tables, or what the person chose",
            "turns": "labels kept with each turn",
            "check_ins": "the record of check-ins",
            "practices": "the record of practices",
            "marks": "the person's marks",
            TEXTS: "the person's message, scrubbed and then reviewed by a human",
            "episodes": "tiers of turns, and the record of alerts",
        }[self.table]


@dataclass(frozen=True, slots=True)
class Table:
    name: str
    about: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)


def load(lists: Mapping[str, Sequence[str]], *, text: bool = False, pronouns: bool = False) -> dict[str, Table]:
    """Tables by name; that of texts and the column of pronouns only if asked for.

    `lists` adds to the named lists of values: practices ...
    """
    data = _written()
    named = {**_lists(), **lists}
    return {
        name: Table(
            name,
            told["about"],
            tuple(told["key"]),
            tuple(
                _column(name, column, {**data["common"].get(column, {}), **more}, named)
                for column, more in told["columns"].items()
                if pronouns or column != _PRONOUNS
            ),
        )
        for name, told in data["tables"].items()
        if text or name != TEXTS
    }


def missing_codes() -> dict[str, str]:
    """What stands for a value that is not given, and why."""
    found: dict[str, str] = _written()["missing"]
    return found


def _written() -> Any:
    """What stands in tables.yaml. By libyaml where it is there: without, reading it is a third of a small export."""
    text = (HOME / "tables.yaml").read_text(encoding="utf-8")
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - a safe one


def regions() -> dict[str, str]:
    """Continent by country code."""
    with (HOME / "regions.csv").open(encoding="utf-8", newline="") as file:
        return {row["country"]: row["region"] for row in csv.DictReader(file)}


def _lists() -> dict[str, Sequence[str]]:
    return {
        "blocks": days.BLOCKS,
        "regions": sorted(set(regions().values())),
        "pronouns": GROUPS,
        "tiers": [tier.name for tier in labels.Tier],
        "kinds": [kind.value for kind in labels.Kind],
        "feelings": sorted(labels.FEELINGS),
        "situations": sorted(labels.SITUATIONS),
        "acts": sorted(labels.ACTS),
        "self_talk": sorted(labels.SELF_TALK),
        "moods": [mood.value for mood in labels.Mood],
        "sentiments": bins.SENTIMENTS,
        "lengths": bins.LENGTHS,
        "waits": bins.WAITS,
        "techniques": [technique.value for technique in Technique],
        "check_in_kinds": (*KINDS, LAST_NOTE),
        "check_in_states": [state.value for state in SlotState],
        "check_in_reasons": CHECK_IN_REASONS,
        "mark_sources": MARK_SOURCES,
        "practices": (),
        "closed_how": tuple(dict.fromkeys((*REASONS, *CLOSED_HOW))),
    }


def _column(table: str, name: str, told: Mapping[str, Any], named: Mapping[str, Sequence[str]]) -> Column:
    values = told.get("values", ())
    told = {key: value for key, value in told.items() if key != "values"}
    return Column(table, name, values=tuple(named[values] if isinstance(values, str) else values), **told)


def as_csv(tables: Mapping[str, Table]) -> str:
    """One row for each column."""
    out = io.StringIO()
    head = ("table", "column", "type", "meaning", "unit", "values", "several", "missing_codes", "source")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow((*head, "quasi_identifier", "sensitive"))
    for column in _all(tables):
        values = "; ".join(column.values) or _range(column)
        codes = "; ".join(["empty", *(_CODES if column.type == "string" and column.name != "participant" else ())])
        flags = ("yes" if flag else "no" for flag in (column.several,))
        writer.writerow(
            (
                column.table,
                column.name,
                column.type,
                column.meaning,
                column.unit,
                values,
                *flags,
                codes,
                column.source,
                "yes" if column.quasi else "no",
                "yes" if column.sensitive else "no",
            )
        )
    return out.getvalue()


def as_markdown(tables: Mapping[str, Table]) -> str:
    """The same to read, a section for each table."""
    lines = ["# Codebook", "", "The same is in codebook.csv, for programs.", "", "## Missing codes", ""]
    lines += [f"- `{code or '(empty cell)'}`: {meaning}" for code, meaning in missing_codes().items()]
    for table in tables.values():
        key = ", ".join(f"`{name}`" for name in table.key)
        lines += ["", f"## {table.name}", "", f"{table.about} Key: {key}.", ""]
        lines += ["| column | type | meaning | unit | values |", "|---|---|---|---|---|"]
        lines += [
            f"| `{column.name}` | {column.type} | {column.meaning} | {column.unit} | {_shown(column)} |"
            for column in table.columns
        ]
    return "\n".join(lines) + "\n"


def schema(table: Table) -> dict[str, Any]:
    """As Frictionless has it (Table Schema)."""
    found: dict[str, Any] = {
        "fields": [_field(column) for column in table.columns],
        "primaryKey": list(table.key),
        "missingValues": [""],
    }
    if table.name != "participants":
        to = {"resource": "participants", "fields": ["participant"]}
        found["foreignKeys"] = [{"fields": ["participant"], "reference": to}]
    return found


def _field(column: Column) -> dict[str, Any]:
    found: dict[str, Any] = {"name": column.name, "type": column.type, "description": column.meaning}
    limits: dict[str, Any] = {}
    if column.values and not column.several:
        limits["enum"] = [*column.values, *_CODES]
    for name in ("minimum", "maximum"):
        if (value := getattr(column, name)) is not None:
            limits[name] = value
    return {**found, "constraints": limits} if limits else found


def _all(tables: Mapping[str, Table]) -> list[Column]:
    return [column for table in tables.values() for column in table.columns]


def _range(column: Column) -> str:
    return "" if column.minimum is None else f"{column.minimum} to {column.maximum}"


def _shown(column: Column) -> str:
    many = "several of: " if column.several and column.values else ""
    return many + ", ".join(column.values) or _range(column)
