"""The mood gate: no sorrow on good news, no joy on bad, neutral when unsure."""

from nlp.heads import Opinion
from nlp.labels import Intensity, Mood, Status
from nlp.mood import mood_of
from nlp.reading import Feeling, Finding, Span


def feeling(name: str, holder: str = "self", sure: bool = True, status: Status = Status.ASSERTED) -> Feeling:
    return Feeling(name, Intensity.MIDDLE, holder, Span(0, 1), "test", sure, status)


NEWS = Finding("good_news", "test")
HARD = Finding("death_of_loved_one", "test")
OPEN = Finding("exams", "test")


def test_named_feelings_decide() -> None:
    assert mood_of([feeling("joy")], 0.6, [], [], None) is Mood.POSITIVE
    assert mood_of([feeling("grief")], -0.2, [], [], None) is Mood.NEGATIVE
    assert mood_of([feeling("joy"), feeling("fear")], 0.0, [], [], None) is Mood.MIXED


def test_feelings_of_others_unsure_or_denied_ones_do_not() -> None:
    unclear = [feeling("joy", holder="other"), feeling("fear", sure=False), feeling("anger", status=Status.NEGATED)]
    assert mood_of(unclear, 0.0, [], [], None) is Mood.NEUTRAL


def test_good_news_is_positive_and_with_sorrow_mixed() -> None:
    assert mood_of([], 0.0, [NEWS], [], None) is Mood.POSITIVE
    assert mood_of([feeling("sadness")], -0.3, [NEWS], [], None) is Mood.MIXED


def test_a_hard_thing_told_with_love_is_mixed() -> None:
    assert mood_of([feeling("love")], 0.1, [], [HARD], None) is Mood.MIXED
    assert mood_of([feeling("joy")], 0.7, [], [OPEN], None) is Mood.POSITIVE


def test_the_head_decides_alone_only_when_likely() -> None:
    assert mood_of([], 0.0, [], [], Opinion("negative", 0.9)) is Mood.NEGATIVE
    assert mood_of([], 0.0, [], [], Opinion("negative", 0.6)) is Mood.NEUTRAL
    assert mood_of([], 0.9, [], [], Opinion("negative", 0.9)) is Mood.NEUTRAL
    assert mood_of([], -0.6, [], [], Opinion("positive", 0.9)) is Mood.NEUTRAL
    assert mood_of([], 0.6, [], [], Opinion("positive", 0.6)) is Mood.POSITIVE


def test_head_and_sentiment_together_speak_against_a_word() -> None:
    assert mood_of([feeling("joy")], -0.4, [], [], Opinion("negative", 0.95)) is Mood.MIXED
