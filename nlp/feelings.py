"""Names the feelings a message speaks of: which, how strong, whose, and whether they hold now.

A lexicon finds the words; a short look to the left says who feels and how it is meant. Measured, this is the most
precise namer on chat. What does not stand the way its kind must stand is left out: an honest gap beats a wrong name.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from spacy.tokens import Doc

from nlp import faces, rules
from nlp.labels import FEELINGS, POSITIVE_FEELINGS, Intensity, Status
from nlp.lexicon import Hit, Lexicon, Word, words
from nlp.reading import Feeling, Span
from nlp.whose import Context, Holder

_FILE = "rules/en/feelings.yaml"
_KINDS = ("adj", "state", "thing", "noun", "verb", "toward", "phrase")
_LEVELS = tuple(Intensity)
_NOT_SAID_BACK = "-"
_FIRST_WORD = "^"
_INFERRED = "?"


@dataclass(frozen=True, slots=True)
class Form:
    """One wording of the lexicon. `name` is empty for a wording that only looks like a feeling."""

    name: str = ""
    kind: str = "phrase"
    level: Intensity = Intensity.MIDDLE
    word: str | None = None  # the adjective to say back; None: the wording itself, if it is an adjective


class FeelingReader:
    """Reads feelings from a parsed message. `load` raises RuleError if the lexicon is wrong."""

    def __init__(self, lexicon: Lexicon[Form], context: Context, up: frozenset[str], down: frozenset[str]) -> None:
        self._lexicon = lexicon
        self._context = context
        self._up = up
        self._down = down

    @classmethod
    def load(cls) -> "FeelingReader":
        data = rules.load_mapping(_FILE, required=("source", "never", "forms", "intensifiers", "context"))
        rules.check_labels(data["forms"], FEELINGS, _FILE)
        context = Context.of(data["context"])
        lexicon = Lexicon(_forms(data))
        degrees = data["intensifiers"]
        return cls(lexicon, context, frozenset(degrees["up"]), frozenset(degrees["down"]))

    def read(self, doc: Doc) -> tuple[Feeling, ...]:
        """Feelings in the order of the text; spans are offsets in the document's text. A name comes once for each
        holder and status, at its strongest."""
        said = doc.text  # put together anew each time it is asked for
        text = words(said)
        found: dict[tuple[str, str, Status], Feeling] = {}
        for hit in self._lexicon.find(text):
            feeling = self._feeling(doc, said, text, hit) if hit.value.name else None
            if feeling is None or _said_again(feeling, hit, text, found.values(), said):
                continue
            key = (feeling.name, feeling.holder, feeling.status)
            if key not in found or _stronger(feeling, found[key]):
                found[key] = feeling
        return tuple(sorted(found.values(), key=lambda feeling: feeling.span))

    def _feeling(self, doc: Doc, said: str, text: list[Word], hit: Hit[Form]) -> Feeling | None:
        form = hit.value
        seen = self._context.look(doc, text, hit.start, hit.end, form.kind)
        if seen is None or (seen.alone and form.kind == "state" and form.name in POSITIVE_FEELINGS):
            return None  # "Great." agrees; it does not say how one feels
        if faces.is_courtesy(text, hit.start, hit.end) or faces.laughs_in_tears(said, text[hit.start : hit.end]):
            return None
        if seen.alone and faces.is_handed_back(text, hit.start, hit.end):
            return None
        asked = seen.alone and hit.end < len(text) and text[hit.end].text == "?"
        span = Span(text[hit.start].start, text[hit.end - 1].end)
        return Feeling(
            name=form.name,
            intensity=self._intensity(text, hit),
            holder="self" if seen.holder is Holder.SELF else "other",
            span=span,
            rule=f"feelings/{form.name}.{form.kind}",
            sure=seen.sure and form.word != _INFERRED and not asked,
            status=seen.status,
            word=self._word(text, hit),
        )

    @staticmethod
    def _word(text: list[Word], hit: Hit[Form]) -> str:
        form = hit.value
        if form.word is not None:
            first = text[hit.start].text
            return {_NOT_SAID_BACK: "", _INFERRED: "", _FIRST_WORD: first}.get(form.word, form.word)
        if form.kind not in ("adj", "state"):
            return ""
        return " ".join(word.text for word in text[hit.start : hit.end])

    def _intensity(self, text: list[Word], hit: Hit[Form]) -> Intensity:
        near = {word.text for word in text[max(0, hit.start - 3) : hit.start]}
        step = 0
        if near & self._up or self._loud(text, hit):
            step = 1
        elif near & self._down:
            step = -1
        at = _LEVELS.index(hit.value.level) + step
        return _LEVELS[min(max(at, 0), len(_LEVELS) - 1)]

    @staticmethod
    def _loud(text: list[Word], hit: Hit[Form]) -> bool:
        """Capitals in a text that is not all capitals, or a run of exclamation marks."""
        said = "".join(word.raw for word in text[hit.start : hit.end])
        shouted = len(said) > 3 and said.isupper()
        marks = [word.raw for word in text[hit.end : hit.end + 2]]
        return shouted or marks == ["!", "!"]


def _said_again(one: Feeling, hit: Hit[Form], text: list[Word], before: Iterable[Feeling], whole: str) -> bool:
    """A word by itself that was said of another, or denied, just before: "Everyone is delighted. Delighted."."""
    if hit.start and text[hit.start - 1].text not in ".!?":
        return False
    said = whole[one.span.start : one.span.end].lower()
    return any(
        whole[other.span.start : other.span.end].lower() == said
        and (other.holder == "other" or other.status is Status.NEGATED)
        for other in before
    )


def _stronger(one: Feeling, other: Feeling) -> bool:
    """A sure one beats an unsure one, then strength counts, then having a word to say back."""
    return (one.sure, _LEVELS.index(one.intensity), bool(one.word)) > (
        other.sure,
        _LEVELS.index(other.intensity),
        bool(other.word),
    )


def _forms(data: Mapping[str, Any]) -> Iterator[tuple[str, Form]]:
    """Every line of the lexicon; false friends come last, so that they win over a form spelled the same."""
    for name, kinds in data["forms"].items():
        rules.check_labels(kinds, _KINDS, f"{_FILE}: {name}")
        for kind, levels in kinds.items():
            rules.check_labels(levels, _LEVELS, f"{_FILE}: {name}: {kind}")
            for level, lines in levels.items():
                for line in rules.texts(lines, f"{_FILE}: {name}: {kind}: {level}"):
                    form, arrow, word = line.partition(" > ")
                    yield form, Form(name, kind, Intensity(level), word.strip() if arrow else None)
    for line in rules.texts(data["never"], f"{_FILE}: never"):
        yield line, Form()
