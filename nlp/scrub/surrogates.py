"""Words that stand in for identifiers: stable for a person under one secret, of the same form, never a real one."""

import re
from dataclasses import dataclass

from nlp.scrub import dates, shapes
from nlp.scrub.draws import Draws
from nlp.scrub.kinds import Found
from nlp.scrub.wordlists import bare, data, split

_TRIES = 40
_ORGANISATIONS = frozenset({"school", "employer", "health_org", "community_org"})
_DEFAULT_HEADS = {"school": "School", "employer": "Services", "health_org": "Clinic", "community_org": "Group"}
_DETERMINERS = re.compile(r"\b(?:a|an|the|my|his|her|this|that|our|your|their)\s+$", re.I)
_ARTICLE = re.compile(r"\b(an?)\s+$", re.I)
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True, repr=False)
class Surrogates:
    """The pools. `load` raises RuleError if a list is missing."""

    pools: dict[str, list[str]]
    heads: frozenset[str]
    honorifics: frozenset[str]
    streets: re.Pattern[str]

    @classmethod
    def load(cls) -> "Surrogates":
        found, orgs = data("surrogates"), data("orgs")
        pools = {name: sorted(split(words)) for name, words in found.items() if name != "source"}
        heads = frozenset().union(*(split(orgs[name]) for name in ("school", "health", "community", "employer")))
        street = str(data("patterns")["pieces"]["street"])
        return cls(pools, heads, split(data("people")["honorifics"]), re.compile(street + "$", re.I))

    def make(self, found: Found, text: str, taken: frozenset[str], draws: Draws) -> str:
        """A surrogate for `text[found.start:found.end]` that holds none of `taken` (identifiers, in small letters)."""
        original = text[found.start : found.end]
        made = original
        for number in range(_TRIES):
            made = self._one(found, original, text[: found.start], draws, number)
            if not clashes(made, original, taken):
                return made
        return "x" * max(3, len(original))  # no pool was free of clashes: a blank is worse to read and safe

    def _one(self, found: Found, original: str, before: str, draws: Draws, number: int) -> str:
        """The surrogate at the given try; each is drawn afresh."""
        kind, key = found.type, (found.type, _normal(found.type, original), str(number))
        if kind in shapes.KINDS:
            return shapes.shaped(kind, original, draws.chance(*key), self.pools["words"])
        if kind in ("birth_date", "event_date"):
            return dates.moved_date(original, draws.day_shift() + number)
        if kind == "age":
            return dates.moved_age(original, draws.age_shift() + number)
        if kind == "name":
            return self._name(original, draws, key)
        if kind == "address":
            return self._address(original, draws, key)
        if kind in _ORGANISATIONS:
            return self._organisation(kind, original, draws, key)
        return self._word(kind, original, before, draws, key)

    def _name(self, original: str, draws: Draws, key: tuple[str, ...]) -> str:
        """As many words as before, at most two; a title stays."""
        words = original.split()
        title = words.pop(0) + " " if len(words) > 1 and bare(words[0]) in self.honorifics else ""
        given = draws.pick(self.pools["names"], *key)
        made = draws.pick(self.pools["surnames"], *key) if title and len(words) == 1 else given
        if len(words) > 1:
            made = f"{given} {draws.pick(self.pools['surnames'], *key)}"
        return title + _cased(made, " ".join(words) or original)

    def _address(self, original: str, draws: Draws, key: tuple[str, ...]) -> str:
        chance = draws.chance(*key)
        ending = self.streets.search(original)
        street = f"{chance.choice(self.pools['streets'])} {ending.group() if ending else 'road'}"
        if re.match(r"p\.?\s?o", original, re.I):
            return _NUMBER.sub(lambda found: str(chance.randint(10, 9_999)), original)
        lead = re.match(r"[^\d]*\d+\w*,?\s+|", original)
        number = _NUMBER.sub(lambda found: str(chance.randint(1, 199)), lead.group() if lead else "")
        return number + _cased(street, original[len(lead.group()) if lead else 0 :])

    def _organisation(self, kind: str, original: str, draws: Draws, key: tuple[str, ...]) -> str:
        """An invented stem and the word that says what it is."""
        words = original.split()
        article = words.pop(0) + " " if len(words) > 1 and words[0].lower() == "the" else ""
        last = words[-1] if words and bare(words[-1]) in self.heads else _DEFAULT_HEADS[kind]
        return article + _cased(f"{draws.pick(self.pools['stems'], *key)} {last}", " ".join(words))

    def _word(self, kind: str, original: str, before: str, draws: Draws, key: tuple[str, ...]) -> str:
        pool = {"place": "towns", "ethnicity_religion": "peoples", "rare_job": "jobs", "rare_diagnosis": "illnesses"}[
            kind
        ]
        choices = self.pools[pool]
        if kind in ("rare_job", "ethnicity_religion") and (article := _ARTICLE.search(before)):
            vowel = article.group(1).lower() == "an"
            choices = [word for word in choices if (word[0] in "aeiou") == vowel]
        made = draws.pick(choices, *key).replace("-", " ")
        if kind == "rare_diagnosis" and not _DETERMINERS.search(before):
            made = f"a {made}"
        return _cased(made, original)


def clashes(made: str, original: str, taken: frozenset[str]) -> bool:
    """Whether the surrogate holds its original or another identifier as whole words."""
    low = made.lower()
    return any(_holds(low, one) for one in taken | {original.lower()})


def _holds(text: str, one: str) -> bool:
    return bool(one) and re.search(rf"(?<!\w){re.escape(one)}(?!\w)", text) is not None


def _normal(kind: str, original: str) -> str:
    """What two writings of one identifier have in common: "Keisha" and "keisha", "07700 900142" and "07700900142"."""
    if kind == "phone" and (digits := re.sub(r"\D", "", original)):
        return digits
    return re.sub(r"[\s.,-]+", " ", bare(original)).strip()


def _cased(made: str, original: str) -> str:
    """In small or large letters as the original."""
    if original.isupper() and len(original) > 1:
        return made.upper()
    if any(letter.isupper() for letter in original):
        return " ".join(word[:1].upper() + word[1:] for word in made.split(" "))
    return made.lower()
