"""The direction of a whole message: the gate before every choice of words.

Sorrow said to good news and joy said to bad both hurt, so what is not clear is neutral.
"""

from collections.abc import Iterable

from nlp.heads import Opinion
from nlp.labels import NEGATIVE_FEELINGS, Mood, Status
from nlp.reading import Feeling, Finding

GOOD_SITUATIONS = frozenset(
    "achievement progress small_joy good_time_together birthday holiday hobby nature new_baby pet_joy "
    "kindness_received plans_ahead new_relationship".split()
)
# Situations that may be either.
OPEN_SITUATIONS = frozenset(
    "new_job becoming_parent family_visit making_friends helping_someone therapy medication exercise job_interview "
    "moving_home dating faith gaming identity drinking smoking crying ageing career_choice decision exams birthday "
    "holiday seeking_help body_image weight_and_food".split()
)
_STRONG = 0.5  # sentiment that counts against or for a single other sign
_LIKELY = 0.75  # of the mood head, to decide alone


def mood_of(
    feelings: Iterable[Feeling],
    sentiment: float,
    acts: Iterable[Finding],
    situations: Iterable[Finding],
    opinion: Opinion | None,
) -> Mood:
    """From what the client feels, the sentiment (-1..1), good news and hard things told, and what the head holds."""
    good_news = any(act.name == "good_news" and act.sure for act in acts)
    named = {_direction(feeling) for feeling in feelings if _own(feeling)}
    if good_news:
        named.add(Mood.POSITIVE)
    if sentiment < _STRONG and any(_is_hard(one) for one in situations):
        named.add(Mood.NEGATIVE)
    if len(named) == 2:
        return Mood.MIXED
    heard = Mood(opinion.label) if opinion and opinion.probability >= _LIKELY else None
    if named:
        return _weighed(named.pop(), sentiment, heard)
    return _unnamed(sentiment, opinion, heard)


def _is_hard(situation: Finding) -> bool:
    return situation.sure and situation.name not in GOOD_SITUATIONS | OPEN_SITUATIONS


def _own(feeling: Feeling) -> bool:
    return feeling.sure and feeling.holder == "self" and feeling.status is Status.ASSERTED


def _direction(feeling: Feeling) -> Mood:
    return Mood.NEGATIVE if feeling.name in NEGATIVE_FEELINGS else Mood.POSITIVE


def _weighed(said: Mood, sentiment: float, heard: Mood | None) -> Mood:
    """A named direction stands unless both the head and the sentiment clearly say the other."""
    if said is Mood.POSITIVE:
        against = heard is Mood.NEGATIVE and sentiment < _STRONG
    else:
        against = heard is Mood.POSITIVE and sentiment >= _STRONG
    return Mood.MIXED if against else said


def _unnamed(sentiment: float, opinion: Opinion | None, heard: Mood | None) -> Mood:
    if heard is Mood.NEGATIVE:
        return Mood.NEGATIVE if sentiment < _STRONG else Mood.NEUTRAL
    if heard is Mood.POSITIVE:
        return Mood.POSITIVE if sentiment > -_STRONG / 2 else Mood.NEUTRAL
    if opinion and opinion.label == Mood.NEGATIVE and sentiment <= -_STRONG:
        return Mood.NEGATIVE
    if opinion and opinion.label == Mood.POSITIVE and sentiment >= _STRONG:
        return Mood.POSITIVE
    return Mood.NEUTRAL
