"""What takes seconds to work out of the rule files, kept from one start to the next.

What is kept lies under a fingerprint of all it was worked out of, the code among it, and under a checksum of itself: a
changed rule or program never meets what was kept of another, and what is missing or damaged is worked out anew.
"""

import json
import logging
import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from nlp.waking import Way

Ways = list[tuple[Way, ...]]  # for each pattern, see nlp.waking

_LOG = logging.getLogger(__name__)
_CODE = (Path(__file__), Path(__file__).with_name("pieces.py"), Path(__file__).parent / "crisis" / "needs.py")


@dataclass(frozen=True, slots=True)
class Kept:
    """`folder` may be missing, and nothing is kept without one."""

    folder: Path | None = None

    def ways(self, name: str, sources: Iterable[str], work_out: Callable[[], Ways]) -> Ways:
        """What `work_out` makes of `sources`, from the last time if those are the same. `name` is one file's."""
        if self.folder is None:
            return work_out()
        file, mark = self.folder / f"ways-{name}.json", _fingerprint(sources)
        found = _read(file, mark)
        if found is None:
            found = work_out()
            _write(file, mark, found)
        return found


NOTHING = Kept()  # for whoever has no folder


def _fingerprint(sources: Iterable[str]) -> str:
    mark = sha256(repr(sys.version_info[:2]).encode())
    for part in (*(file.read_bytes() for file in _CODE), *(source.encode() for source in sources)):
        mark.update(sha256(part).digest())
    return mark.hexdigest()


def _read(file: Path, mark: str) -> Ways | None:
    """None if there is none for `mark`, whatever the reason."""
    try:
        head, _, body = file.read_text(encoding="utf-8").partition("\n")
        return _unpacked(json.loads(body)) if head == f"{mark} {_sum(body)}" else None
    except (OSError, ValueError) as error:
        _LOG.debug("worked out anew: %s", type(error).__name__)
        return None


def _write(file: Path, mark: str, ways: Ways) -> None:
    """In one step, so that no other start reads half of it. A folder that cannot be written costs each start time."""
    body = json.dumps(_packed(ways), ensure_ascii=False, separators=(",", ":"))
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, made = tempfile.mkstemp(dir=file.parent)
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            out.write(f"{mark} {_sum(body)}\n{body}")
        Path(made).replace(file)
    except OSError as error:
        _LOG.warning("what was worked out of the rules could not be kept: %s", type(error).__name__)


def _sum(body: str) -> str:
    return sha256(body.encode("utf-8")).hexdigest()


def _packed(ways: Ways) -> dict[str, Any]:
    """Each set of pieces once: the same few hundred stand in thousands of patterns."""
    numbers: dict[frozenset[str], int] = {}
    rows = [[[numbers.setdefault(one, len(numbers)) for one in way] for way in each] for each in ways]
    return {"sets": [sorted(one) for one in numbers], "ways": rows}


def _unpacked(packed: dict[str, Any]) -> Ways:
    sets: Sequence[frozenset[str]] = [frozenset(one) for one in packed["sets"]]
    return [tuple(tuple(sets[number] for number in way) for way in each) for each in packed["ways"]]
