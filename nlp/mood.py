"""The direction of a whole message: the gate before every choice of words.

Sorrow said to good news and joy said to bad both hurt, so what is not clear is neutral. A head or a sentiment value
never decides: a direction needs a sign in the words, a feeling of their own, news, a theme, or praise or trouble.
"""

from collections.abc import Iterable

from nlp.heads import Opinion
from nlp.labels import GOOD_SITUATIONS, GOOD_THEMES, NEGATIVE_FEELINGS, OPEN_SITUATIONS, OPEN_THEMES, Mood, Status
from nlp.reading import Feeling, Finding
from nlp.signs import Signs

_MENTIONED = "situations.mentioned."
_STRONG = 0.5  # sentiment that counts against or for a single other sign
_LIKELY = 0.75  # of the mood head, to be counted beside a sign


def mood_of(
    feelings: Iterable[Feeling],
    sentiment: float,
    acts: Iterable[Finding],
    situations: Iterable[Finding],
    themes: Iterable[Finding],
    signs: Signs,
    opinion: Opinion | None,
) -> Mood:
    """From what the client feels, does and tells, the signs in the words, the sentiment (-1..1) and the head."""
    feelings = tuple(feelings)
    told = {_direction(feeling) for feeling in feelings if _own(feeling)}
    if any(_elsewhere(feeling) for feeling in feelings):
        signs = signs._replace(hurts=False)
    situations, themes = tuple(situations), tuple(themes)
    heard = Mood(opinion.label) if opinion else None
    if any(_denied_joy(feeling) for feeling in feelings):
        signs = signs._replace(praise=False)
    elif _good(acts, situations, themes, heard, signs.trouble and not signs.turn):
        told.add(Mood.POSITIVE)
    if signs.bad_news and not signs.eased:
        told.add(Mood.NEGATIVE)
    unpraised = not signs.eased and (sentiment < _STRONG or not signs.praise)
    if _hard(situations, themes, unpraised, heard):
        told.add(Mood.NEGATIVE)
    if Mood.POSITIVE in told and signs.turn and (signs.trouble or signs.hurts):
        told.add(Mood.NEGATIVE)
    if len(told) == 2:
        return Mood.MIXED
    likely = heard if opinion and opinion.probability >= _LIKELY else None
    if told:
        return _weighed(told.pop(), sentiment, likely, signs)
    return _by_signs(sentiment, heard, likely, signs)


def _own(feeling: Feeling) -> bool:
    return feeling.sure and feeling.holder == "self" and feeling.status is Status.ASSERTED


def _elsewhere(feeling: Feeling) -> bool:
    """A hard feeling of another's, or one they have not: the word for it is no sign of how they are."""
    if feeling.name not in NEGATIVE_FEELINGS:
        return False
    return feeling.holder != "self" or feeling.status is Status.NEGATED


def _denied_joy(feeling: Feeling) -> bool:
    """A gladness they say they have not: nothing in the message is met with joy on the strength of a word beside it."""
    negated = feeling.status is Status.NEGATED and feeling.holder == "self"
    return negated and feeling.name not in NEGATIVE_FEELINGS


def _direction(feeling: Feeling) -> Mood:
    return Mood.NEGATIVE if feeling.name in NEGATIVE_FEELINGS else Mood.POSITIVE


def _good(
    acts: Iterable[Finding],
    situations: Iterable[Finding],
    themes: Iterable[Finding],
    heard: Mood | None,
    trouble: bool,
) -> bool:
    """News told as good, a good theme, or a good situation that the head hears as good too.

    News beside trouble ("no work next week ... just got his first car") needs the head as well.
    """
    news = any(act.name == "good_news" and act.sure for act in acts)
    if (news and not (trouble and heard is not Mood.POSITIVE)) or any(one.name in GOOD_THEMES for one in themes):
        return True
    return heard is Mood.POSITIVE and any(one.sure and one.name in GOOD_SITUATIONS for one in situations)


def _hard(situations: Iterable[Finding], themes: Iterable[Finding], unpraised: bool, heard: Mood | None) -> bool:
    """A hard theme, or a hard situation told in so many words; one only mentioned ("the landlord") needs the head."""
    if any(one.name not in GOOD_THEMES | OPEN_THEMES for one in themes):
        return True
    hard = [one for one in situations if one.sure and one.name not in GOOD_SITUATIONS | OPEN_SITUATIONS]
    told = any(not one.rule.startswith(_MENTIONED) for one in hard)
    return unpraised and (told or (bool(hard) and heard is Mood.NEGATIVE))


def _weighed(told: Mood, sentiment: float, likely: Mood | None, signs: Signs) -> Mood:
    """A direction that was told stands, unless the head says the other, and so does the sentiment or trouble told."""
    if told is Mood.POSITIVE:
        against = likely is Mood.NEGATIVE and signs.trouble and not signs.eased
    else:
        against = likely is Mood.POSITIVE and sentiment >= _STRONG
    return Mood.MIXED if against else told


def _by_signs(sentiment: float, heard: Mood | None, likely: Mood | None, signs: Signs) -> Mood:
    """Nothing told outright: a sign in the words counts where the head hears the same and no sign says the other."""
    troubled = (signs.hurts or signs.trouble) and not signs.eased
    if likely is Mood.NEGATIVE and troubled and sentiment < _STRONG and not signs.praise:
        return Mood.NEGATIVE
    if heard is Mood.NEGATIVE and signs.hurts and not signs.eased and sentiment <= -_STRONG:
        return Mood.NEGATIVE
    if signs.praise and not troubled and sentiment > (_STRONG if heard is Mood.NEGATIVE else 0.0):
        return Mood.POSITIVE
    return Mood.NEUTRAL
