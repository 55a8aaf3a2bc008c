"""An outside reader, given the folder alone, gets an answer to each of ten questions."""

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.evidence  # takes long; run by make evidence

SCRIPT = Path(__file__).parents[3] / "docs" / "examples" / "ten_questions.py"


def test_ten_questions_are_answered_from_the_folder_alone(folder: Path) -> None:
    run = subprocess.run(
        [sys.executable, str(SCRIPT), str(folder)], capture_output=True, text=True, cwd=folder, check=True
    )
    lines = run.stdout.splitlines()
    assert len(lines) == 20
    answers = [line.strip() for line in lines[1::2]]
    assert all(answer and "nan" not in answer for answer in answers)
    assert not [answer for answer in answers if answer == "too few people"]
