"""`chat` in a pipe: one reply line for each input line, whatever comes, and nothing kept."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bot.cli.conftest import Warmline

ODD = {
    "empty": "",
    "white space": "   \t ",
    "right to left": "\u202eI feel sad today\u202c",
    "zero width": "I\u200b feel\u200d so\ufeff alone",
    "only zero width": "\u200b\u200b",
    "emoji only": "😭😭😭",
    "code": 'for (int i = 0; i < 10; i++) { printf("%d", i); }',
    "address": "https://example.org/a?b=c#d",
    "json": '{"a": [1, 2, {"b": null}]}',
    "sql": "'; DROP TABLE clients; --",
    "html": "<script>alert(1)</script><b>hello</b>",
    "markdown": "*bold* _it_ [x](tg://user?id=1) `code`",
    "control": "a\x00b\x07c\x1b[31mred\x08",
    "carriage return": "one\rtwo",
    "other line ends": "one\u2028two\u0085three\x0bfour\x0cfive",
    "another language": "Ich bin heute sehr traurig und weiß nicht weiter",
    "digits": "1",
    "slash": "/",
    "slot": "{clause} {0} %s",
    "combining": "e" + "\u0301" * 60,
}


def test_one_line_for_each_line(warmline: Warmline) -> None:
    found = warmline("chat", stdin="\n".join(ODD.values()).encode() + b"\n")
    assert found.code == 0, found.err
    assert len(found.lines) == len(ODD)
    for name, reply in zip(ODD, found.lines, strict=True):
        assert reply.strip(), f"{name} got silence"


def test_markup_is_never_echoed(warmline: Warmline) -> None:
    found = warmline("chat", stdin="\n".join(ODD.values()).encode() + b"\n")
    for mark in ("<script", "<b>", "DROP TABLE", "printf", "https://example.org", "tg://", "{clause}", "\x00", "\x1b"):
        assert mark not in found.out


def test_a_hundred_thousand_characters(warmline: Warmline) -> None:
    found = warmline("chat", stdin=b"I am so tired of it all " * 4_200 + b"\nhello\n")
    assert found.code == 0
    assert len(found.lines) == 2
    assert all(len(line) < 1_000 for line in found.lines)


@pytest.mark.parametrize("stdin", [b"\xff\xfe hello\n", b"\xed\xa0\x80 lone surrogate\n", b"no end of line", b"\r\n"])
def test_bytes_that_are_no_text(warmline: Warmline, stdin: bytes) -> None:
    found = warmline("chat", stdin=stdin)
    assert found.code == 0
    assert len(found.lines) == 1


def test_no_input_no_output(warmline: Warmline) -> None:
    assert warmline("chat", stdin=b"").out == ""


def test_nothing_is_stored(warmline: Warmline, home: Path) -> None:
    warmline("chat", stdin=b"my sister called about the wedding\n/me\n/export\n")
    assert not home.exists() or not [path for path in home.rglob("*") if path.is_file()]


def test_risk_in_a_pipe_gets_the_crisis_shelf_and_the_truth(warmline: Warmline) -> None:
    found = warmline("chat", stdin=b"I want to kill myself tonight\n")
    assert found.code == 0
    assert any(word in found.out for word in ("112", "911", "emergency", "findahelpline"))


def test_the_real_entry_point_in_a_pipe(home: Path, model_cache: Path) -> None:
    """Once as a user calls it, not for the first time: a process of its own, the ear and all."""
    shutil.copytree(model_cache, home / "cache")
    warmline = Path(sys.executable).parent / "warmline"
    done = subprocess.run(
        [str(warmline), "chat"], input=b"I miss my sister\n", capture_output=True, timeout=120, check=False,
        env={**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.decode().count("\n") == 1
    assert len(done.stdout.split()) > 3
    assert not list(home.rglob("*.db"))
