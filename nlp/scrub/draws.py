"""Keyed chance: the same secret, person, kind and words always draw the same; without the secret none can redo it."""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from random import Random
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Draws:
    """`key` is the secret of a run or a study; `person` parts what belongs to different people."""

    key: bytes
    person: str = ""

    def chance(self, *what: str) -> Random:
        """A generator of its own for `what`."""
        parts = "\x1f".join((self.person, *what)).encode("utf-8", "surrogatepass")
        return Random(int.from_bytes(hmac.new(self.key, parts, sha256).digest(), "big"))  # noqa: S311 - keyed above

    def pick(self, pool: Sequence[T], *what: str) -> T:
        """One of the pool."""
        return self.chance(*what).choice(pool)

    def day_shift(self) -> int:
        """Days that all dates of the person move by: the same for each, between four weeks and half a year."""
        chance = self.chance("day shift")
        return chance.choice((-1, 1)) * chance.randint(28, 180)

    def age_shift(self) -> int:
        """Years that all ages of the person move by."""
        return self.chance("age shift").choice((-2, -1, 1, 2))
