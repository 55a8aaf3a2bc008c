"""What must hold of all entries together: names that stand once, labels with enough lines, no two lines alike."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from nlp.labels import FEELINGS, SITUATIONS
from responses.findings import Finding
from responses.model import Entry

PLAIN_SHELVES = (
    "listening",
    "talk",
    "repair",
    "summary",
    "lost",
    "media",
    "practices",
    "around",
    "cards",
    "checkin.ask",
    "checkin.own",
    "checkin.heard",
)
_LEAST_PER_FEELING, _LEAST_PER_SITUATION = 4, 3


def over_all(entries: list[Entry]) -> Iterator[Finding]:
    """Findings over the whole of a language."""
    live = [entry for entry in entries if entry.retired is None]
    yield from _ids(entries)
    yield from _covered(live)
    yield from _twins(live)


def texts(entry: Entry) -> tuple[str, ...]:
    return (*entry.say, *entry.ask)


def is_label(entry: Entry) -> bool:
    """What stands on a button is a name, and the same name may stand on two."""
    return entry.moment.startswith("button.")


def _ids(entries: Iterable[Entry]) -> Iterator[Finding]:
    counts = Counter(entry.id for entry in entries)
    for entry in entries:
        if counts[entry.id] > 1:
            yield Finding(entry.path, entry.line, "unique", f"{entry.id} stands {counts[entry.id]} times")


def _covered(entries: list[Entry]) -> Iterator[Finding]:
    """Each feeling and situation has enough entries of its own; nothing that can be heard meets an empty shelf."""
    for kind, labels, least in (
        ("feelings", FEELINGS, _LEAST_PER_FEELING),
        ("situations", SITUATIONS, _LEAST_PER_SITUATION),
    ):
        for label in sorted(labels):
            number = sum(label in getattr(entry.when, kind) for entry in entries)
            if number < least:
                yield Finding(
                    f"responses/en/listening/{kind}", 1, "covered", f"{label} has {number} of {least} entries"
                )


_SHINGLE, _ALIKE, _FEW, _SHORT_QUESTION = 4, 0.6, 2, 8


def _twins(entries: list[Entry]) -> Iterator[Finding]:
    """Two wordings of different entries with nearly the same words: the reader would hear it twice."""
    spoken = [e for e in entries if e.id.startswith(PLAIN_SHELVES) and not is_label(e)]
    everything = [(e, t, _shingles(t)) for e in spoken for t in texts(e)]
    # Lines that are hardly more than the person's own words differ by those words; short questions may be shared.
    shingled = [
        (entry, text, shingles)
        for entry, text, shingles in everything
        if len(re.sub(r"\{\w+\}", "", text).split()) > (_SHORT_QUESTION if text in entry.ask else _FEW)
    ]
    index: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, (entry, text, shingles) in enumerate(shingled):
        others = Counter(other for s in shingles for other in index[s])
        for other, shared in others.items():
            twin, twin_text, twin_shingles = shingled[other]
            alike = shared / len(shingles | twin_shingles)
            if alike >= _ALIKE and twin.id != entry.id:
                yield Finding(entry.path, entry.line, "twins", f'"{text}" is nearly "{twin_text}" of {twin.id}')
                break
        for shingle in shingles:
            index[shingle].append(number)


def _shingles(text: str) -> frozenset[tuple[str, ...]]:
    words = re.findall(r"[\w']+", text.lower())
    return frozenset(tuple(words[i : i + _SHINGLE]) for i in range(max(1, len(words) - _SHINGLE + 1)))
