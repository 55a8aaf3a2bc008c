"""What stands in for identifiers: never the original, stable, of the same form, and nothing else is touched."""

import re
from datetime import date

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from nlp.scrub import dates
from nlp.scrub.document import Scrubber, put
from nlp.scrub.kinds import STRUCTURED, Found
from tests.nlp.scrub.conftest import KEY
from tests.nlp.scrub.lines import rows

LINES = [str(row["text"]) for row in rows("development") if row["spans"]]
_FRAMES = (
    "my sister {name} said im {age}, ring {phone}",
    "{name} lives in {place}, mail {email}",
    "told {name} i was born {date}",
    "case number {number} and {name} knows. {name} always knows",
)
_VALUES = {
    "name": st.sampled_from(["keisha", "Mateo", "SVETLANA", "will okonkwo", "Aoife", "yusuf", "sam", "rowan"]),
    "age": st.integers(13, 90).map(str),
    "phone": st.integers(0, 999_999).map(lambda number: f"07123 {number:06}"),
    "place": st.sampled_from(["kharkiv", "Grimsby", "manila", "Ostlea"]),
    "email": st.from_regex(r"[a-z]{3,8}\.[a-z]{3,8}[0-9]{1,3}@[a-z]{4,9}\.com", fullmatch=True),
    "date": st.dates(date(1950, 1, 1), date(2009, 12, 31)).map(lambda day: f"{day.day} {day:%B} {day.year}"),
    "number": st.integers(10_000, 99_999_999).map(lambda number: f"AB-{number}"),
}
# Without shrinking: each try reads a text, and what fails is short as it is.
relaxed = settings(
    max_examples=60,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def held(text: str, words: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(words.lower())}(?!\w)", text.lower()) is not None


def check(scrubber: Scrubber, text: str) -> None:
    done = scrubber.scrub(text)
    last = 0
    for one in done.spans:
        assert last <= one.start < one.end <= len(text)
        last = one.end
    assert put(text, done.spans, [text[one.start : one.end] for one in done.spans]) == text
    outside = put(text, done.spans, ["\x00"] * len(done.spans))
    assert put(text, done.spans, done.made) == done.text
    assert re.fullmatch("(?s)" + ".+?".join(map(re.escape, outside.split("\x00"))), done.text)
    for one in done.spans:
        if not held(outside, text[one.start : one.end]):
            assert not held(done.text, text[one.start : one.end])


@relaxed
@given(st.sampled_from(_FRAMES), st.fixed_dictionaries(_VALUES))
def test_no_identifier_survives_and_the_rest_stays(scrubber: Scrubber, frame: str, values: dict[str, str]) -> None:
    text = frame.format(**values)
    check(scrubber, text)
    done = scrubber.scrub(text)
    for name in re.findall(r"\{(\w+)\}", frame):
        assert not held(done.text, values[name]), name


@relaxed
@given(st.lists(st.sampled_from(LINES), min_size=1, max_size=3).map("\n".join), st.text(max_size=30))
def test_any_lines_and_noise(scrubber: Scrubber, lines: str, noise: str) -> None:
    check(scrubber, f"{lines} {noise}")


def test_the_same_person_keeps_a_surrogate_and_another_gets_their_own(scrubber: Scrubber) -> None:
    first = scrubber.scrub("told keisha, ring 07700 900142", "a")
    again = scrubber.scrub("Keisha said no. its 07700900142", "a")
    assert first.made[0].lower() == again.made[0].lower()
    assert re.sub(r"\D", "", first.made[1]) == re.sub(r"\D", "", again.made[1])
    others = {scrubber.scrub("told keisha", str(person)).made[0] for person in range(20)}
    assert len(others) > 5


def test_another_key_draws_others(scrubber: Scrubber) -> None:
    other = Scrubber(scrubber.finder, scrubber.surrogates, KEY[::-1])
    texts = [f"told {name}" for name in ("keisha", "mateo", "priya", "ciaran", "fatima")]
    assert [scrubber.scrub(text).made for text in texts] != [other.scrub(text).made for text in texts]
    assert [scrubber.scrub(text).made for text in texts] == [scrubber.scrub(text).made for text in texts]


def test_dates_keep_their_distance_within_a_person(scrubber: Scrubber) -> None:
    made = [scrubber.scrub(text, "a").made[0] for text in ("on 2021-03-01 it began", "on 2021-03-11 it ended")]
    first, last = (date.fromisoformat(one) for one in made)
    assert (last - first).days == 10


_DATES = "2001-05-09|3/11/22|28/12|5th jan 2001|July 9th 2002|21 august|29 feb 2004|nov 30".split("|")


@pytest.mark.parametrize("words", _DATES)
def test_a_date_is_written_as_before(words: str) -> None:
    made = dates.moved_date(words, 40)
    assert made != words
    shape = re.compile(r"[a-z]+")
    assert re.sub(r"\d+", "0", shape.sub("a", made.lower())) == re.sub(r"\d+", "0", shape.sub("a", words.lower()))


@given(st.integers(1, 120), st.sampled_from([-2, -1, 1, 2]))
def test_an_age_stays_on_its_side_of_eighteen(age: int, years: int) -> None:
    made = int(dates.moved_age(str(age), years))
    assert made != age
    assert (made < 18) == (age < 18)
    assert 1 <= made <= 89


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("call 07911 123456", r"07700 900\d{3}"),
        ("call (918) 555-0178", r"\(\d{3}\) 555-01\d\d"),
        ("call +44 7911 123456", r"\+44 7700 900\d{3}"),
        ("mail a.b@firm.com", r"[a-z]+\d+@example\.org"),
        ("see https://firm.com/a?b=1", r"https://example\.org/\S+"),
        ("ip 93.184.216.34", r"192\.0\.2\.\d+"),
        ("my ssn 123-45-6789", r"000-\d\d-\d{4}"),
        ("card 4111 1111 1111 1111", r"0000 \d{4} \d{4} \d{4}"),
        ("from M1 2AB", r"ZZ?\d \dZZ"),
        ("i live at 44 Larkspur Road", r"\d+ [A-Z]\w+ Road"),
        ("went to Hobb Lane Academy today", r"[A-Z]\w+ Academy"),
    ],
)
def test_surrogates_have_the_form_and_are_reserved(scrubber: Scrubber, text: str, form: str) -> None:
    assert any(re.fullmatch(form, made) for made in scrubber.scrub(text).made), scrubber.scrub(text).made


def test_kin_words_stay_and_case_is_kept(scrubber: Scrubber) -> None:
    done = scrubber.scrub("my auntie FATIMA and Mateo n keisha")
    upper, title, lower = done.made
    assert done.text.startswith("my auntie ")
    assert upper.isupper()
    assert title.istitle()
    assert lower.islower()


def test_surrogates_of_a_form_are_found_again(scrubber: Scrubber) -> None:
    for text in LINES:
        first = scrubber.scrub(text)
        alone = [
            made
            for one, made in zip(first.spans, first.made, strict=True)
            if one.type in STRUCTURED - {"address"} and not (one.type == "postcode" and made.isdigit())
        ]
        found = scrubber.finder.find(first.text) if alone else ()
        again = "".join(first.text[one.start : one.end] for one in found)
        assert [made for made in alone if made not in again] == []


def test_a_surrogate_is_never_another_identifier_of_the_text(scrubber: Scrubber) -> None:
    pool = scrubber.surrogates.pools["names"]
    text = "told " + " and ".join(pool[:40])
    done = scrubber.scrub(text)
    originals = {text[one.start : one.end].lower() for one in done.spans}
    assert not {made.lower() for made in done.made} & originals


def test_put_replaces_from_left_to_right() -> None:
    spans = (Found(0, 1, "name", 1.0, ""), Found(2, 3, "name", 1.0, ""))
    assert put("a-b-c", spans, ("xx", "")) == "xx--c"
