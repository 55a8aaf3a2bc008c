"""The kinds of identifiers, in three groups with bars of their own, and one finding of such an identifier."""

from typing import NamedTuple

STRUCTURED = frozenset(
    "email phone url ip handle telegram id_number birth_date address postcode".split()
)  # tied to one person by form alone
NAMES = frozenset({"name"})
QUASI = frozenset(
    "age event_date place school employer health_org community_org rare_job rare_diagnosis ethnicity_religion".split()
)  # point at a person together
TYPES = STRUCTURED | NAMES | QUASI
GROUPS = {"structured": STRUCTURED, "names": NAMES, "quasi": QUASI}
NEEDED = {"structured": 1.0, "names": 0.95, "quasi": 0.90}  # shares found, DESIGN 12; text export stays blocked below
MOST_CHANGED = 0.05  # share of harmless lines that may be changed


class ScrubUnavailableError(RuntimeError):
    """Scrubbing needs a part that is not installed; the message says which."""


class RowError(ValueError):
    """A row is not of the form {"id", "text", "spans"}; the message holds its number and no words of it."""


class Found(NamedTuple):
    """[start, end) in code points of the text, one of TYPES, how sure (0..1), and the rule that says so."""

    start: int
    end: int
    type: str
    score: float
    rule: str
