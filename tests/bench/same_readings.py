"""Whether a change that is to make the ear or the voice quicker leaves every reading and every reply as it was.

`python -m tests.bench.same_readings FILE` before the change writes what is read and answered of our own texts into
FILE; the same with `--against` after it counts those that differ, and exits 1 if any does. `--every 6` takes a sixth.
Our own texts: the ear's examples and rules, what the tests hold of messages, and some of them joined.
"""

import argparse
import json
import random
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from bot import settings, wiring
from bot.care.rehearsal import Rehearsal

ROOT = Path(__file__).parents[2]
FOLDERS = ("nlp/examples", "nlp/rules", "tests")
LISTS = ("tests/bench/lines.txt", "tests/nlp/ordinary/en.txt")
JOINED = 600
TALK = 30  # messages
_PATTERN = frozenset("\\(|{")  # what a line of a rule holds and a message does not


def own_texts() -> list[str]:
    """Each once, in an order that is always the same."""
    found = dict.fromkeys(line for name in LISTS for line in (ROOT / name).read_text(encoding="utf-8").splitlines())
    for folder in FOLDERS:
        for file in sorted((ROOT / folder).rglob("*.yaml")):
            held = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
            found |= dict.fromkeys(text for text in _strings(held) if " " in text and _PATTERN.isdisjoint(text))
    texts, draw = list(found), random.Random(1)
    texts += [draw.choice([" ", "\n", ". "]).join(draw.sample(texts, draw.randint(2, 8))) for _ in range(JOINED)]
    draw.shuffle(texts)
    return texts


def _strings(held: Any) -> Iterator[str]:
    if isinstance(held, str):
        yield held
    elif isinstance(held, Mapping):
        for value in held.values():
            yield from _strings(value)
    elif isinstance(held, list):
        for value in held:
            yield from _strings(value)


def readings_and_replies(texts: list[str]) -> dict[str, list[str]]:
    """Of each text what is read of it alone and beside three others, and what it is answered in a talk of thirty."""
    ear, means = wiring.load_ear(settings.home()), wiring.load_means()
    found: dict[str, list[str]] = {}
    for at in range(0, len(texts), 4):
        four = texts[at : at + 4]
        for text, reading in zip(four, ear.read_all(four), strict=True):
            found[text] = [repr(ear.read(text)), repr(reading)]
    for at in range(0, len(texts), TALK):
        talk = Rehearsal(means, ear.read, at)
        for text in texts[at : at + TALK]:
            found[text].append(repr(talk.answer(text)[1]))
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--against", action="store_true", help="compare with what the file holds")
    parser.add_argument("--every", type=int, default=1, help="take each so-manieth text")
    args = parser.parse_args()
    now = readings_and_replies(own_texts()[:: args.every])
    if not args.against:
        args.file.write_text(json.dumps(now), encoding="utf-8")
        return 0
    before = json.loads(args.file.read_text(encoding="utf-8"))
    both = now.keys() & before.keys()
    different = sum(now[text] != before[text] for text in both)
    print(json.dumps({"texts": len(both), "different": different}))
    return int(different > 0 or not both)


if __name__ == "__main__":
    sys.exit(main())
