"""Counts of what the door did, for /metrics and the tests. Numbers only, never an id or a word."""

from dataclasses import dataclass


@dataclass(slots=True)
class Tally:
    received: int = 0
    redelivered: int = 0  # known already, passed over
    conflicts: int = 0  # another program reads this bot's messages
    turns: int = 0
    turns_failed: int = 0
    safe_turns: int = 0  # answered with the safe entry because the turn itself failed
    set_aside: int = 0
    groups_left: int = 0
    sent: int = 0
    put_off: int = 0  # to be tried again
    failed: int = 0
    blocked: int = 0
    flooded: int = 0  # 429
    maybe_doubled: int = 0  # no answer to a send that may have taken effect, and sent again
    unknown: int = 0  # the same for a check-in, never sent again
