"""Finds apologies for writing at all, or for how it is written: they are met with a kind word, never said back.

"Sorry for my English", "I hope I am not disturbing anyone", "sorry for writing so much": no feeling, no hope, no clause
of theirs is in it.
"""

import re
from dataclasses import replace

from nlp.labels import Mood
from nlp.reading import Reading, Span

_WRITING = (
    r"(?:writing|typing|rambling|ranting|moaning|venting|whining|complaining|bothering|disturbing|boring"
    r"|babbling|going on|"
    r"being (?:a (?:bother|pain|nuisance|burden)|so long|unclear|confusing)|taking (?:up )?your time|wasting your time|"
    r"oversharing|dumping|offloading|(?:my|the|any|all the) (?:\w+ )?(?:english|spelling|grammar|typos?|typing|writing|"
    r"mistakes|ramble|rant|essay|novel|wall of text|text|message|mess|late reply)|the wall of text|so (?:much"
    r"|many words)|"
    r"bother(?:ing)? you|disturb(?:ing)? you|all (?:this|that)|this (?:long|wall|rant|ramble|mess))"
)
_SORRY = r"(?:sorry|apologi[sz]e|apologies|excuse me|forgive me|pardon me)"
_APOLOGY = re.compile(
    rf"\b(?:(?:i'm|im|i am) )?(?:so |very |really )?{_SORRY} (?:for |about |to |that i'm |that i am |if i'm "
    rf"|if i am )?{_WRITING}"
    r"\b[^.!?,;\n]*"
    rf"|\b(?:(?:i'm|im|i am) )?(?:so |very )?{_SORRY} (?:if|that) (?:it|this|that|i) (?:was|is|am|wasn't|isn't"
    rf"|came out|makes) "
    r"(?:\w+ )?(?:clear|unclear|confus\w+|long|boring|muddled|wrong|messy|no sense|not|too much"
    r"|a (?:bit )?\w+)\b[^.!?,;\n]*"
    rf"|\b{_SORRY} if i (?:was|am|wasn't|write|wrote|ramble|bore|bother|disturb)\b[^.!?,;\n]*"
    r"|\b(?:excuse|forgive|pardon) my (?:\w+ )?(?:english|spelling|grammar|writing|typing|typos)\b"
    r"|\bmy english is (?:not|very|so|bad|poor|terrible|rusty)\b[^.!?,;\n]*"
    r"|\b(?:i )?hope (?:that )?(?:i'm|im|i am) not (?:being )?(?:disturb|bother|bor|wast|keep|annoy|interrupt"
    r"|intrud|impos|tak|too "
    r"much|too long|a (?:bother|burden|nuisance))[^.!?\n]*"
    r"|\b(?:i )?hope (?:that )?(?:it|this)(?:'s| is) (?:all right|alright|ok|okay|fine|allowed)(?: (?:to|if i|that i) "
    r"(?:write|talk|ask|say|tell|post|use|be here|come here|bother|message|text|am writing|bring))[^.!?\n]*"
)


def apologises(reading: Reading) -> bool:
    """Whether the message holds an apology for itself."""
    return _APOLOGY.search(reading.low) is not None


def beside_apology(reading: Reading) -> Reading:
    """The message without what was heard in its apologies; the same where it holds none."""
    spans = [Span(*match.span()) for match in _APOLOGY.finditer(reading.low)]
    if not spans:
        return reading

    def apart(span: Span) -> bool:
        return not any(one.start < span.end and span.start < one.end for one in spans)

    feelings = tuple(f for f in reading.feelings if apart(f.span))
    themes = tuple(t for t in reading.themes if apart(t.span))
    heavy = [f for f in feelings if f.sure] or themes or any(c.mood is not Mood.NEUTRAL for c in reading.clauses)
    return replace(
        reading,
        mood=reading.mood if heavy else Mood.NEUTRAL,
        feelings=feelings,
        themes=themes,
        situations=tuple(s for s in reading.situations if apart(s.span)),
        self_talk=tuple(s for s in reading.self_talk if apart(s.span)),
        clauses=tuple(c for c in reading.clauses if apart(c.span)),
        phrases=tuple(p for p in reading.phrases if p.text.split()[-1] not in ("english", "English")),
        bit=None,
    )
