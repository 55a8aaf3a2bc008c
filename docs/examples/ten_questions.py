"""Ten questions to a study, answered from the folder of an export alone: `python ten_questions.py FOLDER`.

Needs pandas. Nothing but the files in the folder is read. Numbers of people from 1 to 10 are not printed.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pandas as pd

CODES = ["none", "hidden", "rare", "unlisted", "unknown"]
REFLECTIONS = ["simple_reflection", "complex_reflection", "double_sided_reflection", "summary"]
QUESTIONS = ["open_question", "closed_question"]


class Study:
    """The tables, without accounts of staff."""

    def __init__(self, folder: Path) -> None:
        self.package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
        self.people = self._table(folder, "participants")
        self.people = self.people[~self.people.test_account]
        kept = set(self.people.participant)
        for name in ("turns", "check_ins", "practices", "marks", "episodes"):
            rows = self._table(folder, name)
            setattr(self, name, rows[rows.participant.isin(kept)])

    @staticmethod
    def _table(folder: Path, name: str) -> pd.DataFrame:
        return pd.read_csv(folder / f"{name}.csv", keep_default_na=False, na_values=[""])


def people(count: int) -> str:
    return "under 11" if 0 < count < 11 else str(count)


def each(rows: pd.DataFrame, column: str) -> pd.DataFrame:
    """One row for each label of a column with several."""
    told = rows.assign(label=rows[column].fillna("none").str.split()).explode("label")
    return told[~told.label.isin(CODES)]


def who(study: Study) -> str:
    return "; ".join(f"{step}: {number}" for step, number in study.package["study"]["flow"].items())


def staying(study: Study) -> str:
    rows, all_of = study.people, people(len(study.people))
    told = [f"with a row after day {day}: {people(int((rows.last_day > day).sum()))} of {all_of}" for day in (7, 28)]
    return f"median days with a turn: {rows.days_active.median():.0f}; " + "; ".join(told)


def answering(study: Study) -> str:
    sent = study.check_ins[study.check_ins.state.isin(["sent", "answered", "unknown"])]
    weeks = sent.assign(week=sent.day // 7, yes=sent.state == "answered").groupby("week")
    told = weeks.agg(yes=("yes", "mean"), people=("participant", "nunique"))
    told = told[told.people > 10].head(6)
    return ", ".join(f"week {week}: {row.yes:.0%}" for week, row in told.iterrows()) or "too few people"


def skipping(study: Study) -> str:
    why = study.check_ins[study.check_ins.state == "skipped"].groupby("why").participant.nunique()
    return (
        ", ".join(f"{reason}: {people(n)} people" for reason, n in why.sort_values(ascending=False).items()) or "none"
    )


def nights(study: Study) -> str:
    felt = each(study.turns, "feelings").groupby(["block", "label"]).participant.nunique()
    told = []
    for block in ("night", "afternoon"):
        some = felt[block].nlargest(3) if block in felt.index.get_level_values(0) else {}
        told.append(f"{block}: " + ", ".join(f"{label} ({people(n)})" for label, n in some.items()))
    return "; ".join(told)


def reflecting(study: Study) -> str:
    used = each(study.turns, "techniques").label.value_counts()
    back, asked = used.reindex(REFLECTIONS).sum(), used.reindex(QUESTIONS).sum()
    return f"{back / max(asked, 1):.2f} reflections and summaries to one question ({back:.0f} : {asked:.0f})"


def softening(study: Study) -> str:
    told = study.practices[study.practices.after.isin(["softer", "same", "harder"])]
    shares = told.groupby("practice").agg(
        softer=("after", lambda s: (s == "softer").mean()), n=("participant", "nunique")
    )
    shares = shares[shares.n > 10]
    return ", ".join(f"{name}: {row.softer:.0%}" for name, row in shares.iterrows()) or "too few people"


def marking(study: Study) -> str:
    ordered = study.marks.sort_values(["participant", "mark"]).groupby("participant").value
    several = ordered.count()[lambda n: n > 1].index
    change = (ordered.last() - ordered.first()).reindex(several)
    if len(several) < 11:
        return "too few people"
    told = f"mean change {change.mean():+.2f} (SD {change.std():.2f}) on a scale of 1 to 5"
    return f"{len(several)} people with two marks or more; {told}"


def handing_over(study: Study) -> str:
    told = study.episodes[study.episodes.alerts > 0]
    seen = told.minutes_to_seen.dropna()
    if told.participant.nunique() < 11:
        return "too few people"
    return f"{len(seen)} of {len(told)} episodes with an alert were seen; median {seen.median():.0f} minutes"


def leaving(study: Study) -> str:
    """Whether people whose reply had a question write again in the same session more often."""
    rows = study.turns.sort_values(["participant", "turn"])
    goes_on = rows.groupby(["participant", "session"]).turn.shift(-1).notna()
    asked = rows.techniques.fillna("").str.contains("question")
    return f"went on after a question: {goes_on[asked].mean():.0%}; without one: {goes_on[~asked].mean():.0%}"


ASKED: list[tuple[str, Callable[[Study], str]]] = [
    ("Who is in the study, and who is not?", who),
    ("How long do people stay?", staying),
    ("Do people answer check-ins, and does that fade?", answering),
    ("Why are check-ins skipped?", skipping),
    ("Which feelings come at night, and which in the afternoon?", nights),
    ("Does Warmline reflect more than it asks?", reflecting),
    ("After which practices do people feel softer?", softening),
    ("Do mood marks change between a person's first and last?", marking),
    ("How long until a human saw an alert?", handing_over),
    ("Do people go on talking after a question more often than after none?", leaving),
]


def main(folder: Path) -> None:
    study = Study(folder)
    for number, (question, answer) in enumerate(ASKED, 1):
        sys.stdout.write(f"{number}. {question}\n   {answer(study)}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
