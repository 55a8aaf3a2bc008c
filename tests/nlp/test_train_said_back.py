"""The weights by which clauses are chosen belong to the judged messages, and learning finds what was judged good."""

import json

import numpy as np
import pytest

from nlp import rules
from nlp.clauses.guard import FILE, KEYS
from nlp.clauses.weighing import WEIGHTS, Place, Weighing, Whole, Worth
from nlp.labels import Mood
from nlp.train_said_back import Judged, cross_validated, examples, fitted, source


def test_weights_match_their_source() -> None:
    built = json.loads(rules.data_file(WEIGHTS).read_text(encoding="utf-8"))
    assert built["source"] == source(), "examples changed: run `python -m nlp.train_said_back`"


def test_what_is_said_back_is_mostly_good_and_seldom_wrong() -> None:
    """The promise of the cross-validated figures; a fit that is worse is not taken."""
    figures = json.loads(rules.data_file(WEIGHTS).read_text(encoding="utf-8"))["cross_validation"]
    assert figures["good"] >= 0.68
    assert figures["wrong"] <= 0.06
    assert figures["said_back"] >= 0.65 * figures["messages"]


def test_hardly_a_clause_competes_that_nobody_judged() -> None:
    figures = json.loads(rules.data_file(WEIGHTS).read_text(encoding="utf-8"))["cross_validation"]
    assert figures["offered_unjudged"] <= 0.03 * figures["clauses_judged"]


def test_no_trait_of_today_is_unknown_to_the_weights() -> None:
    """A trait renamed would count for nothing, without a word."""
    weighing = Weighing.of(rules.load_mapping(FILE, required=KEYS)["weighing"])
    whole = Whole("i miss her", 0.0, weighing)
    traits = weighing.traits("you miss her", Mood.NEGATIVE, 0.0, Place(0.0, 1.0, 0, 0), whole)
    assert traits.keys() <= Worth.load().weights.keys()


def test_every_message_is_judged_once_and_no_clause_twice() -> None:
    rows = examples()
    assert len({row["message"] for row in rows}) == len(rows)
    for row in rows:
        judged = [text for grade in ("good", "thin", "wrong") for text in row.get(grade, ())]
        assert len(set(judged)) == len(judged)
        assert row.get("best") in (None, *judged)


def test_learning_finds_the_trait_that_was_judged_good() -> None:
    rng = np.random.default_rng(3)
    rows = []
    for number in range(200):
        telling, noise = float(rng.random() < 0.5), float(rng.random())
        grade = "good" if telling else "wrong"
        rows.append(Judged(number, {"telling": telling, "noise": noise}, grade, best=bool(telling)))
    weights, base = fitted(rows, ["noise", "telling"])
    assert weights[1] > 1.0 > abs(weights[0]) * 5
    assert base + weights[1] == pytest.approx(2.0, abs=0.7)
    worth = cross_validated(rows, ["noise", "telling"])
    assert min(worth[at] for at, one in enumerate(rows) if one.best) > max(
        worth[at] for at, one in enumerate(rows) if not one.best
    )
