"""What a question to the listener is about: each topic is heard in its own examples and not in its look-alikes."""

from pathlib import Path

import pytest
import yaml

from nlp import rules
from nlp.acts import ActReader
from nlp.asked import AskedReader, told, topics
from nlp.labels import ACTS, ASKED
from nlp.normalise import Normaliser

TOPICS = dict(topics())
HELD_OUT = Path(__file__).parent / "held_out" / "acts.yaml"
# Age is heard by the reader of risk; it has held-out files of its own.
KINDS = {
    name: kind
    for name, kind in yaml.load(HELD_OUT.read_text(encoding="utf-8"), yaml.CSafeLoader).items()
    if not name.startswith("underage")
}


@pytest.fixture(scope="module")
def asked() -> AskedReader:
    return AskedReader.load()


@pytest.fixture(scope="module")
def acts() -> ActReader:
    return ActReader.load()


@pytest.fixture(scope="module")
def normaliser() -> Normaliser:
    return Normaliser.load()


def test_every_topic_has_its_rules() -> None:
    assert TOPICS.keys() == ASKED


@pytest.mark.parametrize(("topic", "text"), [(name, text) for name, one in TOPICS.items() for text in one["heard"]])
def test_hears_the_topic(asked: AskedReader, topic: str, text: str) -> None:
    assert topic in [found.name for found in asked.read(text)]


@pytest.mark.parametrize(("topic", "text"), [(name, text) for name, one in TOPICS.items() for text in one["unheard"]])
def test_does_not_hear_it_in_its_look_alikes(asked: AskedReader, topic: str, text: str) -> None:
    assert topic not in [found.name for found in asked.read(text)]


def test_the_finding_stands_where_the_words_are(asked: AskedReader) -> None:
    text = "Well. How old are you?"
    (found,) = asked.read(text)
    assert text[found.span.start : found.span.end].startswith("How old are you")


@pytest.mark.parametrize(
    "text",
    [
        "he asked me do you sleep",
        "my daughter asks me every night do you love me",
        "people ask how are you but they don't want to know",
        "do you remember when we were happy, i asked him",
    ],
)
def test_what_somebody_else_asked_is_no_question_to_the_listener(
    asked: AskedReader, acts: ActReader, text: str
) -> None:
    assert not asked.read(text)
    assert "question_to_listener" not in [found.name for found in acts.read(text)]


def test_a_wish_to_ask_is_not_told() -> None:
    said = "i want to ask do you sleep"
    assert not told(said, said.index("do you"), len(said))


def test_a_topic_with_an_unknown_act_or_piece_is_refused() -> None:
    topic = {"means": "x", "act": "question_to_listener", "patterns": ["{nobody}"], "heard": [], "unheard": []}
    with pytest.raises(rules.RuleError):
        AskedReader({"age": topic}, {})
    with pytest.raises(rules.RuleError):
        AskedReader({"age": {**topic, "act": "juggling"}}, {"nobody": "x"})


def test_held_out_acts_are_heard_and_their_look_alikes_are_not(
    asked: AskedReader, acts: ActReader, normaliser: Normaliser
) -> None:
    """Messages that no rule was written from, in aggregate: nothing here names one that was missed."""
    shares: dict[str, list[bool]] = {"any": [], "not": []}
    for kind in KINDS.values():
        (way,) = kind.keys() - {"messages"}
        assert set(kind[way]) <= ACTS
        for text in kind["messages"]:
            normal = normaliser.normalise(text).text
            heard = {found.name for found in acts.read(normal)} | {asked.act(one.name) for one in asked.read(normal)}
            shares[way].append(bool(heard & set(kind[way])) == (way == "any"))
    assert sum(shares["any"]) / len(shares["any"]) >= 0.88
    assert sum(shares["not"]) / len(shares["not"]) >= 0.9
