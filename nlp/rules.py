"""Reads the ear's YAML data and refuses what it does not know: a misspelt key or label must fail loudly at loading.

Files live in `nlp/rules/en/` and `nlp/examples/en/`. "yes", "no", "on" and "off" stay words (they are labels here);
only true and false are booleans.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import yaml


class RuleError(ValueError):
    """A rule file is wrong; the message names the file and the key, and holds no client's words."""


class _Loader(yaml.CSafeLoader):
    """YAML where only true and false are booleans, and a key may not stand twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.constructor.ConstructorError(None, None, f"key twice: {key.value}", key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool" or first in "tTfF"]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


def data_file(name: str) -> Traversable:
    """The file `name` (for instance "rules/en/feelings.yaml") inside the nlp package."""
    return files("nlp").joinpath(*name.split("/"))


def names_in(folder: str) -> list[str]:
    """The YAML files of a folder inside the nlp package, by name."""
    return sorted(file.name for file in data_file(folder).iterdir() if file.name.endswith(".yaml"))


def load(name: str) -> Any:
    """What the YAML file `name` holds. RuleError if it is missing or not YAML."""
    try:
        # The loader descends from a safe one.
        return yaml.load(data_file(name).read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506
    except (OSError, yaml.YAMLError) as error:
        raise RuleError(f"{name}: {error}") from error


def load_mapping(name: str, required: Iterable[str] = (), optional: Iterable[str] | None = None) -> dict[str, Any]:
    """The mapping in `name`. With `required` or `optional` given, any other key is refused."""
    found = load(name)
    if not isinstance(found, dict):
        raise RuleError(f"{name}: a mapping is expected")
    required = tuple(required)
    if required or optional is not None:
        check_keys(found, required, optional or (), name)
    return found


def any_word(sources: Any, where: str) -> re.Pattern[str]:
    """Finds any of the patterns `sources`, each as whole words. RuleError, naming `where`, if they are no texts."""
    return re.compile("|".join(rf"\b(?:{source})\b" for source in texts(sources, where)))


def load_records(name: str, required: Iterable[str], optional: Iterable[str] = ()) -> list[dict[str, Any]]:
    """The list of mappings in `name`, each with all `required` keys and none beyond `optional`."""
    return check_records(load(name), required, optional, name)


def check_records(
    rows: object, required: Iterable[str], optional: Iterable[str] = (), where: str = "rules"
) -> list[dict[str, Any]]:
    """`rows` as a list of mappings whose keys are all known. RuleError names the row."""
    if not isinstance(rows, list):
        raise RuleError(f"{where}: a list is expected")
    required, optional = tuple(required), tuple(optional)
    for number, row in enumerate(rows, start=1):
        if not isinstance(row, dict):
            raise RuleError(f"{where}: row {number}: a mapping is expected")
        check_keys(row, required, optional, f"{where}: row {number}")
    return rows


def check_keys(row: Mapping[str, object], required: Iterable[str], optional: Iterable[str], where: str) -> None:
    """RuleError if a required key is missing or an unknown one is there."""
    required = set(required)
    if missing := required - set(row):
        raise RuleError(f"{where}: missing {', '.join(sorted(missing))}")
    if unknown := set(row) - required - set(optional):
        raise RuleError(f"{where}: unknown key {', '.join(sorted(map(str, unknown)))}")


def check_labels(found: Iterable[str], allowed: Iterable[str], where: str) -> None:
    """RuleError if a label is not in `allowed` (for instance labels.FEELINGS)."""
    if unknown := set(found) - set(allowed):
        raise RuleError(f"{where}: unknown label {', '.join(sorted(map(str, unknown)))}")


def texts(value: object, where: str) -> Sequence[str]:
    """`value` as a list of non-empty strings. RuleError otherwise (a bare number or null in a word list)."""
    if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
        raise RuleError(f"{where}: a list of words is expected")
    return value
