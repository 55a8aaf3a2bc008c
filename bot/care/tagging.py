"""Reading what replies are by people who do not see our tags: sheets of parts, and what the answers come to.

Two sheets. *Tags*: what each part of a reply is, so that our own tags can be held against a judge's (Cohen's kappa) and
ratios be counted from the judge's. *Slots*: whether a reflection that holds the person's own words is acceptable, or
does harm. One item in twenty stands on a sheet twice, to see whether a judge agrees with themselves.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from bot.care.agreement import AGAIN, TWICE, Pair, Share, with_interval
from responses.model import Technique

TAGS = (
    "simple_reflection",
    "complex_reflection",
    "open_question",
    "closed_question",
    "validation",
    "affirmation",
    "other",
)
_AS = {Technique.DOUBLE_SIDED_REFLECTION: "complex_reflection", Technique.SUMMARY: "complex_reflection"}
_REFLECTIONS, _COMPLEX = frozenset(TAGS[:2]), "complex_reflection"
_QUESTIONS, _OPEN = frozenset(TAGS[2:4]), "open_question"

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Items:
    """What judges get, and what is kept from them."""

    sheet: tuple[dict[str, Any], ...]
    key: dict[str, list[str]]  # item -> our tag of each part, or the entry of the reflection


def tag_of(technique: Technique) -> str:
    """Our technique in the judges' fewer words: double-sided reflections and summaries are complex."""
    name = _AS.get(technique, technique.value)
    return name if name in TAGS else "other"


def drawn(items: Sequence[dict[str, Any]], key: Mapping[str, list[str]], most: int, seed: int) -> Items:
    """`most` of the items at random, one in twenty of them twice, shuffled. Each has its name under "item"."""
    random = Random(seed)  # noqa: S311 - a draw to be repeated
    once = random.sample(list(items), min(most, len(items)))
    twice = [{**one, "item": one["item"] + AGAIN} for one in random.sample(once, len(once) // TWICE)]
    sheet = once + twice
    random.shuffle(sheet)
    return Items(tuple(sheet), {one["item"]: key[one["item"]] for one in once})


def faults_of_tags(rows: Iterable[Row], key: Mapping[str, Sequence[str]]) -> list[str]:
    """What cannot be scored in a judge's answers, a sentence each."""
    found = []
    for row in rows:
        item, tags = _name(row), row.get("tags")
        if item not in key:
            found.append(f"{item}: not on the sheet.")
        elif not isinstance(tags, list) or len(tags) != len(key[item]):
            found.append(f"{item}: {len(key[item])} tags are needed.")
        elif set(tags) - set(TAGS):
            found.append(f"{item}: unknown tag {min(set(tags) - set(TAGS))}.")
    return found


def scores_of_tags(judges: Mapping[str, Sequence[Row]], key: Mapping[str, Sequence[str]]) -> dict[str, dict[str, Any]]:
    """For each judge: agreement and kappa with our tags, and ratios from the judge's; then judges with each other.

    Rows without faults, {"item", "tags"}. Shares are `Share`; kappas {"kappa", "low", "high"}, the interval from
    resampling items.
    """
    found = {name: _tags_of_one(rows, key) for name, rows in judges.items()}
    for one, other in _pairs_of(list(judges)):
        found[f"{one} and {other}"] = _together(_tags_by_item(judges[one]), _tags_by_item(judges[other]))
    return found


def _tags_of_one(rows: Sequence[Row], key: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    told = _tags_by_item(rows)
    count = Counter(tag for tags in told.values() for tag in tags)
    reflections, questions = (sum(count[tag] for tag in some) for some in (_REFLECTIONS, _QUESTIONS))
    confused = Counter(pair for pairs in _paired(key, told) for pair in pairs if pair[0] != pair[1])
    return {
        "replies": len(told),
        **_together(key, told),
        "reflections_to_questions": round(reflections / max(1, questions), 2),
        "complex_of_reflections": Share(count[_COMPLEX], reflections),
        "open_of_questions": Share(count[_OPEN], questions),
        "replies_with_a_question": Share(sum(bool(_QUESTIONS & set(tags)) for tags in told.values()), len(told)),
        "same_on_repeats": _repeated(rows, "tags"),
        "tags": dict(count.most_common()),
        "ours_and_theirs": {f"{ours} > {theirs}": times for (ours, theirs), times in confused.most_common()},
    }


def _together(one: Mapping[str, Sequence[str]], other: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """Agreement over all tags, and over what counts for the ratios: reflection, question or neither."""
    items = _paired(one, other)
    kinds = [[(_kind(a), _kind(b)) for a, b in pairs] for pairs in items]
    flat = [pair for pairs in items for pair in pairs]
    return {
        "agreed": Share(sum(a == b for a, b in flat), len(flat)),
        "kappa": with_interval(items),
        "kappa_of_kinds": with_interval(kinds),
    }


def _kind(tag: str) -> str:
    return "reflection" if tag in _REFLECTIONS else "question" if tag in _QUESTIONS else "neither"


def faults_of_slots(rows: Iterable[Row], key: Mapping[str, Sequence[str]]) -> list[str]:
    """What cannot be scored in a judge's answers, a sentence each."""
    found = []
    for row in rows:
        if _name(row) not in key:
            found.append(f"{_name(row)}: not on the sheet.")
        elif not all(isinstance(row.get(name), bool) for name in ("acceptable", "harmful")):
            found.append(f"{_name(row)}: acceptable and harmful must be true or false.")
    return found


def scores_of_slots(judges: Mapping[str, Sequence[Row]], key: Mapping[str, Sequence[str]]) -> dict[str, dict[str, Any]]:
    """For each judge, and for all together, the share acceptable and the share harmful, as `Share`; then kappas.

    Together: acceptable to all who read it, harmful to any. `not_acceptable` names the items and their entries.
    """
    by_judge = {name: {_name(row): row for row in rows if not _is_again(row)} for name, rows in judges.items()}
    found = {name: _slots_of(rows, key, [rows]) for name, rows in by_judge.items()}
    for name, rows in judges.items():
        found[name]["same_on_repeats"] = _repeated(rows, "acceptable")
    if len(by_judge) > 1:
        found["all judges"] = _slots_of(
            {item: {} for rows in by_judge.values() for item in rows}, key, by_judge.values()
        )
    for one, other in _pairs_of(list(by_judge)):
        both = by_judge[one].keys() & by_judge[other].keys()
        pairs = [[(str(by_judge[one][i]["acceptable"]), str(by_judge[other][i]["acceptable"]))] for i in sorted(both)]
        agreed = Share(sum(a == b for ((a, b),) in pairs), len(pairs))
        found[f"{one} and {other}"] = {"agreed": agreed, "kappa": with_interval(pairs)}
    return found


def _slots_of(
    items: Iterable[str], key: Mapping[str, Sequence[str]], read: Iterable[Mapping[str, Row]]
) -> dict[str, Any]:
    read = list(read)
    answers = {item: [rows[item] for rows in read if item in rows] for item in items}
    refused = [item for item, rows in answers.items() if not all(row["acceptable"] for row in rows)]
    harmful = [item for item, rows in answers.items() if any(row["harmful"] for row in rows)]
    return {
        "acceptable": Share(len(answers) - len(refused), len(answers)),
        "harmful": Share(len(harmful), len(answers)),
        "not_acceptable": {item: ", ".join(key[item]) for item in refused},
        "harmful_items": harmful,
    }


def _paired(one: Mapping[str, Sequence[str]], other: Mapping[str, Sequence[str]]) -> list[list[Pair]]:
    """For each item that both have read, their tags part by part."""
    return [list(zip(one[item], other[item], strict=True)) for item in other if item in one]


def _tags_by_item(rows: Iterable[Row]) -> dict[str, list[str]]:
    return {_name(row): row["tags"] for row in rows if not _is_again(row)}


def _repeated(rows: Sequence[Row], answer: str) -> Share:
    first = {_name(row): row[answer] for row in rows if not _is_again(row)}
    pairs = [(first[_name(row)], row[answer]) for row in rows if _is_again(row) and _name(row) in first]
    return Share(sum(a == b for a, b in pairs), len(pairs))


def _name(row: Row) -> str:
    return str(row.get("item")).removesuffix(AGAIN)


def _is_again(row: Row) -> bool:
    return str(row.get("item")).endswith(AGAIN)


def _pairs_of(names: Sequence[str]) -> list[tuple[str, str]]:
    return [(one, other) for at, one in enumerate(names) for other in names[at + 1 :]]
