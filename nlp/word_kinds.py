"""Part of speech and base form of each word, as the model's rules give them, remembered.

Nearly every rule looks at one word, its tag and its place in the sentence, so what it says once it always says. The few
that look at two words are left to the model's own rules.
"""

from typing import Any

Key = tuple[int, ...]

_MOST = 20_000  # remembered words: 4 MB
# What the first word of a two-word rule may be; the other may only follow an "expletive there".
_FIRST = ("ai", "gon", "got", "let", "c'm", "y", "y'")
_THERE = "expl"


class WordKinds:
    """Does what `ruler` and then `lemmatizer` of a pipeline do. ValueError if a rule looks further than expected."""

    def __init__(self, ruler: Any, lemmatizer: Any) -> None:
        from spacy.attrs import DEP, LOWER, ORTH, TAG

        _check(ruler)
        strings = ruler.vocab.strings
        self._ruler, self._lemmatizer = ruler, lemmatizer
        self._attributes = [LOWER, DEP, ORTH, TAG]
        self._first = frozenset(strings.add(word) for word in _FIRST)
        self._there = strings.add(_THERE)
        self._known: dict[Key, tuple[int, int]] = {}

    def __call__(self, doc: Any) -> Any:
        keys: list[Key] = list(map(tuple, doc.to_array(self._attributes).tolist()))
        if any(key[0] in self._first or key[1] == self._there for key in keys):
            return self._lemmatizer(self._ruler(doc))
        found = [self._known.get(key) for key in keys]
        if None in found:
            return self._learned(doc, keys)
        for token, (kind, base) in zip(doc, found, strict=True):  # type: ignore[misc]
            token.pos, token.lemma = kind, base
        return doc

    def _learned(self, doc: Any, keys: list[Key]) -> Any:
        doc = self._lemmatizer(self._ruler(doc))
        if len(self._known) + len(keys) > _MOST:
            self._known = {}
        # Blanks are left out: their rules change more than part of speech and base form.
        self._known.update((key, (t.pos, t.lemma)) for key, t in zip(keys, doc, strict=True) if not t.is_space)
        return doc


def _check(ruler: Any) -> None:
    for rule in ruler.patterns:
        for pattern in rule["patterns"]:
            first = pattern[0]
            fits = first.get("DEP") == _THERE or str(first.get("LOWER")).startswith(_FIRST) or "REGEX" in str(first)
            if len(pattern) > 2 or (len(pattern) == 2 and not fits):
                raise ValueError("the model's rules look further than expected")
