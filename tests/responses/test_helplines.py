"""The tables of help: every number has the form it needs, no row claims a check that nobody made."""

from dataclasses import replace
from datetime import date

import pytest
from phonenumbers import shortnumberinfo

from responses.helplines import DIRECTORY, HOME, KINDS, UNKNOWN, Emergency, Helplines
from tests.loaded import loaded

TODAY = date(2026, 11, 22)
LINES = loaded(Helplines)


def test_every_emergency_number_is_one_there() -> None:
    for row in LINES.emergencies.values():
        for number in filter(None, (row.number, row.police)):
            assert row.country == UNKNOWN or shortnumberinfo.is_emergency_number(number, row.country), row
        assert row.name or row.country == UNKNOWN


def test_the_general_advice_names_the_two_numbers_that_reach_furthest() -> None:
    assert {"112", "911"} <= set(LINES.emergency("").replace(",", "").split())


def test_every_line_can_be_reached() -> None:
    for line in LINES.lines:
        assert line.number or line.text, line
        assert line.kind in KINDS, line
        assert line.country in LINES.emergencies, line
        assert line.hours in ("", "24/7"), line
        assert line.text.split(" ")[0] in ("", "text", "message"), line
        assert "verify" not in f"{line.number}{line.text}{line.name}", line


def test_nothing_claims_to_be_checked() -> None:
    assert not any(row.verified_on for row in (*LINES.lines, *LINES.emergencies.values()))


def test_the_only_faults_are_what_nobody_checked_and_numbers_nobody_knows() -> None:
    faults = LINES.check(TODAY)
    assert {fault.rule for fault in faults} == {"verified", "number"}
    assert all("general advice" in fault.sentence for fault in faults if fault.rule == "number")


def test_the_table_has_only_the_columns_of_a_line() -> None:
    head = (HOME / "helplines.csv").read_text(encoding="utf-8").splitlines()[0]
    assert head == "country,kind,name,number,text,link,hours,language,source,verified_on"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Germany", "DE"), ("i'm in Germany.", "DE"), ("the UK", "GB"), ("USA", "US"), ("us", "US"), ("Ireland", "IE"),
        ("I live in the Netherlands", "NL"), ("northern ireland", "GB"), ("Côte d'Ivoire", "CI"),
        ("south  korea", "KR"),
        ("NO", ""), ("no", ""), ("in", ""), ("", ""), ("I went to Germany last year", ""), ("ok", ""), ("me", ""),
    ],
)  # fmt: skip
def test_a_country_is_understood_when_that_is_all_that_was_typed(text: str, code: str) -> None:
    assert LINES.country_of(text) == code


@pytest.mark.parametrize("country", ["", "XX", "ZZ", "NG"])
def test_without_a_known_number_the_general_advice_is_given(country: str) -> None:
    assert LINES.emergency(country) == LINES.emergencies[UNKNOWN].number


def test_police_have_their_own_number_where_there_is_one() -> None:
    assert (LINES.emergency("DE"), LINES.emergency("DE", police=True)) == ("112", "110")
    assert LINES.emergency("US", police=True) == "911"


def test_a_line_of_the_kind_wanted_or_the_nearest() -> None:
    def name(country: str, kind: str) -> str:
        line = LINES.line(country, kind)
        return line.name if line else ""

    assert name("GB", "abuse") == "National Domestic Abuse Helpline"
    assert name("NP", "abuse") == name("NP", "suicide") != ""
    assert name("NP", "poison") == ""
    assert name("", "suicide") == name("XX", "suicide") == ""


def test_a_line_open_day_and_night_comes_first() -> None:
    for country in {line.country for line in LINES.lines}:
        chosen = LINES.line(country)
        open_always = [row for row in LINES.lines if row.country == country and row.kind == "suicide" and row.number]
        assert chosen is None or chosen.always or not any(row.always for row in open_always)


def test_texting_is_the_same_line_or_another() -> None:
    assert {"texting", "line", "always"} <= LINES.world("US")
    assert LINES.slots("US")["text"] == "text 988"
    assert "other_texting" in LINES.world("GB")
    assert LINES.slots("GB")["textline"] == "Shout"


def test_unknown_countries_have_a_directory_and_nothing_made_up() -> None:
    assert set(LINES.slots("")) == {"emergency", "directory"}
    assert LINES.slots("")["directory"] == DIRECTORY
    assert LINES.world("") == frozenset()


def test_the_check_finds_what_is_wrong() -> None:
    good = LINES.line("GB")
    assert good is not None
    bad = (
        replace(good, number="", text=""),
        replace(good, kind="chat"),
        replace(good, number="12 34 567 8901 2345 678"),
        replace(good, number="ask"),
        replace(good, link="www.example"),
        replace(good, verified_on="2026-01-01"),
        replace(good, verified_on="2026-11-01"),
    )
    wrong = Emergency("GB", "the United Kingdom", "911", "999", "2026-11-01")
    found = Helplines(bad, [wrong]).check(TODAY)
    rules = [[f.rule for f in found if f.where == f"helplines.csv:{row}"] for row in range(2, 9)]
    unchecked = ["verified"]
    assert rules[0] == ["reachable", *unchecked]
    assert rules[1] == ["kind", *unchecked]
    assert rules[2] == rules[3] == ["number", *unchecked]
    assert rules[4] == ["link", *unchecked]
    assert rules[5:] == [unchecked, []]
    assert [f.rule for f in found if f.where.startswith("emergency")] == ["number"]


def test_tables_can_come_from_another_folder(tmp_path) -> None:  # type: ignore[no-untyped-def]
    for name in ("helplines.csv", "emergency.csv"):
        (tmp_path / name).write_bytes((HOME / name).read_bytes())
    assert Helplines.load(tmp_path).lines == LINES.lines
