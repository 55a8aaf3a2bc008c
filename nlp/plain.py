"""Whether a message is a mere greeting and the like, which holds nothing for the embedding."""

from nlp.reading import Finding

_PLAIN = frozenset("greeting thanks goodbye laughter yes no agreement apology".split())
_FRAME = ".frame"  # an act heard by its shape alone: what it carries is not known word for word
_PLAIN_WORDS = 6  # a greeting longer than this may hold more


def is_plain(text: str, acts: tuple[Finding, ...]) -> bool:
    """Nothing in it for the embedding: a greeting and the like, or no letters at all."""
    if not any(char.isalpha() for char in text):
        return True
    return (
        bool(acts)
        and len(text.split()) <= _PLAIN_WORDS
        and all(act.name in _PLAIN and not act.rule.endswith(_FRAME) for act in acts)
    )
