"""`python -m tests.nlp.scrub.measure DATE PII.jsonl`: writes the figures that PRIVACY.md prints and text export asks.

Three sets: the frozen one of this repository, one written by another author, and the even ids of the shared one, which
nobody read while building.
Run it by hand when finders or lists changed; a test holds the first against the code.
"""

import json
import sys
from pathlib import Path
from typing import Any

from nlp import rules
from nlp.evaluate import Rate
from nlp.scrub import measured
from nlp.scrub.document import Scrubber
from nlp.scrub.kinds import GROUPS
from nlp.scrub.score import read_rows, score
from tests.nlp.scrub.lines import rows


def figures(scrubber: Scrubber, name: str = "frozen") -> dict[str, dict[str, float]]:
    """The rates of the three groups and of harmless lines changed, on a set of this repository."""
    return _groups(score(rows(name), scrubber.finder.find)["all"])


def _groups(found: dict[str, Rate]) -> dict[str, dict[str, float]]:
    names = (*GROUPS, "harmless_changed")
    return {name: {key: round(value, 4) for key, value in found[name]._asdict().items()} for name in names}


def main(date: str, shared: str) -> None:
    scrubber = Scrubber.load()
    sets: list[dict[str, Any]] = [
        {
            "date": date,
            "command": "python -m tests.nlp.scrub.measure",
            "set": "invented chat lines written before the finders by the same language model (frozen.yaml)",
            "rates": figures(scrubber),
        },
        {
            "date": date,
            "command": "python -m tests.nlp.scrub.measure",
            "set": "invented chat lines by another author that saw no finder, never opened (apart.yaml)",
            "rates": figures(scrubber, "apart"),
        },
        {
            "date": date,
            "command": "warmline evaluate privacy pii_dev.jsonl",
            "set": "invented chat lines by others, the even half, which was never read while building",
            "rates": _groups(score(read_rows(Path(shared)), scrubber.finder.find)["even"]),
        },
    ]
    file = Path(str(rules.data_file(measured.FILE)))
    file.write_text(json.dumps(sets, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
