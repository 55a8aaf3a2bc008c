"""Reads curated entries from YAML into plain values. Refuses what it does not know; the linter says it in detail.

Allowed keys come from the Entry class itself, so that a field added there can be written at once and a key that nobody
reads is an error, not a note.
"""

from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import yaml

from nlp.labels import ACTS, ASKED, CLAUSE_FRAMES, FEELINGS, SELF_TALK, SITUATIONS, THEMES, Intensity, Kind, Mood, Tier
from responses.errors import LibraryError
from responses.errors import refuse_unknown as _refuse_unknown
from responses.errors import texts_of as _texts
from responses.model import Entry, Retired, Technique, When
from responses.practice import Practice, entries_of
from responses.practice_load import practice_of

HOME = Path(__file__).parent
PRACTICES = "practices"  # the folder of a language whose files are practices
_FILE_KEYS = {"language", "shelf", "defaults", "entries"}
_ENTRY_KEYS = {f.name for f in fields(Entry)} - {"path", "line"}
_WORDS: dict[str, frozenset[str]] = {
    "feelings": FEELINGS,
    "situations": SITUATIONS,
    "acts": ACTS,
    "asked": ASKED,
    "self_talk": SELF_TALK,
    "themes": THEMES,
    "frames": CLAUSE_FRAMES,
    "kinds": frozenset(Kind),
}


_STRING, _LIST, _MAPPING = (f"tag:yaml.org,2002:{kind}" for kind in ("str", "seq", "map"))


# libyaml's parser where PyYAML was built with it: ten times quicker, which start-up and `library check` feel.
class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Safe loader that leaves dates alone and remembers the line of each mapping."""

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        """What the library would make of the node. Words, lists and mappings, which is nearly all, are made here
        straight away: the library's own way through them is half of the time that reading the shelves takes."""
        if node.tag == _STRING:
            return node.value
        if node.tag == _LIST:
            return [self.construct_object(one, deep=True) for one in node.value]
        if node.tag == _MAPPING and isinstance(node, yaml.MappingNode):
            return self._mapping(node)
        return super().construct_object(node, deep=deep)

    def _mapping(self, node: yaml.MappingNode) -> dict[str, Any]:
        self.flatten_mapping(node)
        found: dict[str, Any] = {
            str(self.construct_object(key, deep=True)): self.construct_object(value, deep=True)
            for key, value in node.value
        }
        found["__line__"] = node.start_mark.line + 1
        return found


_Loader.add_constructor("tag:yaml.org,2002:timestamp", lambda loader, node: str(node.value))
_Loader.add_constructor("tag:yaml.org,2002:bool", lambda loader, node: str(node.value))  # the acts "yes" and "no"


def read_entries(folder: Path) -> Iterator[Entry]:
    """Every entry below `folder` (a language such as responses/en), files in order of their paths."""
    for path in sorted(folder.rglob("*.yaml")):
        yield from read_file(path, folder)


def read_practices(folder: Path) -> Iterator[Practice]:
    """Every practice of a language, files in order of their paths."""
    for path in sorted((folder / PRACTICES).glob("*.yaml")):
        data, address, shown = _open(path, folder)
        yield practice_of(data, address, shown)


def read_file(path: Path, folder: Path) -> Iterator[Entry]:
    """The entries of one file; of a practice, each of its lines."""
    data, address, shown = _open(path, folder)
    if "practice" in data:
        yield from entries_of(practice_of(data, address, shown))
        return
    if not isinstance(data.get("entries"), list):
        raise LibraryError(shown, 1, "known-keys", "a file needs language, shelf and a list of entries")
    _refuse_unknown(data, _FILE_KEYS, shown, 1)
    defaults = {k: v for k, v in (data.get("defaults") or {}).items() if k != "__line__"}
    for raw in data["entries"]:
        yield _entry({**defaults, **raw}, address, shown)


def _open(path: Path, folder: Path) -> tuple[dict[str, Any], str, str]:
    """(what stands in the file, the address its ids begin with, the path to show)."""
    shown = str(path.relative_to(folder.parent.parent)) if folder.parent.parent in path.parents else path.name
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 - a SafeLoader
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise LibraryError(shown, (mark.line + 1) if mark else 1, "yaml", "this file is not readable YAML") from error
    if not isinstance(data, dict):
        raise LibraryError(shown, 1, "known-keys", "a file needs language, shelf and a list of entries")
    return data, ".".join(path.relative_to(folder).with_suffix("").parts), shown


def _entry(raw: dict[str, Any], address: str, path: str) -> Entry:
    line = int(raw.pop("__line__", 1))
    _refuse_unknown(raw, _ENTRY_KEYS, path, line)
    try:
        entry = Entry(
            id=str(raw["id"]),
            purpose=str(raw["purpose"]),
            technique=Technique(raw["technique"]),
            say=_texts(raw["say"]),
            ask=_texts(raw.get("ask", ())),
            moment=str(raw.get("moment", "")),
            validation_level=int(raw.get("validation_level", 0)),
            when=_when(raw.get("when") or {}, path, line),
            slots=frozenset(raw.get("slots", ())),
            needs=frozenset(raw.get("needs", ())),
            buttons=_texts(raw.get("buttons", ())),
            seed=_texts(raw.get("seed", ())),
            source=str(raw.get("source", "")),
            author=str(raw.get("author", "")),
            written=str(raw.get("written", "")),
            retired=_retired(raw.get("retired"), path, line),
            path=path,
            line=line,
        )
    except KeyError as missing:
        raise LibraryError(path, line, "known-keys", f"the field {missing} is missing") from missing
    except ValueError as wrong:
        raise LibraryError(path, line, "known-labels", str(wrong)) from wrong
    if entry.id.rpartition(".")[0] != address:
        raise LibraryError(path, line, "address", f"id '{entry.id}' must be '{address}.' and a name")
    return entry


def _retired(raw: Any, path: str, line: int) -> Retired | None:
    if raw is None:
        return None
    _refuse_unknown(raw, {f.name for f in fields(Retired)}, path, line)
    return Retired(str(raw["on"]), str(raw["why"]), str(raw.get("instead", "")))


def _when(raw: dict[str, Any], path: str, line: int) -> When:
    _refuse_unknown(raw, {f.name for f in fields(When)}, path, line)
    for key, known in _WORDS.items():
        for label in set(raw.get(key, ())) - known:
            raise LibraryError(path, line, "known-labels", f"'{label}' is not one of nlp/labels' {key}")
    return When(
        moods=frozenset(Mood(m) for m in raw.get("moods", ())),
        intensity=frozenset(Intensity(i) for i in raw.get("intensity", ())),
        tiers=frozenset(Tier[t] if isinstance(t, str) else Tier(t) for t in raw.get("tiers", ())),
        **{key: frozenset(raw.get(key, ())) for key in _WORDS},
    )
