"""Practices as data: what cannot be read is refused with its line, what should not be said is found."""

from pathlib import Path

import pytest
import yaml

from responses.errors import LibraryError
from responses.library import Library
from responses.load import HOME, read_practices
from responses.practice_lint import check
from tests.loaded import loaded

LIBRARY = loaded(Library)
GOOD = yaml.load((HOME / "en" / "practices" / "break.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)


def findings(tmp_path: Path, **changes: object) -> list[str]:
    return [finding.rule for finding in check(written(tmp_path, **changes))]


def written(tmp_path: Path, **changes: object) -> Path:
    folder = tmp_path / "en"
    (folder / "practices").mkdir(parents=True)
    text = yaml.safe_dump({**GOOD, **changes}, sort_keys=False)
    (folder / "practices" / "break.yaml").write_text(text, encoding="utf-8")
    return folder


def with_step(number: int, **changes: object) -> list[dict[str, object]]:
    return [{**step, **changes} if i == number else step for i, step in enumerate(GOOD["steps"])]


def test_the_practices_have_no_findings() -> None:
    assert list(check(HOME / "en")) == []


def test_every_line_of_a_practice_is_an_entry_with_a_moment_of_its_own() -> None:
    mine = [entry for entry in LIBRARY.live if entry.id.startswith("practices.")]
    assert len({entry.moment for entry in mine}) == len(mine) > 50
    assert all(entry.author and entry.source and entry.written for entry in mine)


def test_a_practice_as_it_stands_is_accepted(tmp_path: Path) -> None:
    assert findings(tmp_path) == []


@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        ("known-labels", {"family": "sport"}),
        ("lengths", {"lengths": ["one"]}),
        ("length-first", {"opening": ["Three small steps that are kind to you and to everyone else, in a minute."]}),
        ("plain", {"plain": False}),
        ("plain", {"steps": with_step(1, say=["Notice your breath.", "Two."])}),
        ("filled", {"steps": with_step(1, say=["You said “{hear}”", "Two."])}),
        ("keeps", {"steps": with_step(8, choices=[{"name": "y", "label": "Y", "keep": "kinder", "of": "rest"}])}),
        ("small", {"steps": with_step(1, say=["Go back to the worst of it.", "Two."])}),
        ("three-parts", {"steps": [step for step in GOOD["steps"] if step["name"] != "heavy"]}),
        ("three-parts", {"steps": with_step(1, choices=GOOD["steps"][1]["choices"][:2])}),
        ("varied", {"steps": with_step(1, say=["One wording."])}),
        ("forward", {"steps": with_step(6, skip="notice")}),
        ("forward", {"steps": with_step(6, skip="nowhere")}),
        ("unique", {"steps": with_step(1, name="wish")}),
        ("unique", {"steps": with_step(1, name="after")}),
        ("few-choices", {"steps": with_step(1, choices=[*GOOD["steps"][1]["choices"], {"name": "d", "label": "D"}])}),
        ("label", {"steps": with_step(1, choices=[{"name": "skip", "label": "x"}])}),
        ("label", {"steps": with_step(1, choices=[{"name": "a b", "label": "x"}])}),
        ("label", {"steps": with_step(1, choices=[{"name": "a", "label": "x" * 40}])}),
        ("way-on", {"steps": [{"name": "a", "say": ["a", "b"]}]}),
        ("known-labels", {"steps": with_step(0, needs=["sunshine"])}),
        ("known-labels", {"steps": with_step(8, choices=[{"name": "y", "label": "Y", "keep": "gold"}])}),
    ],
)
def test_each_rule_finds_what_it_is_for(tmp_path: Path, rule: str, changes: dict[str, object]) -> None:
    assert rule in findings(tmp_path, **changes)


@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        ("known-keys", {"colour": "blue"}),
        ("known-keys", {"steps": [{"name": "a"}]}),
        ("known-keys", {"steps": [{"name": "a", "say": ["b"], "colour": "blue"}]}),
        ("known-labels", {"avoid": ["thunder"]}),
        ("address", {"practice": "another"}),
    ],
)
def test_what_cannot_be_read_is_refused(tmp_path: Path, rule: str, changes: dict[str, object]) -> None:
    with pytest.raises(LibraryError) as error:
        list(read_practices(written(tmp_path, **changes)))
    assert error.value.rule == rule
