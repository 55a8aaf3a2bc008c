"""The worth of a theme belongs to the judged messages, and tells lines that fit from those that do not."""

import json

import numpy as np
import pytest

from nlp import rules
from nlp.labels import THEMES, Mood
from nlp.reading import Finding, Span
from nlp.theme_worth import WEIGHTS, Heard, ThemeWorth, traits
from nlp.themes import themes
from nlp.train_themes import Judged, cross_validated, examples, figures, fitted, source


def test_weights_match_their_source() -> None:
    built = json.loads(rules.data_file(WEIGHTS).read_text(encoding="utf-8"))
    assert built["source"] == source(), "examples changed: run `python -m nlp.train_themes`"


def test_of_the_themes_worth_most_far_fewer_are_wrong() -> None:
    """The promise of the cross-validated figures: a gate that tells nothing is not taken."""
    found = json.loads(rules.data_file(WEIGHTS).read_text(encoding="utf-8"))["cross_validation"]["by_worth"]
    wrong = [one["wrong"] for one in found]
    assert wrong == sorted(wrong, reverse=True)
    assert wrong[2] <= 0.6 * wrong[0]  # of the better half


def test_every_theme_has_vectors_of_the_messages_it_is_meant_for() -> None:
    worth = ThemeWorth.load()
    for _, name, theme in themes():
        assert worth.vectors[name].shape == (len(theme["heard"]), 384)
        assert np.linalg.norm(worth.vectors[name], axis=1) == pytest.approx(1.0, abs=0.01)


def test_examples_name_themes_that_there_are_and_each_message_once() -> None:
    rows = examples()
    assert len({row["message"] for row in rows}) == len(rows)
    for row in rows:
        judged = [theme for grade in ("fits", "weak", "wrong") for theme in row.get(grade, ())]
        assert len(set(judged)) == len(judged)
        assert THEMES.issuperset(judged)


def test_no_trait_of_today_is_unknown_to_the_weights() -> None:
    """A trait renamed would count for nothing, without a word."""
    heard = Heard("my flat is so empty now", np.ones(384, dtype=np.float32) / 384**0.5, Mood.NEGATIVE, -0.4)
    one = Finding("alone_at_home", "themes.alone_at_home.1", span=Span(3, 20))
    worth = ThemeWorth.load()
    assert traits(one, heard, worth.vectors[one.name]).keys() <= worth.weights.keys()


def test_a_message_like_those_a_theme_is_meant_for_is_worth_more() -> None:
    one = Finding("alone_at_home", "themes.alone_at_home.1", span=Span(0, 10))
    near, far = np.eye(2, dtype=np.float32)
    worth = ThemeWorth({"likest": 2.0}, {one.name: 0.25}, -1.0, {one.name: near[None, :]})
    like, unlike = (worth.of(one, Heard("so empty here", vector, Mood.NEGATIVE, 0.0)) for vector in (near, far))
    assert (like, unlike) == (pytest.approx(1.25), pytest.approx(-0.75))


def test_a_damaged_file_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    broken = tmp_path_factory.mktemp("weights") / "themes.json"
    broken.write_text("{}", encoding="utf-8")
    monkeypatch.setattr(rules, "data_file", lambda _name: broken)
    with pytest.raises(rules.RuleError, match="themes"):
        ThemeWorth.load()


def test_learning_finds_the_trait_and_the_theme_that_were_judged_wrong() -> None:
    rng = np.random.default_rng(5)
    rows = []
    for number in range(300):
        telling, theme = float(rng.random() < 0.5), "a" if rng.random() < 0.5 else "b"
        grade = "wrong" if theme == "b" else "fits" if telling else "weak"
        rows.append(Judged(number, theme, {"telling": telling, "noise": float(rng.random())}, grade))
    learned = fitted(rows)
    a, b = (learned.offsets[learned.themes.index(name)] for name in "ab")
    assert a > 0.4 > -0.4 > b
    assert learned.weights[learned.names.index("telling")] > 5 * abs(learned.weights[learned.names.index("noise")])
    kept = list(figures(rows, cross_validated(rows)))
    assert kept[-1]["wrong"] == 0.0
