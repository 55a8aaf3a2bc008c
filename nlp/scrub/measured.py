"""The measured miss rate, as text: from data/measured.json, which `python -m tests.nlp.scrub.measure` writes."""

import json
from collections.abc import Mapping
from typing import Any

from nlp import rules
from nlp.scrub.kinds import GROUPS, NEEDED

FILE = "scrub/data/measured.json"
_NAMES = {
    "structured": "Numbers, addresses, contacts, dates of birth",
    "names": "Names",
    "quasi": "What points at a person (work, schools, places, ages, dates, belonging, rare illness)",
}


def figures() -> dict[str, Any]:
    """{"date", "command", "set", "rates": {group: {"hits", "of", "rate", "low", "high"}}}. RuleError without it."""
    try:
        found = json.loads(rules.data_file(FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise rules.RuleError(f"{FILE}: {error}") from error
    if not isinstance(found, dict) or set(found) != {"date", "command", "set", "rates"}:
        raise rules.RuleError(f"{FILE}: date, command, set and rates are expected")
    return found


def allows_text() -> bool:
    """Whether the published figures reach the bars below which text export stays blocked."""
    from nlp.evaluate import Rate
    from nlp.scrub.score import passes

    return passes({name: Rate(**rate) for name, rate in figures()["rates"].items()})


def miss_rate_text() -> str:
    """A Markdown paragraph and table for PRIVACY.md: how many identifiers scrubbing misses, with 95 % intervals."""
    found = figures()
    rows = [
        f"| {_NAMES[name]} | {_missed(found['rates'][name])} | {100 * (1 - needed):.0f} % |"
        for name, needed in NEEDED.items()
        if name in GROUPS
    ]
    changed = found["rates"]["harmless_changed"]
    return "\n".join(
        [
            f"Scrubbing misses some identifiers. Measured on {found['date']} with `{found['command']}`",
            f"on {found['set']},",
            "with Wilson 95 % intervals; real messages may do worse:",
            "",
            "| kind | missed | may be missed at most |",
            "|---|---|---|",
            *rows,
            "",
            f"Of {changed['of']} lines without an identifier, {changed['hits']} were changed needlessly.",
            "",
        ]
    )


def _missed(rate: Mapping[str, float]) -> str:
    low, high = 100 * (1 - rate["high"]), 100 * (1 - rate["low"])
    return f"{100 * (1 - rate['rate']):.1f} % [{low:.1f}, {high:.1f}] ({rate['of'] - rate['hits']} of {rate['of']})"
