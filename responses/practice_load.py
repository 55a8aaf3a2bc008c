"""Reads a practice from its YAML file. Refuses what it does not know; the linter says the rest in detail."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from nlp.labels import SITUATIONS
from responses.errors import LibraryError, refuse_unknown, texts_of
from responses.practice import END, Choice, Own, Practice, Step

_FILE_KEYS = {f.name for f in fields(Practice)} - {"name", "path", "lines"} | {"language", "practice"}
_STEP_KEYS, _CHOICE_KEYS, _OWN_KEYS = ({f.name for f in fields(kind)} for kind in (Step, Choice, Own))


def practice_of(data: Mapping[str, Any], address: str, path: str) -> Practice:
    """The practice of one file. Raises LibraryError with the line that cannot be used."""
    refuse_unknown(data, _FILE_KEYS, path, 1)
    name = str(data["practice"])
    if address != f"practices.{name}":
        raise LibraryError(path, 1, "address", f"the practice '{name}' must stand in practices/{name}.yaml")
    try:
        return Practice(
            name=name,
            title=str(data["title"]),
            purpose=str(data["purpose"]),
            family=str(data["family"]),
            opening=texts_of(data["opening"]),
            steps=tuple(_step(raw, path) for raw in data["steps"]),
            closing=texts_of(data["closing"]),
            lengths=texts_of(data.get("lengths", ())),
            **_switches(data),
            note=str(data.get("note", "")),
            cautions=str(data.get("cautions", "")),
            avoid=_situations(data.get("avoid", ()), path),
            seed=texts_of(data.get("seed", ())),
            source=str(data.get("source", "")),
            author=str(data.get("author", "")),
            written=str(data.get("written", "")),
            path=path,
            lines={str(raw["name"]): int(raw.get("__line__", 1)) for raw in data["steps"]},
        )
    except KeyError as missing:
        raise LibraryError(path, 1, "known-keys", f"the field {missing} is missing") from missing


def _switches(data: Mapping[str, Any]) -> dict[str, bool]:
    return {
        "plain": _yes(data.get("plain", False)),
        "after": _yes(data.get("after", True)),
        "at_once": _yes(data.get("at_once", False)),
    }


def _yes(raw: Any) -> bool:
    return str(raw).lower() == "true"


def _situations(raw: Any, path: str) -> frozenset[str]:
    for label in set(raw) - SITUATIONS:
        raise LibraryError(path, 1, "known-labels", f"'{label}' is not one of nlp/labels' situations")
    return frozenset(raw)


def _step(raw: dict[str, Any], path: str) -> Step:
    line = int(raw.get("__line__", 1))
    refuse_unknown(raw, _STEP_KEYS, path, line)
    try:
        return Step(
            name=str(raw["name"]),
            say=texts_of(raw["say"]),
            component=str(raw.get("component", "")),
            choices=tuple(_choice(choice, path) for choice in raw.get("choices", ())),
            own=_own(raw["own"], path) if "own" in raw else None,
            menu=_yes(raw.get("menu", False)),
            wait=int(raw.get("wait", 0)),
            skip=str(raw.get("skip", "")),
            own_label=_yes(raw.get("own_label", False)),
            line=_yes(raw.get("line", False)),
            needs=frozenset(raw.get("needs", ())),
            unless=frozenset(raw.get("unless", ())),
        )
    except KeyError as missing:
        raise LibraryError(path, line, "known-keys", f"the field {missing} is missing") from missing


def _choice(raw: dict[str, Any], path: str) -> Choice:
    refuse_unknown(raw, _CHOICE_KEYS, path, int(raw.get("__line__", 1)))
    return Choice(
        name=str(raw["name"]),
        label=str(raw["label"]),
        say=texts_of(raw.get("say", ())),
        to=str(raw.get("to", "")),
        keep=str(raw.get("keep", "")),
        of=str(raw.get("of", "")),
        needs=frozenset(raw.get("needs", ())),
        unless=frozenset(raw.get("unless", ())),
    )


def _own(raw: dict[str, Any], path: str) -> Own:
    refuse_unknown(raw, _OWN_KEYS, path, int(raw.get("__line__", 1)))
    return Own(
        say=texts_of(raw["say"]),
        hard=texts_of(raw.get("hard", ())),
        keep=str(raw.get("keep", "")),
        part=str(raw.get("part", "text")),
        to=str(raw.get("to", "")),
        hard_to=str(raw.get("hard_to", END)),
    )
