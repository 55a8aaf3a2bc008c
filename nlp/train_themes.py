"""Learns how well lines about a theme fit a message: `python -m nlp.train_themes`. Needs nothing beyond the ear.

examples/en/themes.yaml holds messages; of each theme found in one by its words, a line was judged by itself to fit,
to be weak (not false, yet beside the point) or wrong. A ridge regression on the grade gives the weights of what is
measured (nlp.theme_worth) and an offset for each theme. The same examples give the same files.
"""

import hashlib
import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from nlp import ridge, rules
from nlp.ear import Ear
from nlp.embedding import Embedding
from nlp.normalise import Normaliser
from nlp.parts import Parts
from nlp.ridge import Matrix
from nlp.theme_worth import VECTORS, WEIGHTS, Heard, Traits, traits
from nlp.themes import themes

FILE = "examples/en/themes.yaml"
_GRADES = {"fits": 1.0, "weak": 0.0, "wrong": -1.5}
_RIDGE, _OFFSET_RIDGE = 30.0, 6.0  # chosen by cross-validation
_SMALLEST_SPREAD = 0.05  # of a rare trait, so that few examples do not weigh much
_KEPT = (1.0, 0.7, 0.5, 0.3)  # shares of the findings, those of most worth, whose grades are published


class Judged(NamedTuple):
    """A theme of the message with number `message`, measured, and how a line for it was judged."""

    message: int
    theme: str
    traits: Traits
    grade: str


class Learned(NamedTuple):
    names: list[str]
    themes: list[str]
    weights: Matrix
    offsets: Matrix
    base: float

    def of(self, one: Judged) -> float:
        offset = self.offsets[self.themes.index(one.theme)] if one.theme in self.themes else 0.0
        return (
            self.base
            + float(offset)
            + sum(
                float(weight) * one.traits.get(name, 0.0) for name, weight in zip(self.names, self.weights, strict=True)
            )
        )


def source() -> str:
    """sha256 of the judged messages and of the messages each theme is meant for."""
    found = hashlib.sha256(rules.data_file(FILE).read_bytes())
    for _, name, theme in sorted(themes(), key=lambda one: one[1]):
        found.update(json.dumps([name, theme["heard"]]).encode())
    return found.hexdigest()


def examples() -> list[dict[str, Any]]:
    """The judged messages. rules.RuleError if one lacks a part."""
    return rules.load_records(FILE, ("message",), tuple(_GRADES))


def meant_for(embedding: Embedding) -> dict[str, npt.NDArray[np.float16]]:
    """Of each theme the vectors of the messages it is meant for."""
    normaliser = Normaliser.load()
    return {
        name: np.stack([embedding.vector(normaliser.normalise(str(one)).text) for one in theme["heard"]]).astype(
            np.float16
        )
        for _, name, theme in themes()
    }


def judged(
    rows: Sequence[Mapping[str, Any]], vectors: Mapping[str, npt.NDArray[Any]], embedding: Embedding
) -> list[Judged]:
    """The themes found today in the messages, as far as they were judged."""
    ear, parts = Ear.load(), Parts.load()
    found: list[Judged] = []
    for number, row in enumerate(rows):
        grades = {theme: grade for grade in _GRADES for theme in row.get(grade, ())}
        reading = ear.read(row["message"])
        normal = parts.normaliser.normalise(row["message"]).text
        heard = Heard(normal, embedding.vector(normal), reading.mood, reading.sentiment)
        for one in parts.themes.read(normal):
            if one.name in grades:
                near = vectors[one.name].astype(np.float32)
                found.append(Judged(number, one.name, traits(one, heard, near), grades[one.name]))
    return found


def fitted(rows: Sequence[Judged]) -> Learned:
    """Ridge regression of the grades on the traits and the themes."""
    names = sorted({name for one in rows for name in one.traits})
    known = sorted({one.theme for one in rows})
    measured = np.array([[one.traits.get(name, 0.0) for name in names] for one in rows])
    theirs = np.array([[float(one.theme == theme) for theme in known] for one in rows])
    grades = np.array([_GRADES[one.grade] for one in rows])
    fit = ridge.fitted(measured, grades, _RIDGE, _SMALLEST_SPREAD, theirs, _OFFSET_RIDGE)
    return Learned(names, known, *fit)


def cross_validated(rows: Sequence[Judged]) -> Matrix:
    """The worth of each finding by weights that have not seen its message."""

    def learn(seen: ridge.Numbers) -> Callable[[int], float]:
        learned = fitted([rows[at] for at in seen.tolist()])
        return lambda at: learned.of(rows[at])

    return ridge.cross_validated([one.message for one in rows], learn)


def figures(rows: Sequence[Judged], worth: Matrix) -> Iterator[dict[str, float]]:
    """Of the share of findings that are worth most: from which worth on, and how their lines had been judged."""
    order = np.argsort(-worth)
    for share in _KEPT:
        kept = order[: round(share * len(order))].tolist()
        graded = {grade: round(sum(rows[at].grade == grade for at in kept) / len(kept), 3) for grade in _GRADES}
        yield {"kept": share, "from": round(float(worth[kept[-1]]), 3), **graded}


def main() -> None:
    """Builds and writes weights and vectors; says the cross-validated figures on stderr."""
    embedding = Embedding.load(None)
    vectors = meant_for(embedding)
    rows = judged(examples(), vectors, embedding)
    found = list(figures(rows, cross_validated(rows)))
    learned = fitted(rows)
    built = {
        "source": source(),
        "weights": {name: round(float(w), 3) for name, w in zip(learned.names, learned.weights, strict=True)},
        "offsets": {name: round(float(w), 3) for name, w in zip(learned.themes, learned.offsets, strict=True)},
        "base": round(learned.base, 3),
        "cross_validation": {"findings": len(rows), "by_worth": found},
    }
    Path(str(rules.data_file(WEIGHTS))).write_text(json.dumps(built, indent=1) + "\n", encoding="utf-8")
    np.savez_compressed(str(rules.data_file(VECTORS)), **vectors)  # type: ignore[arg-type]
    sys.stderr.write(f"themes: {json.dumps(built['cross_validation'])}\n")


if __name__ == "__main__":
    main()
