"""Reading grade by Flesch and Kincaid (1975): 0.39 words a sentence + 11.8 syllables a word - 15.59."""

import re

_WORD = re.compile(r"[A-Za-z']+")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(r"(?:[^laeiouy]es|[^td]ed|[^l]e)$")


def syllables(word: str) -> int:
    """Groups of vowels, less a silent ending; at least one. Good to a few per cent on everyday words."""
    folded = re.sub(r"[^a-z]", "", word.lower())
    return max(1, len(_VOWELS.findall(folded)) - bool(_SILENT.search(folded) and len(folded) > 3))


def reading_grade(text: str) -> float:
    """The school grade that reads this with ease; 0 for no words. Slots count as one word of one syllable."""
    words = _WORD.findall(re.sub(r"\{\w+\}", "you", text))
    if not words:
        return 0.0
    sentences = max(1, len(re.findall(r"[.!?:]+(?:\s|$)", text)))
    return 0.39 * len(words) / sentences + 11.8 * sum(map(syllables, words)) / len(words) - 15.59
