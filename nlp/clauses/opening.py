"""What opens a run before its subject: a word that leads up to a neighbour, words of time, a subject left out."""

from dataclasses import replace

from spacy.tokens import Token

from nlp.clauses.cut import Run
from nlp.clauses.openers import time_opener
from nlp.clauses.turning import SEASONS
from nlp.clauses.words import MINE, SUBJECTS

_LEADS = (
    ("every", "time"),
    ("even", "though"),
    ("when",),
    ("whenever",),
    ("since",),
    ("although",),
    ("after",),
    ("while",),
)
_OPENING_SUBJECTS = frozenset(
    "i we he she they it my our his her their the this nobody everyone someone people".split()
)
# Words before which nobody was named: things and the listener leave no doubt whose deed is told.
_NOBODY_NAMED = MINE | frozenset("it that this there you what who which".split())


def led(run: Run) -> tuple[str, Run]:
    """The word or two that lead up to a neighbour ("when", "every time"), and the run without them."""
    low = [token.lower_ for token in run.tokens[:2]]
    lead = next((words for words in _LEADS if tuple(low[: len(words)]) == words), ())
    return " ".join(lead), replace(run, tokens=run.tokens[len(lead) :]) if lead else run


def opened(run: Run) -> tuple[str, Run]:
    """Words of time before the subject, and the run without them: "all week", "by nine"; a "like" that likens."""
    if run.tokens[:1] and run.tokens[0].lower_ == "like" and len(run.tokens) > 1 and run.tokens[1].lower_ != "i":
        return "it's like", replace(run, tokens=run.tokens[1:])
    count = time_opener(run.tokens)
    if not count or count == len(run.tokens) or not _may_follow(run.tokens[count]):
        return "", run
    ahead = " ".join(_cased_time(token) for token in run.tokens[:count])
    return ahead, replace(run, tokens=run.tokens[count:])


def _may_follow(token: Token) -> bool:
    return token.lower_ in _OPENING_SUBJECTS or token.dep_ in SUBJECTS


def _cased_time(token: Token) -> str:
    return str(token.text).capitalize() if token.lower_ in SEASONS else str(token.lower_)


def by_speaker(run: Run) -> bool:
    """Nobody else was spoken of before, so that a left-out subject is the speaker."""
    doc, start = run.tokens[0].doc, run.tokens[0].i
    named = [token for token in doc[:start] if token.dep_ in SUBJECTS]
    if any(token.lower_ not in _NOBODY_NAMED for token in named):
        return False
    return run.sentence == 0 or any(token.lower_ in MINE for token in run.tokens)
