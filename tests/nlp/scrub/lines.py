"""Reads marked lines ("my boss <name:mark> said") as rows with spans, for the tests and for measuring."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

HERE = Path(__file__).parent
# Which lines of a set of floors are read: each takes 10 ms, so every second one in the quick run.
EVERY = [pytest.param(1, marks=pytest.mark.evidence), 2]
_MARK = re.compile(r"<(\w+):([^<>]*)>")


def unmarked(line: str) -> tuple[str, list[dict[str, Any]]]:
    """The text without its marks, and the spans they stood for."""
    text, spans, last = "", [], 0
    for match in _MARK.finditer(line):
        text += line[last : match.start()]
        spans.append({"start": len(text), "end": len(text) + len(match[2]), "type": match[1]})
        text += match[2]
        last = match.end()
    return text + line[last:], spans


def rows(name: str) -> list[dict[str, Any]]:
    """The rows of frozen.yaml or development.yaml, numbered in order."""
    file = yaml.load((HERE / f"{name}.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)
    marked = [unmarked(line) for line in (*file["lines"], *file["harmless"])]
    return [{"id": f"{name}-{number}", "text": text, "spans": spans} for number, (text, spans) in enumerate(marked, 1)]
