"""The lists that the finder of names goes by, made from data/en/names.yaml and people.yaml."""

from collections.abc import Mapping
from dataclasses import dataclass

from nlp.scrub.wordlists import data, split

Words = frozenset[str]


@dataclass(frozen=True, slots=True)
class NameLists:
    """Sets of small-lettered words. `first` and `words` do not overlap."""

    first: Words
    words: Words
    last: Words
    mass: Words
    times: Words
    relations: Words
    titles: Words
    honorifics: Words
    doing: Words
    finite: Words
    personal: Words
    meeting: Words
    opening: Words
    naming: Words
    never: Words
    workplaces: Words
    ordinary_after_title: Words
    around: Mapping[str, Words]

    @property
    def people(self) -> Words:
        """Every name that is one word."""
        return self.first | self.words | self.last

    @classmethod
    def load(cls) -> "NameLists":
        """RuleError if a list is missing."""
        names, people, signs = data("names"), data("people"), data("signs")
        words = split(names["words"]) - split(people["kin"])
        relations = split(people["kin"]) | split(people["roles"])
        doing = split(people["doing"])
        never = split(data("chat")["words"]) | relations | split(data("orgs")["brands"]) | split(signs["peoples"])
        never |= split(people["never"])
        return cls(
            first=split(names["first"]) - words,
            words=words,
            last=split(names["last"]),
            mass=split(people["mass"]),
            times=split(people["times"]),
            relations=relations,
            titles=split(people["titles"]),
            honorifics=split(people["honorifics"]),
            doing=doing,
            finite=doing - split(people["not_finite"]),
            personal=split(people["personal"]),
            meeting=split(people["meeting"]),
            opening=split(people["opening"]),
            naming=split(people["naming"]),
            never=never,
            workplaces=split(people["workplaces"]),
            ordinary_after_title=split(people["after_title"]) | doing | relations,
            around={name: split(words) for name, words in people["around"].items()},
        )
