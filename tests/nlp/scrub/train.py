"""`python -m tests.nlp.scrub.train`: builds the weights of nlp/scrub/learned.py. Needs scikit-learn.

From the lines of several sets, each as it is, as a careful and as a careless hand would write it; each line with a name
or a place thrice more with others in their stead (words that are also names above all); and messages of the ear's
examples in which the rules find nothing and no word is a known name or place. The same lines give the same weights.
"""

import hashlib
import json
import re
import sys
import warnings
from collections.abc import Iterable, Sequence, Set
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import numpy.typing as npt

from nlp import embedding, rules
from nlp.scrub.find import Finder, word_rows
from nlp.scrub.learned import MANIFEST, NOTHING, WEIGHTS, WordRows
from nlp.scrub.line import Line
from nlp.scrub.name_lists import NameLists
from nlp.scrub.wordlists import load_gazetteer
from tests.nlp.scrub.lines import HERE, rows

Row = dict[str, Any]
_WIDTH, _REGULARISED, _ROUNDS = 96, 3e-3, 8
_SEEDS = (1, 2)  # networks whose answers are averaged: one alone is a matter of luck at the edges
_TWINS = 3
_HARMLESS_COUNTS = 2.0  # a word of a harmless line bends the fit as much as two others
_MADE_COUNTS = 0.5  # a word of a line made from another, beside one of the line itself
_MESSAGES = 4_500
_AMBIGUOUS, _FAMILY = 0.45, 0.8  # shares of names put in that are words, and of second words that are family names
_EXAMPLES = "examples/en"
_SETS = """
    development near_misses further opened voices others families second fresh others_second others_third wider harder
""".split()


def sources() -> dict[str, str]:
    """sha256 of what the lines come from."""
    return {name: hashlib.sha256((HERE / f"{name}.yaml").read_bytes()).hexdigest() for name in _SETS}


class Twins:
    """Puts other names and places into a line."""

    def __init__(self, names: NameLists, places: Iterable[str]) -> None:
        self._first, self._words, self._last = sorted(names.first), sorted(names.words), sorted(names.last)
        self._titles, self._places, self._random = names.titles, sorted(places), Random(7)

    def of(self, row: Row) -> Row:
        text, spans, last, same = "", [], 0, dict[str, str]()
        for span in row["spans"]:
            old = row["text"][span["start"] : span["end"]]
            new = self._name(old, same) if span["type"] == "name" else old
            if span["type"] == "place" and len(old) > 2:  # "uk" stays
                new = _cased(self._random.choice(self._places), old)
            text += row["text"][last : span["start"]]
            spans.append({"start": len(text), "end": len(text) + len(new), "type": span["type"]})
            text, last = text + new, span["end"]
        return {"id": row["id"], "text": text + row["text"][last:], "spans": spans}

    def _name(self, old: str, same: dict[str, str]) -> str:
        made = []
        for at, part in enumerate(old.split(" ")):
            low = part.lower()
            if low.strip(".'") in self._titles or len(part) < 3:
                made.append(part)
                continue
            if low not in same:
                pool = self._words if self._random.random() < _AMBIGUOUS else self._first
                same[low] = self._random.choice(self._last if at and self._random.random() < _FAMILY else pool)
            made.append(_cased(same[low], part))
        return " ".join(made)


def _cased(new: str, old: str) -> str:
    return new.title() if old[:1].isupper() else new


_BEGINS = re.compile(r"(?:^|[.!?]\s+)([a-z])")
_WRITTEN_LARGE = re.compile(
    r"\b(?:i|i'm|i've|i'll|i'd|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|january|february|april|june|july|august"
    r"|september|october|november|december|christmas|easter|english|french|mum(?= )|dad(?= )|nan(?= ))\b"
)
_LETTERS = re.compile(r"(?<![\w'’])[a-z]")
_OWN_WORDS = frozenset("name place school employer health_org community_org ethnicity_religion".split())


def careful(row: Row) -> Row:
    """The line with large letters where school wants them."""
    letters = list(row["text"])
    for match in _BEGINS.finditer(row["text"]):
        letters[match.start(1)] = match[1].upper()
    for match in _WRITTEN_LARGE.finditer(row["text"]):
        letters[match.start()] = letters[match.start()].upper()
    for span in row["spans"]:
        if span["type"] in _OWN_WORDS:
            for match in _LETTERS.finditer(row["text"], span["start"], span["end"]):
                letters[match.start()] = match.group().upper()
    return {"id": row["id"], "text": "".join(letters), "spans": row["spans"]}


def careless(row: Row) -> Row:
    """The line in small letters."""
    text = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in row["text"])
    return {"id": row["id"], "text": text, "spans": row["spans"]}


def messages() -> list[str]:
    """Every message of the ear's examples, in an order drawn once."""
    folder = Path(str(rules.data_file(_EXAMPLES)))
    found: set[str] = set()
    for path in sorted(folder.rglob("*.yaml")):
        if path.name == "said_back.yaml":  # its clauses are turned to "you", which nobody writes
            continue
        found.update(_strings(rules.load(f"{_EXAMPLES}/{path.relative_to(folder).as_posix()}")))
    drawn = sorted(text for text in found if 15 < len(text) < 250)
    Random(1).shuffle(drawn)
    return drawn


def _strings(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _strings(one)
    elif isinstance(value, list):
        for one in value:
            yield from _strings(one)


def harmless(finder: Finder, count: int, known: Set[str]) -> list[Row]:
    """The first messages in which no rule finds anything and none of the known words stands."""
    found: list[Row] = []
    for text in messages():
        if len(found) == count:
            break
        if not known & {word.low for word in finder.line(text).words} and not finder.find(text):
            found.append({"id": "", "text": text, "spans": []})
    return found


def kinds(line: Line, row: Row) -> list[str]:
    """The kind of each word."""
    return [
        next((span["type"] for span in row["spans"] if span["start"] < word.stop and word.start < span["end"]), NOTHING)
        for word in line.words
    ]


def build(finder: Finder, known: WordRows, lines: Sequence[Row], made: Sequence[Row]) -> dict[str, npt.NDArray[Any]]:
    """Fits the model. `made` lines come from others and count less."""
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.neural_network import MLPClassifier

    data, marks, weights = [], list[str](), list[float]()
    for row, counts in (*((row, 1.0) for row in lines), *((row, _MADE_COUNTS) for row in made)):
        line = finder.line(row["text"])
        if line.words:
            data.append(known.of(line).astype(np.float16))  # half the memory
            marks += kinds(line, row)
            weights += [counts * (1.0 if row["spans"] else _HARMLESS_COUNTS)] * len(line.words)
    rows, kind, weight = np.concatenate(data).astype(np.float32), np.array(marks), np.array(weights)
    models = [
        MLPClassifier((_WIDTH,), alpha=_REGULARISED, batch_size=256, max_iter=_ROUNDS, random_state=seed)
        for seed in _SEEDS
    ]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # few rounds on purpose: more learn the lines by heart
        for model in models:
            model.fit(rows, kind, sample_weight=weight)
    return {"kinds": np.array([str(kind) for kind in models[0].classes_])} | _side_by_side(models)


def _side_by_side(models: Sequence[Any]) -> dict[str, npt.NDArray[Any]]:
    """The networks as one whose answers are the mean of theirs."""
    share = 1 / len(models)
    parts = {
        "inner": np.concatenate([model.coefs_[0].T for model in models]),
        "inner_bias": np.concatenate([model.intercepts_[0] for model in models]),
        "weights": np.concatenate([model.coefs_[1].T * share for model in models], axis=1),
        "bias": sum(model.intercepts_[1] * share for model in models),
    }
    return {name: np.asarray(part).astype(np.float16) for name, part in parts.items()}


def main() -> None:
    finder = Finder.rules_alone()
    names = NameLists.load()
    known = word_rows(finder.dictionary, names, None)
    gazetteer = load_gazetteer(finder.dictionary, names.first | names.words)
    marked = [row for name in _SETS for row in rows(name)]
    twins = Twins(names, (place for place in gazetteer.plain if re.fullmatch(r"[a-z' -]{4,18}", place)))
    some = [row for row in marked if any(span["type"] in ("name", "place") for span in row["spans"])]
    made = [twins.of(row) for row in some for _ in range(_TWINS)]
    made += [other for row in marked for other in (careful(row), careless(row)) if other["text"] != row["text"]]
    lines = [*marked, *harmless(finder, _MESSAGES, names.first | gazetteer.plain)]
    built: dict[str, Any] = build(finder, known, lines, made)
    weights = Path(str(rules.data_file(MANIFEST))).with_name(Path(WEIGHTS).name)
    np.savez_compressed(weights, **built)
    manifest = {
        "sources": sources(),
        "model": embedding.MODEL_SHA256,
        "weights": hashlib.sha256(weights.read_bytes()).hexdigest(),
        "lines": len(lines) + len(made),
    }
    weights.with_suffix(".json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    sys.stderr.write(f"{len(lines)} and {len(made)} lines, {len(built['kinds'])} kinds\n")


if __name__ == "__main__":
    main()
