"""Numbers put into bins wide enough to say little about one message."""

from bisect import bisect_left, bisect_right

LENGTHS = ("1-5", "6-15", "16-40", "41-100", "over 100")  # words
SENTIMENTS = ("very_negative", "negative", "neutral", "positive", "very_positive")
WAITS = ("under 1 h", "1-3 h", "3-6 h", "6-12 h", "12-24 h", "over 24 h")

_LENGTH_ENDS = (5, 15, 40, 100)
_SENTIMENT_ENDS = (-0.6, -0.2, 0.2, 0.6)
_WAIT_ENDS = (1, 3, 6, 12, 24)
_LONGEST_WAIT = 2880  # minutes; a wait beyond two days is given as two days


def length(words: object) -> str | None:
    """The bin of a number of words; None when it was not recorded."""
    return LENGTHS[bisect_left(_LENGTH_ENDS, words)] if isinstance(words, int) else None


def sentiment(value: object) -> str | None:
    """The bin of a sentiment of -1 to 1; None when it was not recorded."""
    if not isinstance(value, int | float):
        return None
    return SENTIMENTS[bisect_left(_SENTIMENT_ENDS, value)]


def hours(seconds: float) -> str:
    return WAITS[bisect_right(_WAIT_ENDS, seconds / 3600)]


def minutes(seconds: float) -> int:
    return min(round(seconds / 60), _LONGEST_WAIT)
