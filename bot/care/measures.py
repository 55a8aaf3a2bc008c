"""What can be counted of replies without a judge: rhythm, length, variety (DESIGN 12)."""

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from statistics import median
from typing import Any

from responses.fill import opener
from responses.model import QUESTIONS, REFLECTIONS, Technique

_COMPLEX = frozenset({Technique.COMPLEX_REFLECTION, Technique.DOUBLE_SIDED_REFLECTION})
_WINDOW = 5

Turn = Mapping[str, Any]  # {"client", "reply", "parts", "tier"}


def of_replies(turns: Sequence[Turn]) -> dict[str, float]:
    """Counts over single replies: {"replies", "words_median", "questions_on", "reflections_to_questions", ...}."""
    techniques = [Technique(part["technique"]) for turn in turns for part in turn["parts"]]
    reflections = [t for t in techniques if t in REFLECTIONS]
    questions = sum("?" in turn["reply"] for turn in turns)
    asked = sum(t in QUESTIONS for t in techniques)
    return {
        "replies": len(turns),
        "words_median": median([len(turn["reply"].split()) for turn in turns] or [0]),
        "questions_on": _share(questions, len(turns)),
        "reflections_to_questions": round(len(reflections) / max(1, asked), 2),
        "complex_share": _share(sum(t in _COMPLEX for t in reflections), len(reflections)),
    }


def of_conversations(rows: Iterable[Mapping[str, Any]]) -> dict[str, float]:
    """The same over conversations, with repeats within each: {"exact_repeats", "same_opener_within_5", ...}."""
    talks = [row["turns"] for row in rows]
    turns = [turn for talk in talks for turn in talk]
    repeats = sum(len(talk) - len({turn["reply"] for turn in talk}) for talk in talks)
    return {
        "conversations": len(talks),
        **of_replies(turns),
        "exact_repeats": repeats,
        "same_opener_within_5": _share(sum(map(_same_openers, talks)), len(turns)),
    }


def _same_openers(talk: Sequence[Turn]) -> int:
    recent: deque[str] = deque(maxlen=_WINDOW)
    found = 0
    for turn in talk:
        first = opener(turn["reply"])
        found += first in recent
        recent.append(first)
    return found


def _share(part: int, whole: int) -> float:
    return round(part / whole, 3) if whole else 0.0
