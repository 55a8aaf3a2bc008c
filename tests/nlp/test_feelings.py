"""Feelings: which, how strong, whose, when, and which word may be said back."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.feelings import FeelingReader
from nlp.labels import FEELINGS, Intensity, Status
from nlp.reading import Feeling
from tests.loaded import loaded
from tests.nlp.parsing import parse


@pytest.fixture(scope="module")
def reader() -> FeelingReader:
    return loaded(FeelingReader)


def named(reader: FeelingReader, text: str) -> dict[str, Feeling]:
    return {feeling.name: feeling for feeling in reader.read(parse(text))}


@pytest.mark.parametrize(
    ("text", "name", "word"),
    [
        ("i'm so sad today", "sadness", "sad"),
        ("feeling really let down", "disappointment", "let down"),
        ("i feel completely alone", "loneliness", "alone"),
        ("it's just so frustrating", "frustration", "frustrated"),
        ("he makes me angry", "anger", "angry"),
        ("at the end of my rope here", "frustration", "at the end of your rope"),
        ("over the moon!!", "joy", "over the moon"),
        ("im afraid of the dentist", "fear", "afraid"),
        ("Exhausted.", "exhaustion", "exhausted"),
        ("i feel so ashamed and small", "shame", "ashamed"),
        ("got a knot in my stomach", "anxiety", ""),
        ("my heart is broken", "sadness", ""),
        ("i miss him every day", "longing", ""),
        ("it hurt my feelings", "hurt", "hurt"),
        ("💔", "sadness", ""),
        ("she's gone 💔", "sadness", ""),  # a face is the writer's, whoever was spoken of
        ("i feel ashamed thinking of my exam results", "shame", "ashamed"),
        ("i'm trying to run from the loneliness", "loneliness", "lonely"),
        ("anxiety is ruining my sleep", "anxiety", "anxious"),
        ("i pretended to be fine but it stung", "hurt", "hurt"),
        ("the nights are rather lonely", "loneliness", "lonely"),
        ("how could he say that in front of my mum", "hurt", "hurt"),
        ("i feel horrible about shouting at her", "guilt", "guilty"),
        ("i don't want to lose her over this", "fear", "afraid"),
    ],
)
def test_names_the_speakers_feeling_and_its_word(reader: FeelingReader, text: str, name: str, word: str) -> None:
    feeling = named(reader, text)[name]
    assert (feeling.holder, feeling.status, feeling.word) == ("self", Status.ASSERTED, word)


@pytest.mark.parametrize(
    "text",
    [
        "i'm afraid not",
        "it was a sad film",
        "mad skills mate",
        "that's a sick beat",
        "pretty good weather",
        "a blue car drove past",
        "happy birthday to my gran",
        "i live down the road",
        "are you happy?",
        "i lost my keys",
        "we used to go there",
        "i got up at six",
        "he broke up with his band",
        "afraid not",
        "we met at the Lonely Planet stall",
        "i'm reading about grief for a course",
        "i built the shed on my own",
        "we laughed till it hurt",
        "he's mad about football",
        "depression was what the lecture covered",
    ],
)
def test_words_that_only_look_like_feelings_are_left_alone(reader: FeelingReader, text: str) -> None:
    assert named(reader, text) == {}


@pytest.mark.parametrize(
    ("text", "name", "status"),
    [
        ("my anxiety is finally gone", "anxiety", Status.PAST),
        ("my panic attacks stopped in may", "anxiety", Status.PAST),
        ("my anxiety has not gone away", "anxiety", Status.ASSERTED),
        ("my worry over money", "anxiety", Status.ASSERTED),
        ("i feel a bit less anxious now", "anxiety", Status.NEGATED),
        ("i'm not angry with them", "anger", Status.NEGATED),
        ("i don't feel sad about it", "sadness", Status.NEGATED),
        ("i don't think i'm jealous", "envy", Status.NEGATED),
        ("i was so happy back then", "joy", Status.PAST),
        ("i just want to be happy", "joy", Status.HYPOTHETICAL),
        ("if i was calm i would sleep", "calm", Status.HYPOTHETICAL),
        ("i don't know why i feel so sad", "sadness", Status.ASSERTED),
        ("not sad, just tired", "exhaustion", Status.ASSERTED),
    ],
)
def test_says_whether_it_holds_now(reader: FeelingReader, text: str, name: str, status: Status) -> None:
    assert named(reader, text)[name].status is status


@pytest.mark.parametrize("text", ["my mum is sad", "she's so sad about the move", "my best friend feels sad"])
def test_a_feeling_of_someone_else_is_theirs(reader: FeelingReader, text: str) -> None:
    assert named(reader, text)["sadness"].holder == "other"


@pytest.mark.parametrize(
    ("text", "intensity"),
    [
        ("i'm a bit worried", Intensity.LOW),
        ("i'm worried", Intensity.MIDDLE),
        ("i'm so worried", Intensity.HIGH),
        ("i am WORRIED about her", Intensity.HIGH),
    ],
)
def test_degree_comes_from_the_words_around(reader: FeelingReader, text: str, intensity: Intensity) -> None:
    assert named(reader, text)["anxiety"].intensity is intensity


def test_what_is_only_inferred_is_not_sure(reader: FeelingReader) -> None:
    assert not named(reader, "can't sleep again")["exhaustion"].sure
    assert not named(reader, "he never listens") or not named(reader, "he never listens")["hurt"].sure


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=120))
def test_any_text_gives_known_names_and_spans_inside_it(text: str) -> None:
    doc = parse(text)
    for feeling in _READER.read(doc):
        assert feeling.name in FEELINGS
        assert 0 <= feeling.span.start < feeling.span.end <= len(doc.text)


_READER = loaded(FeelingReader)
