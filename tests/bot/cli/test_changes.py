"""What the practice wishes of the words reaches their files as a patch and a lock file; nothing is written in place."""

import json
import shutil
import subprocess
from datetime import UTC, date, datetime
from pathlib import Path

from bot.care.staff.records import Proposal
from bot.cli.changes import LOCK, PATCH, write
from responses import signoff
from responses.library import Library
from responses.load import HOME
from tests.loaded import loaded

LIBRARY = loaded(Library)
ENTRY = LIBRARY.entries["talk.thanks.glad"]
NOW = datetime(2026, 11, 22, tzinfo=UTC)


def proposal(wanted: str, was: str = "", state: str = "open") -> Proposal:
    said = was or "\n".join(ENTRY.say)
    return Proposal("p1", "m1", "Ana Sol", ENTRY.id, said, wanted, "shorter", NOW, state)


def test_a_proposal_becomes_a_patch_that_applies(tmp_path: Path) -> None:
    before = (HOME.parent / ENTRY.path).read_text(encoding="utf-8")
    made = write(tmp_path / "out", [proposal('Glad: it "fits", and it\'s said.')], {}, LIBRARY)
    assert (made.proposals, made.left) == (1, [])
    (tmp_path / ENTRY.path).parent.mkdir(parents=True)
    shutil.copy(HOME.parent / ENTRY.path, tmp_path / ENTRY.path)
    subprocess.run(["git", "apply", f"out/{PATCH}"], cwd=tmp_path, check=True)
    changed = (tmp_path / ENTRY.path).read_text(encoding="utf-8")
    assert r'- "Glad: it \"fits\", and it' in changed
    assert len(changed.splitlines()) == len(before.splitlines()) - len(ENTRY.say) + 1
    assert (HOME.parent / ENTRY.path).read_text(encoding="utf-8") == before, "nothing is written into the program"


def test_what_fits_no_line_any_more_is_said_and_what_is_settled_left_out(tmp_path: Path) -> None:
    wishes = [proposal("Other words.", was="Words of last year."), proposal("Third words.", state="declined")]
    made = write(tmp_path, wishes, {}, LIBRARY)
    assert made.proposals == 0
    assert made.left == ["talk.thanks.glad: Ana Sol proposes: Other words."]
    assert (tmp_path / PATCH).read_text(encoding="utf-8") == ""


def test_signatures_under_todays_words_are_taken_up_and_no_others(tmp_path: Path) -> None:
    given = {
        ENTRY.id: signoff.signature(ENTRY, "Dana Lee", date(2026, 11, 22)),
        "talk.thanks.ever": {"sha256": "0" * 64, "reviewer": "Dana Lee", "date": "2026-11-22"},
        "no.such.entry": {"sha256": "0" * 64, "reviewer": "Dana Lee", "date": "2026-11-22"},
    }
    made = write(tmp_path, [], given, LIBRARY)
    lock = json.loads((tmp_path / LOCK).read_text(encoding="utf-8"))
    assert made.signatures == 1
    assert lock == {**signoff.read_lock(), ENTRY.id: given[ENTRY.id]}
    assert signoff.is_signed(ENTRY, lock)
