"""What only sets a scene, is outweighed, quoted or drowned in a long message is told in passing."""

import pytest

from nlp.aside import Asides
from nlp.normalise import Normaliser
from nlp.themes import ThemeReader
from tests.loaded import loaded

READER = loaded(ThemeReader)
NORMALISER = loaded(Normaliser)


def passing(text: str, said: str, *, grave: bool = False) -> bool:
    low = text.lower()
    start = low.index(said)
    return Asides.of(low).holds(start, start + len(said), grave=grave)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("since we broke up i've had to learn how the boiler works", "we broke up"),
        ("it was when i lost my job that the whole street started bringing soup", "i lost my job"),
        ("i took the later train because i was so tired and then it stood in a field", "so tired"),
        ("i'm tired but i'd not have missed that for anything", "i'm tired"),
        ('he wrote "i miss you so much" and spelled my name wrong', "i miss you so much"),
        ("the new desk (i hate my job anyway) came in nine boxes", "i hate my job"),
        (
            "we left at six with the van full of plants. my brother was driving. he sang and i was so stressed out. "
            "then the tyre went and a farmer came. he had a ham under his arm. we all had lunch on the verge",
            "i was so stressed out",
        ),
        ("the man from the council was passed over for somebody from the next village and told us", "passed over"),
    ],
)
def test_what_is_beside_the_point_is_told_in_passing(text: str, said: str) -> None:
    assert passing(text, said)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("we broke up", "we broke up"),
        ("it started when i lost my job", "i lost my job"),
        ("i'm tired but i don't know why", "i'm tired"),
        ("i can't sleep. the flat is hot, the street is loud, and tomorrow i have that talk at work", "can't sleep"),
        ("the whole street came to the party and it was warm, and i felt so out of place there", "so out of place"),
    ],
)
def test_what_the_message_is_about_is_not(text: str, said: str) -> None:
    assert not passing(text, said)


def test_what_is_grave_weighs_in_however_few_words() -> None:
    text = "i was buying peas as one does and thought of how mum died in march and left the trolley standing there"
    assert passing(text, "mum died")
    assert not passing(text, "mum died", grave=True)


def test_what_is_told_in_passing_comes_last_and_is_not_sure() -> None:
    text = NORMALISER.normalise("Since we broke up I see my friends more, and still I feel so lonely").text
    found = READER.read(text)
    by_name = {one.name: one for one in found}
    assert not by_name["broke_up"].sure
    assert found[-1] is by_name["broke_up"]
    assert found[0].sure
