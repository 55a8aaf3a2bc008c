"""What only looks like an identifier: a laptop's age, a plant called Steve, chapter and verse, a public number."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nlp import rules
from nlp.scrub.kinds import STRUCTURED, Found
from nlp.scrub.learned import RULE
from nlp.scrub.wordlists import data, either, phrases, split

_KINDS = tuple(
    "age name event_date rare_job place school health_org community_org employer"
    " id_number phone handle postcode address rare_diagnosis ethnicity_religion".split()
)
_SHORT = 4  # digits; so short a number is a helpline's only when it stands alone


@dataclass(frozen=True, slots=True, repr=False)
class Passing:
    """`public` are whole identifiers that everybody has: helplines, well-known sites and accounts.

    `kin` are words of kin and address ("Miss", "Uncle"), `brands` are makes and shops: alone they say nobody's name
    and nobody's place of work.
    """

    forms: Mapping[str, tuple[re.Pattern[str], ...]]
    public: re.Pattern[str]
    kin: frozenset[str]
    brands: re.Pattern[str]
    helplines: frozenset[str]  # their digits

    @classmethod
    def load(cls) -> "Passing":
        """RuleError on wrong data."""
        file = data("passing")
        thing = f"(?:{either(split(file['things']))})"
        famous = f"(?:{either(split(file['famous']))})"
        forms = {
            kind: tuple(
                re.compile(text.replace("{thing}", thing).replace("{famous}", famous))
                for text in rules.texts(file[kind], "scrub passing")
            )
            for kind in _KINDS
        }
        common = either(split(data("signs")["common_jobs"]))
        forms["rare_job"] += (re.compile(rf"(?<![\w-])(?P<it>(?:{common})s?)(?![\w-])"),)
        people, days = data("people"), "monday tuesday wednesday thursday friday saturday sunday".split()
        kin = (
            split(people["kin"])
            | split(people["titles"])
            | split(file["addressed"])
            | {*days, *(f"{day}s" for day in days)}
        )
        return cls(
            forms,
            re.compile(rf"(?<![\w@.+-])(?:{either(phrases(data('kept')['public']))})(?![\w@]|[.-]\w)"),
            kin,
            re.compile(rf"(?:{either(split(data('orgs')['brands']) | split(file['makes']))})(?:'?s)?"),
            split(data("kept")["helplines"]),
        )

    def spans(self, low: str) -> Mapping[str, Sequence[tuple[int, int]]]:
        """Where, by kind, nothing of that kind stands."""
        return {
            kind: [match.span("it") for form in forms for match in form.finditer(low)]
            for kind, forms in self.forms.items()
        }

    def says_nothing(self, one: Found, text: str, *, at_work: bool) -> bool:
        """Whether a finding by meaning alone holds only words that point at nobody: kin, days, a shop one goes to."""
        if one.rule != RULE or one.type in STRUCTURED:
            return False
        if one.type == "employer" and not at_work and self.brands.fullmatch(text):
            return True
        return one.type not in ("age", "event_date") and all(word in self.kin for word in re.findall(r"[^\W_]+", text))

    def is_helpline(self, one: Found, text: str) -> bool:
        """Whether its digits are those of a helpline, however they are written and whatever stands around them."""
        digits = re.sub(r"\D", "", text)
        whole = len(digits) > _SHORT or text.strip() == digits  # "oh seven seven ... 123" only ends like one
        return one.type in ("phone", "id_number", "postcode") and whole and digits in self.helplines

    def public_in(self, low: str) -> Sequence[tuple[int, int]]:
        """Where something stands that is known to everybody."""
        return [match.span() for match in self.public.finditer(low)]
