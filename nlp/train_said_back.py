"""Learns which clause to say back: `python -m nlp.train_said_back`. Needs nothing beyond what the ear needs.

examples/en/said_back.yaml holds messages; each clause was judged by itself, as the first sentence of a reply, to be
`good`, `thin` (true, yet beside the point) or `wrong`; one is the `best`. A ridge regression on the grade gives the
weights of the traits (nlp.clauses.weighing). The same examples give the same file.
"""

import hashlib
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from nlp import ridge, rules
from nlp.clauses.reader import ClauseReader
from nlp.clauses.weighing import WEIGHTS, Traits, Worth
from nlp.normalise import Normaliser
from nlp.pipeline import load as load_pipeline
from nlp.ridge import Matrix

FILE = "examples/en/said_back.yaml"
_GRADES = {"good": 1.0, "thin": 0.0, "wrong": -2.0}
_BEST = 1.0  # on top of its grade
_RIDGE = 100.0  # chosen by cross-validation
_SMALLEST_SPREAD = 0.08  # of a rare trait, so that few examples do not weigh much
# The share of messages with a clause for which the best is said back; of the rest more than half are thin or wrong.
_COVERED = 0.9


class Unjudged(NamedTuple):
    """Clauses that the examples and today's reader do not share."""

    offered: int  # by the reader, and never judged: they compete unmeasured
    withdrawn: int  # judged, and no longer offered


class Judged(NamedTuple):
    """A clause of the message with number `message`, measured, and how it was judged."""

    message: int
    traits: Traits
    grade: str
    best: bool


def source() -> str:
    """sha256 of the judged messages."""
    return hashlib.sha256(rules.data_file(FILE).read_bytes()).hexdigest()


def examples() -> list[dict[str, Any]]:
    """The judged messages. rules.RuleError if one lacks a part."""
    return rules.load_records(FILE, ("message",), ("best", *_GRADES))


def judged(rows: Sequence[Mapping[str, Any]]) -> tuple[list[Judged], Unjudged]:
    """The clauses that the reader offers of each message today, as far as they were judged; and how many were not."""
    pipeline, normaliser = load_pipeline(), Normaliser.load()
    reader = ClauseReader.load(worth=Worth({}, 0.0, 0.0))
    found: list[Judged] = []
    offered = withdrawn = 0
    for number, row in enumerate(rows):
        grades = {text: grade for grade in _GRADES for text in row.get(grade, ())}
        today = {
            one.clause.text: one.traits
            for one in reader.candidates(pipeline(normaliser.normalise(row["message"]).text))
        }
        found += [
            Judged(number, traits, grades[text], text == row.get("best"))
            for text, traits in today.items()
            if text in grades
        ]
        offered += len(today.keys() - grades.keys())
        withdrawn += len(grades.keys() - today.keys())
    return found, Unjudged(offered, withdrawn)


def fitted(rows: Sequence[Judged], names: Sequence[str]) -> tuple[Matrix, float]:
    """Weights of the traits `names`, and the base."""
    traits = np.array([[one.traits.get(name, 0.0) for name in names] for one in rows])
    grades = np.array([_GRADES[one.grade] + _BEST * one.best for one in rows])
    weights, _, base = ridge.fitted(traits, grades, _RIDGE, _SMALLEST_SPREAD)
    return weights, base


def cross_validated(rows: Sequence[Judged], names: Sequence[str]) -> Matrix:
    """The worth of each clause by weights that have not seen its message."""

    def learn(seen: ridge.Numbers) -> Callable[[int], float]:
        weights, base = fitted([rows[at] for at in seen.tolist()], names)
        learned = Worth(dict(zip(names, weights.tolist(), strict=True)), base, least=0.0)
        return lambda at: learned.of(rows[at].traits)

    return ridge.cross_validated([one.message for one in rows], learn)


def _first(rows: Sequence[Judged], worth: Matrix) -> list[int]:
    """Of each message the clause of most worth, those of most worth first."""
    best: dict[int, int] = {}
    for at, one in enumerate(rows):
        if one.message not in best or worth[at] > worth[best[one.message]]:
            best[one.message] = at
    return sorted(best.values(), key=lambda at: -worth[at])


def main() -> Mapping[str, Any]:
    """Builds and writes the weights; says the cross-validated figures on stderr."""
    messages = examples()
    rows, unjudged = judged(messages)
    names = sorted({name for one in rows for name in one.traits})
    worth = cross_validated(rows, names)
    first = _first(rows, worth)
    said = first[: round(_COVERED * len(first))]
    figures = {
        "messages": len(messages),
        "with_a_clause": len(first),
        "offered_unjudged": unjudged.offered,
        "judged_withdrawn": unjudged.withdrawn,
        **_figures(rows, said),
    }
    weights, base = fitted(rows, names)
    built = {
        "source": source(),
        "weights": {name: round(float(weight), 3) for name, weight in zip(names, weights, strict=True)},
        "base": round(base, 3),
        "least": round(float(worth[said[-1]]), 3),
        "cross_validation": figures,
    }
    Path(str(rules.data_file(WEIGHTS))).write_text(json.dumps(built, indent=1) + "\n", encoding="utf-8")
    sys.stderr.write(f"said_back: {json.dumps(figures)}\n")
    return built


def _figures(rows: Sequence[Judged], said: Sequence[int]) -> dict[str, Any]:
    """How the clauses `said` back, of all judged `rows`, had been judged."""
    return {
        "clauses_judged": len(rows),
        "said_back": len(said),
        **{grade: round(sum(rows[at].grade == grade for at in said) / len(said), 3) for grade in _GRADES},
        "best": round(sum(rows[at].best for at in said) / len(said), 3),
    }


if __name__ == "__main__":
    main()
