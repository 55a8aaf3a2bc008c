from pathlib import Path

import pytest

from nlp.labels import Mood
from responses.errors import LibraryError
from responses.load import read_file

GOOD = """\
language: en
shelf: listening
defaults: {source: written for Warmline, author: a, written: 2026-11-22}
entries:
  - id: listening.plain.one
    purpose: Says something.
    technique: simple_reflection
    when: {moods: [negative], acts: [yes, no]}
    say: ["One.", "Two."]
"""


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "en" / "listening" / "plain.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_reads_an_entry(tmp_path: Path) -> None:
    (found,) = read_file(write(tmp_path, GOOD), tmp_path / "en")
    assert found.id == "listening.plain.one"
    assert found.when.moods == {Mood.NEGATIVE}
    assert found.when.acts == {"yes", "no"}  # YAML would make them booleans
    assert found.written == "2026-11-22"
    assert found.line == 5


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (("id: listening.plain.one", "id: listening.other.one"), "address"),
        (("purpose:", "purpos:"), "known-keys"),
        (("moods: [negative]", "moods: [gloomy]"), "known-labels"),
        (("acts: [yes, no]", "acts: [maybe]"), "known-labels"),
        (("simple_reflection", "persuade"), "known-labels"),
        (("moods:", "mood:"), "known-keys"),
        (("say:", "say: ["), "yaml"),
        (("entries:", "entrees:"), "known-keys"),
    ],
)
def test_says_where_and_what_is_wrong(tmp_path: Path, change: tuple[str, str], rule: str) -> None:
    path = write(tmp_path, GOOD.replace(*change))
    with pytest.raises(LibraryError) as error:
        list(read_file(path, tmp_path / "en"))
    assert error.value.rule == rule
    assert str(error.value).startswith(f"{error.value.path}:{error.value.line}: ")
