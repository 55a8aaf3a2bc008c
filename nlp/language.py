"""Says which language a message is in, and rather "en" or "und" than a wrong foreign one.

Script first, then lists of common words, and only for longer lines a statistical guess (py3langid). Chat is short and
full of slang and names: a false "I can't read your language" hurts.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from typing import Any

from nlp import rules

TABLE = "rules/en/languages.yaml"
UNKNOWN = "und"

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_LOOKED_AT = 1_000  # characters; enough to tell
_FEWEST_LETTERS = 20  # below this no statistical guess
_FEWEST_WORDS = 4
_SURE = 0.6
_MOST_ENGLISH = 0.2  # share of English words above which a line is not guessed foreign

# The Unicode name of a letter starts with its script.
_SCRIPTS = {
    "ARABIC": "ar", "DEVANAGARI": "hi", "BENGALI": "bn", "TAMIL": "ta", "TELUGU": "te", "GUJARATI": "gu",
    "GURMUKHI": "pa", "KANNADA": "kn", "MALAYALAM": "ml", "SINHALA": "si", "THAI": "th", "LAO": "lo",
    "KHMER": "km", "MYANMAR": "my", "GEORGIAN": "ka", "ARMENIAN": "hy", "HEBREW": "he", "GREEK": "el",
    "ETHIOPIC": "am", "HANGUL": "ko", "HIRAGANA": "ja", "KATAKANA": "ja", "CJK": "zh", "CYRILLIC": "ru",
}  # fmt: skip
# Letters that only one of the languages of a shared script has.
_MARKS = {"ar": {"fa": "پچژگ", "ur": "ٹڈڑےں"}, "ru": {"uk": "іїєґ", "be": "ў", "sr": "ђћџљњј"}}


class LanguageReader:
    """Holds the word lists. Safe to share between threads."""

    def __init__(self, table: dict[str, Any]) -> None:
        self._english = frozenset(rules.texts(table["english"], TABLE))
        self._shared = frozenset(rules.texts(table["shared"], TABLE))
        both = self._english | self._shared  # tells nothing about another language
        self._known = {code: frozenset(rules.texts(words, TABLE)) - both for code, words in table["known"].items()}
        self._identifier = _identifier(rules.texts(table["guessed"], TABLE))

    @classmethod
    def load(cls) -> "LanguageReader":
        return cls(rules.load_mapping(TABLE, ("english", "shared", "known", "guessed")))

    def read(self, text: str) -> str:
        """ISO 639-1 code, or "und" where nothing tells."""
        text = text[:_LOOKED_AT]
        letters = [char for char in text if char.isalpha()]
        if not letters:
            return UNKNOWN
        if script := _script(letters):
            return script
        words = [word.lower() for word in _WORD.findall(text)]
        english = sum(word in self._english for word in words) + sum(word in self._shared for word in words) / 2
        if known := self._listed(words, english):
            return known
        if english / len(words) > _MOST_ENGLISH:
            return "en"
        if len(letters) < _FEWEST_LETTERS or len(words) < _FEWEST_WORDS:
            return "en" if english else UNKNOWN
        return self._guess(text)

    def _listed(self, words: list[str], english: float) -> str:
        """The language whose common words are at least two kinds, a third of all and more than the English ones."""
        kinds = set(words)
        code, listed = max(self._known.items(), key=lambda item: (len(kinds & item[1]), item[0]))
        hits = sum(word in listed for word in words)
        enough = len(kinds & listed) >= 2 and hits / len(words) >= 1 / 3 and hits > 1.5 * english
        return code if enough else ""

    def _guess(self, text: str) -> str:
        code, certainty = self._identifier.classify(text.replace("\n", " "))
        return str(code) if code == "en" or certainty >= _SURE else UNKNOWN


def _identifier(languages: Sequence[str]) -> Any:
    """The statistical model of `languages` alone: what it knows of all others would stay in memory, 20 MB."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    full = LanguageIdentifier.from_model_file(MODEL_FILE)
    full.set_languages(languages)
    return LanguageIdentifier(
        full.nb_ptc,
        full.nb_pc,
        full.nb_classes,
        full.tk_nextmove,
        full.tk_output,
        norm_probs=True,
        tk_row=full.tk_row,
    )


def _script(letters: list[str]) -> str:
    """The language that a mostly non-Latin script stands for; empty for a Latin one."""
    foreign = [char for char in letters if ord(char) > 0x36F]
    if len(foreign) * 2 < len(letters):
        return ""
    scripts = Counter(unicodedata.name(char, "").partition(" ")[0] for char in foreign[:200])
    if scripts["HIRAGANA"] + scripts["KATAKANA"]:
        return "ja"
    name = scripts.most_common(1)[0][0]
    code = _SCRIPTS.get(name, "")
    for closer, marks in _MARKS.get(code, {}).items():
        if any(char in marks for char in foreign):
            return closer
    return code
