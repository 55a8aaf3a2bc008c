"""The papers of an export: README, PRIVACY, the codebook, and the Frictionless data package with hashes."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from bot.care.research.cells import SMALLEST, hide_row
from bot.care.research.profile import SENSITIVE
from bot.care.research.records import Study
from bot.care.research.standing import Standing
from bot.research import codebook
from bot.research.codebook import Table
from bot.research.facts import Options, Program
from bot.research.staging import Staged
from bot.research.tables import Protected
from nlp.scrub import measured

HIDDEN_NUMBER = "hidden"
_LEFT_OUT = "left out so that nobody stands out"
_BLOCK = 1 << 20
_FLOW = {
    Standing.NEVER_AGREED.value: "never agreed to research",
    Standing.WITHDREW.value: "took back their agreement to research",
    Standing.LEFT.value: "took back the consent to talk",
    Standing.UNDERAGE.value: "said that they are under 18",
}


@dataclass(frozen=True, slots=True)
class Export:
    """One export as its papers and its report see it."""

    study: Study
    program: Program
    options: Options
    tables: Mapping[str, Table]
    staged: Staged
    protected: Protected
    people: pl.DataFrame  # participants
    counts: Mapping[str, int]  # rows of each table
    folder: Path

    @property
    def period(self) -> str:
        if self.study.start is None and self.study.end is None:
            return "all days"
        return f"{self.study.start or 'the first day'} to {self.study.end or 'the last day'}"

    def flow(self) -> list[tuple[str, int | None]]:
        """From everybody to those in the tables, each number of people or None for hidden; the first is the total.

        How many are in the tables is known to whoever holds them, so it cannot hide another number: the total does.
        """
        steps = [(text, self.staged.standing[name]) for name, text in _FLOW.items()]
        steps.append(("wrote nothing in the study's period", self.staged.silent))
        steps.append((_LEFT_OUT, len(self.protected.masked.left_out)))
        cells, missing = hide_row([count for _, count in steps])
        here = self.people.height
        total = None if missing is None else missing + here
        why = zip((text for text, _ in steps), cells, strict=True)
        return [("known to Warmline", total), *why, ("in the tables", here)]


def shown(number: int | None) -> str:
    return HIDDEN_NUMBER if number is None else f"{number:,}"


def environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        undefined=StrictUndefined,
        autoescape=select_autoescape(["html.j2"]),
        keep_trailing_newline=True,
    )


def write(export: Export) -> None:
    """Everything but the report and the data package."""
    facts = _privacy_facts(export)
    for name in ("README.md", "PRIVACY.md"):
        text = environment().get_template(f"{name}.j2").render(**facts)
        (export.folder / name).write_text(text, encoding="utf-8")
    (export.folder / "codebook.csv").write_text(codebook.as_csv(export.tables), encoding="utf-8")
    (export.folder / "codebook.md").write_text(codebook.as_markdown(export.tables), encoding="utf-8")


def _privacy_facts(export: Export) -> dict[str, Any]:
    groups = export.people.filter(~pl.col("test_account")).group_by(*export.protected.hidden).len()
    smallest = groups["len"].min() if groups.height else None
    people = max(export.people.height, 1)
    flow = export.flow()
    return {
        "study": export.study,
        "program": export.program,
        "options": export.options,
        "tables": export.tables,
        "counts": export.counts,
        "period": export.period,
        "protected": export.protected,
        "quasi": tuple(export.protected.hidden),
        "sensitive": SENSITIVE,
        "smallest": SMALLEST,
        "smallest_group": smallest,
        "flow": [(text, shown(number)) for text, number in flow],
        "left_out": shown(dict(flow)[_LEFT_OUT]),
        "shares": {name: _share(count, people) for name, count in export.protected.hidden.items()},
        "miss_rate": measured.miss_rate_text() if export.options.text else "",
        "rare": sum(len(values) for values in export.protected.rare.values()),
    }


def _share(count: int, people: int) -> str:
    if 0 < count < SMALLEST or 0 < people - count < SMALLEST:
        return "some"
    return f"{round(100 * count / people)} %"


def hashes(folder: Path) -> dict[str, str]:
    """sha256 of every file below, by its path."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): _sha256(path) for path in files}


def _sha256(path: Path) -> str:
    mark = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            mark.update(block)
    return mark.hexdigest()


def write_package(export: Export) -> None:
    """datapackage.json, by the Frictionless Data Package standard (v1)."""
    package = {
        "profile": "data-package",
        "name": _slug(export.study.name),
        "title": f"{export.study.name}: label rows from Warmline",
        "description": "Anonymised label rows of talks, check-ins, practices, marks and episodes. See README.md.",
        "version": export.program.versions["warmline"],
        "keywords": ["conversation", "emotional support", "check-ins", "anonymised"],
        "contributors": [{"title": export.study.contact or "not said", "role": "contact"}],
        "licenses": [{"name": "other-closed", "title": "By agreement with whoever handed over this folder"}],
        "sources": [{"title": f"{name} {value}"} for name, value in export.program.versions.items()],
        "study": {
            "period": export.period, "purpose": export.study.purpose, "k": export.protected.k, "l": 2,
            "invented": export.program.demo, "consent": export.study.consent_version,
            "flow": {text: shown(number) for text, number in export.flow()},
        },
        "resources": [_resource(export, table) for table in export.tables.values()],
    }  # fmt: skip
    text = json.dumps(package, ensure_ascii=False, indent=1) + "\n"
    (export.folder / "datapackage.json").write_text(text, encoding="utf-8")


def _resource(export: Export, table: Table) -> dict[str, Any]:
    path = export.folder / f"{table.name}.csv"
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": path.name,
        "description": table.about,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": path.stat().st_size,
        "hash": f"sha256:{_sha256(path)}",
        "schema": codebook.schema(table),
    }


def _slug(name: str) -> str:
    return "".join(c if c.isascii() and c.isalnum() else "-" for c in name.lower()).strip("-") or "study"
