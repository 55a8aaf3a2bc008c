"""`python -m tests.nlp.scrub.measure DATE`: scores the frozen set and writes the figures that PRIVACY.md prints.

Run it by hand when finders or lists changed; a test holds the figures against the code.
"""

import json
import sys
from pathlib import Path

from nlp import rules
from nlp.scrub import measured
from nlp.scrub.document import Scrubber
from nlp.scrub.kinds import GROUPS
from nlp.scrub.score import score
from tests.nlp.scrub.lines import rows


def figures(scrubber: Scrubber) -> dict[str, dict[str, float]]:
    """The rates of the three groups and of harmless lines changed."""
    found = score(rows("frozen"), scrubber.finder.find)["all"]
    return {
        name: {key: round(value, 4) for key, value in found[name]._asdict().items()}
        for name in (*GROUPS, "harmless_changed")
    }


def main(date: str) -> None:
    texts = rows("frozen")
    marked = sum(bool(row["spans"]) for row in texts)
    told = {
        "date": date,
        "command": "python -m tests.nlp.scrub.measure",
        "set": f"{marked} invented chat lines with identifiers and {len(texts) - marked} without, "
        "drafted by a language model",
        "rates": figures(Scrubber.load()),
    }
    Path(str(rules.data_file(measured.FILE))).write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
