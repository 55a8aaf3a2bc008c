"""Words of time that open a clause before its subject: "by nine I'm lying there", "all week we had been talking".

They are said back with the clause, as they stand, so that nothing is lost.
"""

from collections.abc import Sequence

from spacy.tokens import Token

_HEADS = frozenset(
    "today tonight yesterday tomorrow now lately recently nowadays night nights morning mornings evening evenings "
    "afternoon afternoons day days week weeks month months year years hour hours minute minutes weekend weekends "
    "monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays "
    "sundays january february march april may june july august september october november december spring summer "
    "autumn winter noon midnight lunchtime christmas easter first".split()
)
_AROUND = frozenset(
    "last this every all next other one most some each the past few whole in by at on for since over around about of a "
    "an half couple ago later long two three four five six seven eight nine ten eleven twelve twenty thirty".split()
)
_OF_A_NOUN = frozenset("the one".split())  # "the day I left": the clause belongs to the noun
_MOST = 6


def time_opener(tokens: Sequence[Token]) -> int:
    """How many of the first words only say when, if a clause may follow them; else 0."""
    count = 0
    while count < min(len(tokens), _MOST + 1) and _of_time(tokens[count]):
        count += 1
    words = [token.lower_ for token in tokens[:count]]
    at_a_clock = words[:1] in (["by"], ["at"]) and count == 2  # "by nine"
    if count > _MOST or not (at_a_clock or any(word in _HEADS or word[0].isdigit() for word in words)):
        return 0
    belongs = words[0] in _OF_A_NOUN and "other" not in words and "ago" not in words and words != ["one", "day"]
    return 0 if belongs else count


def _of_time(token: Token) -> bool:
    return token.lower_ in _HEADS | _AROUND or (token.is_digit and len(token) <= 4)
