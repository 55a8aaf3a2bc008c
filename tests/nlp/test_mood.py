"""The mood gate: no sorrow on good news, no joy on bad, neutral when unsure."""

from collections.abc import Sequence

import pytest

from nlp import labels
from nlp.heads import Opinion
from nlp.labels import Intensity, Mood, Status
from nlp.mood import mood_of
from nlp.reading import Feeling, Finding, Span
from nlp.signs import Signs


def feeling(name: str, holder: str = "self", sure: bool = True, status: Status = Status.ASSERTED) -> Feeling:
    return Feeling(name, Intensity.MIDDLE, holder, Span(0, 1), "test", sure, status)


NO_SIGNS = Signs()


def mood(
    sentiment: float = 0.0,
    *,
    feelings: Sequence[Feeling] = (),
    acts: Sequence[Finding] = (),
    situations: Sequence[Finding] = (),
    themes: Sequence[str] = (),
    signs: Signs = NO_SIGNS,
    head: tuple[str, float] | None = None,
) -> Mood:
    found = [Finding(name, "test") for name in themes]
    return mood_of(feelings, sentiment, acts, situations, found, signs, Opinion(*head) if head else None)


NEWS = Finding("good_news", "test")
HARD = Finding("death_of_loved_one", "test")
OPEN = Finding("exams", "test")
GLAD = Finding("birthday", "test")


def test_named_feelings_decide() -> None:
    assert mood(0.6, feelings=[feeling("joy")]) is Mood.POSITIVE
    assert mood(-0.2, feelings=[feeling("grief")]) is Mood.NEGATIVE
    assert mood(feelings=[feeling("joy"), feeling("fear")]) is Mood.MIXED


def test_feelings_of_others_unsure_or_denied_ones_do_not() -> None:
    unclear = [feeling("joy", holder="other"), feeling("fear", sure=False), feeling("anger", status=Status.NEGATED)]
    assert mood(feelings=unclear) is Mood.NEUTRAL


def test_a_word_for_what_another_feels_or_what_is_denied_is_no_sign() -> None:
    hurts = Signs(hurts=True)
    assert mood(-0.6, signs=hurts, head=("negative", 0.9)) is Mood.NEGATIVE
    for found in (feeling("anxiety", holder="other"), feeling("envy", status=Status.NEGATED)):
        assert mood(-0.6, feelings=[found], signs=hurts, head=("negative", 0.9)) is Mood.NEUTRAL
    assert (
        mood(-0.6, feelings=[feeling("joy", status=Status.NEGATED)], signs=hurts, head=("negative", 0.9))
        is Mood.NEGATIVE
    )


def test_good_news_is_positive_and_with_sorrow_mixed() -> None:
    assert mood(acts=[NEWS]) is Mood.POSITIVE
    assert mood(-0.3, feelings=[feeling("sadness")], acts=[NEWS]) is Mood.MIXED


def test_a_hard_thing_told_with_love_is_mixed() -> None:
    assert mood(0.1, feelings=[feeling("love")], situations=[HARD]) is Mood.MIXED
    assert mood(0.7, feelings=[feeling("joy")], situations=[OPEN]) is Mood.POSITIVE


@pytest.mark.parametrize("probability", [0.6, 0.99])
@pytest.mark.parametrize("direction", ["positive", "negative"])
@pytest.mark.parametrize("sentiment", [-0.9, -0.2, 0.0, 0.2, 0.9])
def test_a_head_and_a_sentiment_value_prove_nothing_without_a_sign_in_the_words(
    direction: str, probability: float, sentiment: float
) -> None:
    assert mood(sentiment, head=(direction, probability)) is Mood.NEUTRAL


def test_a_sign_counts_where_the_head_hears_the_same() -> None:
    trouble, praise = Signs(trouble=True), Signs(praise=True)
    assert mood(-0.3, signs=trouble, head=("negative", 0.9)) is Mood.NEGATIVE
    assert mood(-0.3, signs=trouble, head=("neutral", 0.9)) is Mood.NEUTRAL
    assert mood(0.4, signs=praise, head=("positive", 0.6)) is Mood.POSITIVE
    assert mood(0.4, signs=praise, head=("negative", 0.9)) is Mood.NEUTRAL


def test_a_trouble_that_is_over_is_no_burden() -> None:
    over = Signs(trouble=True, hurts=True, eased=True)
    assert mood(-0.6, signs=over, head=("negative", 0.9)) is Mood.NEUTRAL


def test_praise_beside_trouble_is_no_joy() -> None:
    both = Signs(praise=True, trouble=True)
    assert mood(0.6, signs=both, head=("positive", 0.9)) is Mood.NEUTRAL


def test_the_good_half_of_a_but_is_not_the_whole() -> None:
    turned = Signs(trouble=True, turn=True)
    assert mood(0.3, feelings=[feeling("love")], signs=turned) is Mood.MIXED
    assert mood(acts=[NEWS], signs=turned) is Mood.MIXED
    assert mood(acts=[NEWS], signs=Signs(turn=True)) is Mood.POSITIVE


def test_themes_have_a_direction_or_none() -> None:
    assert mood(themes=["team_won"]) is Mood.POSITIVE
    assert mood(themes=["pet_died"]) is Mood.NEGATIVE
    assert mood(themes=["exam_ahead"]) is Mood.NEUTRAL
    assert mood(themes=["team_won", "pet_died"]) is Mood.MIXED


def test_a_glad_situation_needs_the_head_and_a_hard_one_only_mentioned_too() -> None:
    mentioned = Finding("housing", "situations.mentioned.housing.1")
    assert mood(situations=[GLAD]) is Mood.NEUTRAL
    assert mood(situations=[GLAD], head=("positive", 0.6)) is Mood.POSITIVE
    assert mood(situations=[mentioned]) is Mood.NEUTRAL
    assert mood(situations=[mentioned], head=("negative", 0.6)) is Mood.NEGATIVE


def test_the_head_speaks_against_joy_only_beside_trouble() -> None:
    joy, heard = [feeling("joy")], ("negative", 0.95)
    assert mood(-0.4, feelings=joy, signs=Signs(trouble=True), head=heard) is Mood.MIXED
    assert mood(-0.4, feelings=joy, head=heard) is Mood.POSITIVE


def test_every_direction_is_of_a_label_and_of_one_kind() -> None:
    assert labels.GOOD_THEMES | labels.OPEN_THEMES <= labels.THEMES
    assert not labels.GOOD_THEMES & labels.OPEN_THEMES
    assert labels.BARE_THEMES < labels.OPEN_THEMES
    assert labels.GOOD_SITUATIONS | labels.OPEN_SITUATIONS <= labels.SITUATIONS


def test_news_beside_trouble_needs_the_head() -> None:
    trouble = Signs(trouble=True)
    assert mood(acts=[NEWS]) is Mood.POSITIVE
    assert mood(acts=[NEWS], signs=trouble) is Mood.NEUTRAL
    assert mood(acts=[NEWS], signs=trouble, head=("positive", 0.6)) is Mood.POSITIVE


def test_a_gladness_denied_is_met_with_no_joy() -> None:
    denied = [feeling("joy", status=Status.NEGATED)]
    assert mood(0.7, feelings=denied, signs=Signs(praise=True)) is Mood.NEUTRAL
    assert mood(0.7, signs=Signs(praise=True)) is Mood.POSITIVE


def test_bad_news_is_hard_whatever_laugh_stands_beside_it() -> None:
    assert mood(0.6, signs=Signs(bad_news=True)) is Mood.NEGATIVE
    assert mood(0.6, signs=Signs(bad_news=True, eased=True)) is Mood.NEUTRAL
