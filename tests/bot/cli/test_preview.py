"""`preview` agrees with an oracle that knows nothing of Warmline, and answers bad plans with one sentence."""

from random import Random
from typing import Any

import pytest

from bot.cli.jsonl import BadLineError
from bot.cli.preview import previewed
from tests.bot.care.checkins import oracle

PLAN = {"zone": "Europe/Berlin", "days": ["mon", "thu"], "at": "18:30"}
FROM = "2026-03-27T12:00:00Z"


def shown(**plan: Any) -> list[str]:
    kept = {k: v for k, v in {**PLAN, **plan}.items() if v is not None}
    return [s["at_utc"] for s in previewed({"id": 1, "plan": kept, "from": FROM, "count": 3})["sends"]]


def compare(cases: int, seed: int) -> int:
    """Until that many schedules were compared; returns how many plans both refused on the way."""
    random, refused, number = Random(seed), 0, 0
    while number < cases:
        row = oracle.random_row(random, number)
        if oracle.refused(row["plan"]):
            refused += 1
            with pytest.raises(BadLineError, match="quiet hours"):
                previewed(row)
        else:
            found = [(send["at_utc"], send["local"]) for send in previewed(row)["sends"]]
            assert found == oracle.sends(row), row
            number += 1
    return refused


def test_preview_agrees_with_the_oracle() -> None:
    assert compare(cases=200, seed=1) > 0


@pytest.mark.evidence
def test_preview_agrees_with_the_oracle_5000_times() -> None:
    refused = compare(cases=5000, seed=2)
    print(f"5000 schedules agree; {refused} other plans refused by both")


def test_the_contract() -> None:
    row = {"id": "a", "plan": PLAN, "from": FROM, "count": 2}
    assert previewed(row) == {
        "id": "a",
        "sends": [
            {"at_utc": "2026-03-30T16:30:00Z", "local": "2026-03-30T18:30:00+02:00", "kind": "how_are_you"},
            {"at_utc": "2026-04-02T16:30:00Z", "local": "2026-04-02T18:30:00+02:00", "kind": "noticing"},
        ],
    }


def test_seven_when_no_count_is_given() -> None:
    assert len(previewed({"id": 1, "plan": PLAN, "from": FROM})["sends"]) == 7


def test_a_send_lies_strictly_after_from() -> None:
    row = {"id": 1, "plan": PLAN, "from": "2026-03-30T16:30:00Z", "count": 1}
    assert previewed(row)["sends"][0]["at_utc"] == "2026-04-02T16:30:00Z"


def test_a_gap_gives_the_first_moment_after_it_and_a_fold_the_first() -> None:
    night = {"days": ["sun"], "at": "02:30", "quiet": ["12:00", "13:00"]}
    assert shown(**night)[0] == "2026-03-29T01:00:00Z"
    autumn = {"id": 1, "plan": {**PLAN, **night}, "from": "2026-10-24T12:00:00Z", "count": 1}
    assert previewed(autumn)["sends"][0]["at_utc"] == "2026-10-25T00:30:00Z"


def test_what_a_gap_pushes_into_the_quiet_hours_is_left_out() -> None:
    found = shown(days=["sun"], at="02:30", quiet=["03:00", "09:00"])
    assert found[0] == "2026-04-05T00:30:00Z"


def test_a_window_is_shown_at_its_start_and_may_run_into_the_quiet_hours() -> None:
    assert shown(at=None, window=["20:00", "22:00"])[0] == "2026-03-30T18:00:00Z"


def test_until_is_inclusive() -> None:
    assert shown(until="2026-03-30") == ["2026-03-30T16:30:00Z"]
    assert shown(until="2026-03-29") == []


def test_kinds_come_round() -> None:
    row = {"id": 1, "plan": {**PLAN, "kinds": ["body", "hopes"]}, "from": FROM, "count": 3}
    assert [send["kind"] for send in previewed(row)["sends"]] == ["body", "hopes", "body"]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"at": "25:00"}, "25:00 is not a time of day"),
        ({"at": "18:60"}, "18:60 is not a time of day"),
        ({"at": "whenever"}, "time of day such as 18:30"),
        ({"at": 1830}, "time of day such as 18:30"),
        ({"at": "21:00"}, "quiet hours 21:00 to 09:00"),
        ({"at": "08:59"}, "quiet hours"),
        ({"at": None}, "either 'at' or 'window'"),
        ({"window": ["17:00", "20:00"]}, "not both"),
        ({"at": None, "window": ["20:00", "17:00"]}, "must end after it begins"),
        ({"at": None, "window": ["07:00", "10:00"]}, "beginning of 'window', 07:00, lies in the quiet hours"),
        ({"at": None, "window": "17:00"}, "two times of day"),
        ({"zone": "Atlantis"}, "'Atlantis' is not the name of a time zone"),
        ({"zone": "Europe"}, "not the name of a time zone"),
        ({"zone": "../../etc/passwd"}, "not the name of a time zone"),
        ({"zone": "/etc/localtime"}, "not the name of a time zone"),
        ({"zone": "a\0b"}, "not the name of a time zone"),
        ({"zone": None}, "must be the name of a time zone"),
        ({"days": []}, "'days' must be a list"),
        ({"days": "mon"}, "'days' must be a list"),
        ({"days": ["someday"]}, "'someday' is not a day"),
        ({"days": [1]}, "'1' is not a day"),
        ({"until": "2026-02-30"}, "'2026-02-30' is not a date of the calendar"),
        ({"until": 30}, "is not a date"),
        ({"kinds": ["horoscope"]}, "'horoscope' is not a kind"),
        ({"kinds": []}, "'kinds' must be a list"),
        ({"quiet": ["21:00"]}, "'quiet' must be two times"),
    ],
)
def test_a_bad_plan_gets_one_clear_sentence(change: dict[str, Any], says: str) -> None:
    plan = {k: v for k, v in {**PLAN, **change}.items() if v is not None}
    with pytest.raises(BadLineError, match=says) as refused:
        previewed({"id": 1, "plan": plan, "from": FROM, "count": 1})
    assert str(refused.value).endswith(".") and "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"plan": None}, "'plan' must be an object"),
        ({"from": "yesterday"}, "'from' must be a time"),
        ({"from": "2026-03-27T12:00:00"}, "must say its offset"),
        ({"from": "0001-01-01T00:00:00+14:00"}, "between the years"),
        ({"from": None}, "'from' must be a time"),
        ({"count": -1}, "whole number"),
        ({"count": True}, "whole number"),
        ({"count": 10**9}, "whole number"),
    ],
)
def test_a_bad_question_gets_one_clear_sentence(change: dict[str, Any], says: str) -> None:
    with pytest.raises(BadLineError, match=says):
        previewed({"id": 1, "plan": PLAN, "from": FROM, "count": 1, **change})


def test_the_end_of_the_calendar_is_no_fault() -> None:
    plan = {**PLAN, "until": "9999-12-31"}
    assert len(previewed({"id": 1, "plan": plan, "from": "2999-12-31T00:00:00Z", "count": 20})["sends"]) == 20
