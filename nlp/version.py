"""Which ear it was: a short mark of its rules and weights, so that labels of different ears can be told apart."""

from hashlib import sha256
from pathlib import Path

HOME = Path(__file__).parent
_PARTS = ("rules/en/*.yaml", "examples/en/**/*.yaml", "weights/*")


def version(home: Path = HOME) -> str:
    """ "e" and nine hexadecimal digits; the same for the same rules, examples and weights."""
    mark = sha256()
    for path in sorted(path for part in _PARTS for path in home.glob(part)):
        mark.update(path.relative_to(home).as_posix().encode() + b"\0" + path.read_bytes())
    return f"e{mark.hexdigest()[:9]}"
