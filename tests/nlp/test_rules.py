"""The YAML loader refuses what it does not know."""

import pytest

from nlp import rules


def test_unknown_and_missing_keys_are_refused() -> None:
    with pytest.raises(rules.RuleError, match="unknown key colour"):
        rules.check_keys({"id": 1, "colour": 2}, ["id"], [], "x")
    with pytest.raises(rules.RuleError, match="missing id"):
        rules.check_keys({}, ["id"], [], "x")


def test_unknown_labels_are_refused() -> None:
    rules.check_labels(["yes"], {"yes", "no"}, "x")
    with pytest.raises(rules.RuleError, match="unknown label maybe"):
        rules.check_labels(["maybe"], {"yes", "no"}, "x")


def test_rows_must_be_mappings() -> None:
    with pytest.raises(rules.RuleError, match="row 1"):
        rules.check_records(["a"], ["id"])


def test_word_lists_hold_words_only() -> None:
    with pytest.raises(rules.RuleError):
        rules.texts(["a", None], "x")


def test_yes_and_no_stay_words(tmp_path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "a.yaml").write_text("yes: [no, on]\ntruth: true\n", encoding="utf-8")
    monkeypatch.setattr(rules, "files", lambda _: tmp_path)
    assert rules.load("a.yaml") == {"yes": ["no", "on"], "truth": True}


def test_a_key_twice_is_refused(tmp_path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "a.yaml").write_text("a: 1\na: 2\n", encoding="utf-8")
    monkeypatch.setattr(rules, "files", lambda _: tmp_path)
    with pytest.raises(rules.RuleError, match="key twice"):
        rules.load("a.yaml")
