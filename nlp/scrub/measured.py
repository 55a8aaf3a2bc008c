"""The measured miss rate, as text: from data/measured.json, which `python -m tests.nlp.scrub.measure` writes."""

import json
from collections.abc import Mapping
from typing import Any

from nlp import rules
from nlp.evaluate import Rate
from nlp.scrub.kinds import NEEDED
from nlp.scrub.score import passes

FILE = "scrub/data/measured.json"
_KEYS = {"date", "command", "set", "rates"}
_NAMES = {
    "structured": "Numbers, addresses, contacts, dates of birth",
    "names": "Names",
    "quasi": "What points at a person (work, schools, places, ages, dates, belonging, rare illness)",
}


def figures() -> list[dict[str, Any]]:
    """For each set: date, command, set, rates ({group: {"hits", "of", "rate", "low", "high"}}). RuleError without."""
    try:
        found = json.loads(rules.data_file(FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise rules.RuleError(f"{FILE}: {error}") from error
    if (
        not isinstance(found, list)
        or not found
        or not all(isinstance(one, dict) and set(one) == _KEYS for one in found)
    ):
        raise rules.RuleError(f"{FILE}: a list of date, command, set and rates is expected")
    return found


def allows_text() -> bool:
    """Whether every set reaches the bars below which text export stays blocked."""
    return all(passes({name: Rate(**rate) for name, rate in one["rates"].items()}) for one in figures())


def miss_rate_text() -> str:
    """Markdown for PRIVACY.md: how many identifiers scrubbing misses, set by set, with 95 % intervals."""
    return "\n".join(_of_set(one) for one in figures())


def _of_set(one: Mapping[str, Any]) -> str:
    rows = [
        f"| {_NAMES[name]} | {_missed(one['rates'][name])} | {100 * (1 - needed):.0f} % |"
        for name, needed in NEEDED.items()
    ]
    changed = one["rates"]["harmless_changed"]
    return "\n".join(
        [
            f"Measured on {one['date']} with `{one['command']}`",
            f"on {one['set']}, with Wilson 95 % intervals.",
            "Real messages may do worse.",
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
