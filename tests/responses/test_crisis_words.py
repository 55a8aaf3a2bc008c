"""The words of the worst nights: no line too long in any country, none that harms, every moment with words enough."""

import re
from collections import Counter

import pytest

from responses.fill import can_fill, fill, slots_of
from responses.helplines import Helplines
from responses.library import Library, shelves
from responses.model import Entry, Technique
from tests.loaded import loaded

LIBRARY = loaded(Library)
LINES = loaded(Helplines)
CRISIS = [entry for entry in LIBRARY.live if entry.id.startswith("crisis.")]
SPOKEN = [entry for entry in CRISIS if not entry.id.startswith("crisis.buttons.")]
STAFF = [entry for entry in LIBRARY.live if entry.id.startswith("staff.")]
LIMIT = 280
KINDS = ("suicide", "abuse", "child", "eating", "poison", "youth")
OFTEN = {
    "crisis.concern.near": 9,
    "crisis.stay.present": 11,
    "crisis.stay.heard": 11,
    "crisis.stay.help": 12,
    "crisis.lead": 7,
}
METHODS = (
    r"\b(pills?|overdos\w+|hang\w*|rope|noose|knife|knives|gun|blade|razor|cut(ting)?|bridge|jump\w*|bleach|dose)\b"
)
TAG = r", (aren't|isn't|don't|won't|are|is|do|will|didn't|haven't) (you|it|they|we)\?|\b(right|okay)\?"
NEVER = (
    r"\bpromise\b", r"your secret", r"\b(you're|you are) (now )?safe\b", r"commit\w* suicide", r"calm down",
    r"(failed|successful) (attempt|suicide)", r"attention[- ]seeking", r"cry for help", r"be strong", r"at least",
    r"\byou (should|must|have to|need to)\b", r"don't worry", r"everything (will|is going to)", r"i understand",
    r"i know how", r"makes sense (that )?you want", r"anyone would", r"selfish", r"think of your", r"can't talk about",
    r"why (did|do|would) you", r"\bplease do\b", r"\b(do|go on with) (it|that) (right |straight )?(now|away)\b",
)  # fmt: skip


def _long_values() -> list[tuple[frozenset[str], dict[str, str]]]:
    """What the tables give: every country that has a line, and of the others the one with the longest name."""
    with_lines = {line.country for line in LINES.lines}
    longest = max(LINES.emergencies.keys() - with_lines, key=lambda code: len(LINES.name(code)))
    return [(LINES.world(c, kind), LINES.slots(c, kind)) for c in (*with_lines, longest, "") for kind in KINDS]


VALUES = _long_values()
OF_PEOPLE = {
    "clause": "you told your sister on the telephone " + "that you would not be coming home for the holidays",
    "person": "your granddaughter",
    "thing": "the allotment",
    "them": "your granddaughter",
    "ownline": "9-8-8 Suicide Crisis Helpline",
    "ownnumber": "0800 111 0 111",
}
OF_ROTA = OF_PEOPLE | {
    "hours": "Mon-Fri 09:00-17:00 and Sat 10:00-14:00 (Los Angeles time)",
    "name": "Anna-Maria at the practice",
}
OF_LINES = {"line", "always", "texting", "other_texting", "known_country"}


def every_filling(entry: Entry) -> list[str]:
    """Each wording with the values any country gives, and long ones of a rota; the same values are put in once."""
    fitting = [slots | OF_ROTA for world, slots in VALUES if entry.needs & OF_LINES <= world]
    filled = []
    for text in entry.say:
        named = [name.lower() for name in slots_of(text)]
        distinct = {tuple(slots.get(name) for name in named): slots for slots in fitting}
        filled += [fill(text, slots) for slots in distinct.values() if can_fill(text, slots)]
    return filled


def test_no_line_is_too_long_in_any_country() -> None:
    for entry in SPOKEN:
        longest = max(every_filling(entry), key=len)
        assert len(longest) <= LIMIT, (entry.id, longest)


@pytest.mark.parametrize("pattern", [METHODS, TAG, *NEVER])
def test_no_line_holds_what_is_never_said(pattern: str) -> None:
    never = re.compile(pattern, re.IGNORECASE)
    assert [text for entry in SPOKEN for text in entry.say if never.search(text)] == []


def test_a_line_asks_one_question_at_most_and_counts_as_safety() -> None:
    for entry in SPOKEN:
        assert entry.technique is Technique.SAFETY, entry.id
        assert all(text.count("?") <= 1 for text in entry.say), entry.id


def test_there_are_wordings_enough_not_to_repeat() -> None:
    """Four of each thought; more where it comes again and again. One helpline in full is said once an episode."""
    for entry in SPOKEN:
        of_a_route = entry.moment == "crisis.stay.heard" and entry.needs - {"urgent"}
        if entry.moment.startswith("crisis.language."):
            continue  # said once an opening, and never in one language twice
        least = 2 if entry.moment == "crisis.line" else 5 if of_a_route else OFTEN.get(entry.moment, 4)
        assert len(set(entry.say)) >= least, entry.id


@pytest.mark.parametrize("moment", [*shelves()["crisis"]["moments"], *shelves()["staff"]["moments"]])  # type: ignore[misc]
def test_every_moment_has_words_that_need_nothing_of_the_world(moment: str) -> None:
    told_only_when_so = moment == "crisis.sending" or moment.startswith(("crisis.alert.", "crisis.relay."))
    entries = LIBRARY.at(moment)
    assert entries
    assert told_only_when_so or any(not entry.needs for entry in entries)


def test_every_moment_of_the_shelves_is_listed() -> None:
    listed = {*shelves()["crisis"]["moments"], *shelves()["staff"]["moments"]}  # type: ignore[misc]
    found = {e.moment for e in (*SPOKEN, *STAFF)}
    assert {m for m in found if not re.match(r"staff\.(reason|buttons|tier)\.", m)} == {
        m for m in listed if not m.startswith("staff.tier.")
    }


def test_no_wording_stands_twice() -> None:
    counts = Counter(text for entry in SPOKEN for text in entry.say)
    assert [text for text, number in counts.items() if number > 1] == []


def test_words_that_say_a_person_is_told_need_it_to_be_so() -> None:
    for entry in SPOKEN:
        for text in entry.say:
            if re.search(r"\b(note|person on call)\b", text) and not text.startswith(("I have to", "You're writing")):
                own_note = "follow" in entry.id
                told_so = {"on_call", "note_sent"} & entry.needs
                assert own_note or told_so or any(n.startswith("alert_") for n in entry.needs), text


def test_an_emergency_number_stands_in_a_sentence_that_says_call() -> None:
    """Where no number is known the slot is "112 or 911, or your local emergency number", which is there for nobody."""
    bare = [
        (entry.id, sentence)
        for entry in SPOKEN
        for text in entry.say
        if not entry.id.startswith("crisis.tongues.")
        for sentence in re.split(r"(?<=[.!?]) ", text)
        if "{emergency}" in sentence and "call" not in sentence.lower()
    ]
    assert bare == []


def test_urgent_words_name_the_emergency_number() -> None:
    for entry in LIBRARY.at("crisis.urgent.act"):
        assert all("{emergency}" in text for text in entry.say)


def test_buttons_have_one_short_label_and_data_that_fits() -> None:
    for entry in LIBRARY.live:
        if entry.id.startswith(("crisis.buttons.", "staff.buttons.")):
            assert len(entry.say) == 1
            assert len(entry.say[0]) <= 24


PUT_OFF = re.compile(
    r"\bno hurry\b|\bcan wait\b|\bwon't argue\b|\bsettled\b|\bwhen(ever)? you('re| are) ready\b|\btake your time\b|"
    r"\bif it can't wait\b|\bin your own time\b",
    re.IGNORECASE,
)


def test_no_line_puts_help_off_or_stands_back() -> None:
    """Status notes of alerts are apart: "if it can't wait" there is about waiting for a person."""
    apart = ("crisis.alerts.", "crisis.relay.")
    assert [t for e in SPOKEN if not e.id.startswith(apart) for t in e.say if PUT_OFF.search(t)] == []


def test_a_program_says_that_it_can_call_nobody_and_that_nobody_is_to_be_waited_for() -> None:
    for entry in LIBRARY.at("crisis.program"):
        if "third_party" in entry.needs or "unsent" in entry.needs:
            continue
        assert all("call anyone for you" in text for text in entry.say), entry.id
        if {"on_call", "on_call_before"} & entry.needs:
            waits = re.compile(r"don't (wait|hold on)|reach (a person|someone)|doesn't replace a person")
            assert all(waits.search(text) for text in entry.say), entry.id


def test_where_no_country_is_known_two_directories_are_named() -> None:
    for entry in LIBRARY.at("crisis.line"):
        if entry.id in ("crisis.lines.unknown", "crisis.lines.asks", "crisis.lines.opening"):
            assert all("{directory}" in text and "befrienders.org" in text for text in entry.say), entry.id
