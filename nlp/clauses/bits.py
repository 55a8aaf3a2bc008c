"""A message of a few words, ready to be said back: "since my wife passed", "by text", "her new bloke".

Too short for a clause, and often the answer to a question or the next piece of a story; said back, it is heard. What
judges the speaker, carries risk or is no plain word is left alone.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from spacy.tokens import Doc, Token

from nlp import rules
from nlp.clauses.agreement import slips
from nlp.clauses.guard import Guard
from nlp.clauses.turning import turn
from nlp.clauses.words import SUBJECTS
from nlp.reading import Bit, Span

# What kind of answer the few words are.
KINDS = frozenset(
    "nobody alone everyone worse better so_so since lasting when often means because sound place person thing "
    "told doing face_sad face_flat face_warm".split()
)
_FACES = (
    ("face_sad", "🥲😢😭💔😞😔🥺☹🙁😿😥😓😟😣😖😩😫😪"),
    ("face_flat", "😐😑😶🙃🤷😬🫠🫥😕🤔🤐🫤😒🙄"),
    ("face_warm", "❤🧡💛💚💙💜🤍😊🙂🥰😘🤗☺😌🫶💕💗💖😀😃😄😁🌸🌻☀"),
)
_MOST_FACE = 12  # characters of a message without a letter
_FILE = "rules/en/bits.yaml"
_LISTS = ("before", "after", "never", "people", "places", "did")
_NOMINAL = frozenset("NOUN PROPN ADJ DET NUM ADP CCONJ ADV PART".split())
_OWNED = frozenset("my our his her their its".split())
_ENDS = frozenset(". ! … ; ,".split())
_MONTHS = re.compile(r"(?:(?<=since )|(?<=in )|(?<=last )|(?<=until )|^)(?:march|may)$")  # else they are verbs
_MOST_SENTENCES = 2
_LONGEST_TOKENS = 14  # of a message that may be one


class BitReader:
    """Reads the few words of a brief message. `load` raises RuleError if the rules are wrong."""

    def __init__(self, data: Mapping[str, Any], phrases: Mapping[str, Any], guard: Guard) -> None:
        rules.check_labels(data["kinds"], KINDS, _FILE)
        lists = {name: rules.texts(data[name], f"{_FILE}: {name}") for name in _LISTS}
        self._lists = {name: frozenset(found) for name, found in lists.items()}
        self._people = frozenset(phrases["people"]) | self._lists["people"]
        self._called = frozenset(phrases["called"])
        self._most = int(data["most_words"])
        self._guard = guard
        self._small = {side: _longest_first(lists[side]) for side in ("before", "after")}
        self._kinds = [
            (kind, re.compile(_with_pieces(source, data["pieces"])))
            for kind, sources in data["kinds"].items()
            for source in rules.texts(sources, f"{_FILE}: {kind}")
        ]

    @classmethod
    def load(cls, guard: Guard | None = None) -> "BitReader":
        keys = ("source", "most_words", "pieces", "kinds", *_LISTS)
        phrases = rules.load_mapping("rules/en/phrases.yaml")
        return cls(rules.load_mapping(_FILE, required=keys), phrases, guard or Guard.load())

    def read(self, doc: Doc) -> tuple[Bit, ...]:
        """The words and what kind of answer they are; none where they may not be said back, or are too many."""
        text = doc.text  # put together anew each time it is asked for
        if not any(char.isalnum() for char in text):
            return tuple(_face(text))
        if len(doc) > _LONGEST_TOKENS or "?" in text or not doc.has_annotation("DEP"):
            return ()
        if self._guard.silent(text):
            return ()
        whole = [part for part in _parts(doc) if [t.lower_ for t in part] not in self._small["before"]]
        if len(whole) > _MOST_SENTENCES:
            return ()
        parts = [self._trimmed(part) for part in whole]
        tokens = [token for part in parts for token in part]
        if not tokens or not self._may_be_said(tokens):
            return ()
        kinds = [self._kind(part) for part in parts]
        texts = [self._turned(part) for part in parts]
        if not all(kinds) or not all(texts) or (len(parts) > 1 and "told" in kinds):
            return ()
        span = Span(tokens[0].idx, tokens[-1].idx + len(tokens[-1].text))
        said = _MONTHS.sub(lambda month: month[0].capitalize(), ", ".join(text for text in texts if text))
        return (Bit(kinds[0], said, span, f"bits/{kinds[0]}"),)

    def _turned(self, tokens: Sequence[Token]) -> str | None:
        """To "you"; "mum says" is said of the speaker's own."""
        text = turn(tokens)
        return f"your {text}" if text and tokens[0].lower_ in self._called else text

    def _may_be_said(self, tokens: Sequence[Token]) -> bool:
        low = [token.lower_ for token in tokens]
        so_so = bool(self._by_words(" ".join(low)))
        barred = self._lists["never"] - (frozenset(low) if so_so else frozenset())
        return (
            len(tokens) <= self._most
            and barred.isdisjoint(low)
            and not self._guard.bars(low)
            and not slips(tokens)
            and all(self._guard.knows(token) or token.lower_ in ("march", "may") for token in tokens)
        )

    def _trimmed(self, tokens: Sequence[Token]) -> Sequence[Token]:
        """Without the small words at both ends; all small words are kept."""
        found = list(tokens)
        if self._by_words(" ".join(token.lower_ for token in found)):
            return found
        while cut := self._opening(found):
            found = found[cut:]
        while cut := self._closing(found):
            found = found[:-cut]
        return found

    def _opening(self, tokens: Sequence[Token]) -> int:
        low = [token.lower_ for token in tokens]
        return next((len(s) for s in self._small["before"] if len(s) < len(low) and low[: len(s)] == s), 0)

    def _closing(self, tokens: Sequence[Token]) -> int:
        low = [token.lower_ for token in tokens]
        return next((len(s) for s in self._small["after"] if len(s) < len(low) and low[-len(s) :] == s), 0)

    def _kind(self, tokens: Sequence[Token]) -> str:
        said = " ".join(token.lower_ for token in tokens)
        return self._by_words(said) or self._by_parse(tokens)

    def _by_words(self, said: str) -> str:
        whole = said.replace(" n't", "n't").replace(" '", "'")
        return next((kind for kind, pattern in self._kinds if pattern.fullmatch(whole)), "")

    def _by_parse(self, tokens: Sequence[Token]) -> str:
        if self._is_told(tokens):
            return "told"
        if any(token.pos_ not in _NOMINAL and token.lower_ not in _OWNED for token in tokens):
            return ""
        if tokens[0].lower_ in self._lists["places"]:
            return "place" if len(tokens) > 1 or tokens[0].pos_ == "ADV" else ""
        last = tokens[-1]
        if last.pos_ not in ("NOUN", "PROPN", "NUM"):
            return ""
        return "person" if last.lower_ in self._people else "thing"

    def _is_told(self, tokens: Sequence[Token]) -> bool:
        """Somebody, and then a verb of theirs; of the speaker only what says nothing about them."""
        subjects = [token for token in tokens if token.dep_ in SUBJECTS]
        if len(subjects) != 1 or subjects[0].i > tokens[0].i + 2:
            return False
        verb = subjects[0].head
        if verb.tag_ == "VBG" and not any(child.dep_ == "aux" for child in verb.children):
            return False  # "boss listening"
        if verb.pos_ != "VERB" or verb.i <= subjects[0].i or verb.i > tokens[-1].i:
            return False
        if subjects[0].lower_ in ("i", "we"):
            return verb.lemma_ in self._lists["did"]
        return subjects[0].lower_ not in ("it", "this", "that")


def _with_pieces(source: str, pieces: Mapping[str, str]) -> str:
    for name, piece in pieces.items():
        source = source.replace(f"{{{name}}}", piece)
    return source


def _longest_first(phrases: Sequence[str]) -> list[list[str]]:
    return sorted((phrase.split() for phrase in phrases), key=len, reverse=True)


def _parts(doc: Doc) -> Iterator[list[Token]]:
    """The words between the marks."""
    part: list[Token] = []
    for token in doc:
        if token.text in _ENDS or token.is_space or not any(char.isalnum() or char == "'" for char in token.text):
            if part:
                yield part
            part = []
        else:
            part.append(token)
    if part:
        yield part


def _face(text: str) -> Iterator[Bit]:
    """What a message of emoji alone looks like; of several kinds the first in it."""
    found = min(((text.find(face), kind) for kind, faces in _FACES for face in faces if face in text), default=None)
    if found is not None and len(text.strip()) <= _MOST_FACE:
        yield Bit(found[1], text.strip(), Span(0, len(text)), f"bits/{found[1]}")
