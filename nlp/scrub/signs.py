"""Finds what points at a person without naming one: ages, rare jobs, rare illnesses, peoples and faiths.

The forms are data (data/en/forms.yaml); what fits a form is checked against lists of what is common.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from nlp import rules
from nlp.scrub.kinds import Found
from nlp.scrub.line import Line
from nlp.scrub.wordlists import data, either, split

_SMALL = frozenset(
    """a an the im i'm as was is my last only be being and n of became that it this his her he she i am hes shes to for
    from with by on in at dad mum just old retired former ex
    first one am female male are were we they who like so""".split()
)
_CALLING = re.compile(
    r"(?:er|or|ist|ian|man|woman|smith|wright|keeper|maker|monger|herd|eer|ier|eur|ster|chief|guide|nun|monk|medic|[a-z]{3,}ant|captain|pilot|cook)s?$"
)
_LEARNED = re.compile(r"(?:olog|ograph|onom)(?:ist|er)s?$|(?:smith|wright|monger|herd)s?$")
_LATER = frozenset("now and n but today tomorrow yesterday w with when he she i years yr yrs yo lol so cos".split())
_FEW = 13  # smaller numbers count things more often than years
_PERSONS = ("pole", "finn", "dane", "black", "white", "brown", "brit", "scot", "native", "english", "french", "polish")


class SignFinder:
    """Finds ages, rare jobs and illnesses, and belonging. `people` are words that may have an age: kin, names."""

    def __init__(self, people: frozenset[str]) -> None:
        lists, forms = data("signs"), data("forms")
        self._people = people
        pieces = {
            **forms["pieces"],
            "peoples": either(split(lists["peoples"]) | split(data("surrogates")["peoples"])),
            "rare": either(split(lists["rare_jobs"])),
        }
        self._ages = _compiled(forms["ages"], pieces)
        self._belonging = _compiled(forms["belonging"], pieces)
        self._person = _compiled(forms["persons"], pieces)[0]
        self._jobs, self._rare = _compiled(forms["jobs"], pieces), _compiled(forms["rare"], pieces)
        self._living = _compiled(forms["living"], pieces)[0]
        known = "|".join(rules.texts(lists["rare_illnesses"], "rare_illnesses"))
        self._illness = re.compile(rf"(?<![\w-])(?:{_plain(known)})(?![\w-])")
        self._illness_forms = _compiled(forms["illnesses"], pieces)
        self._common_illness = split(lists["common_illnesses"]) | split(lists["common_endings"])
        self._endings = tuple(split(lists["illness_endings"]))
        common = split(lists["common_jobs"])
        self._common_jobs = {word.replace("-", " ") for word in common} | common
        self._heads, self._modifiers = split(lists["job_heads"]), split(lists["common_modifiers"])
        self._traits = split(lists["traits"])
        self._rare_words = {word.replace("-", " ") for word in split(lists["rare_jobs"])}

    def find(self, line: Line) -> Iterator[Found]:
        """Every sign, also where several overlap."""
        yield from self._find_ages(line)
        yield from self._find_belonging(line)
        yield from self._find_illnesses(line)
        yield from self._find_jobs(line)

    def _find_ages(self, line: Line) -> Iterator[Found]:
        found: set[tuple[int, int]] = set()
        for pattern in self._ages:
            for match in pattern.finditer(line.low):
                who = match.groupdict().get("who")
                if match.end() == match.end("it") and _counts(line, match.end("it")):
                    continue
                if who is None or self._is_person(line, who):
                    found.add(match.span("it"))
        values = {line.low[start:end] for start, end in found}
        for word in line.words:  # "im 44. 44!"
            if word.text in values and (line.low[word.end :].lstrip()[:1] in ("", ".", "!", "?", ",")):
                found.add((word.start, word.end))
        yield from (Found(start, end, "age", 0.7, "sign/age") for start, end in found)

    def _is_person(self, line: Line, who: str) -> bool:
        """Kin, names, and words that no dictionary has: those are names mostly."""
        return (
            who in self._people or who.rstrip("s") in self._people or (len(who) > 3 and not line.dictionary.knows(who))
        )

    def _find_belonging(self, line: Line) -> Iterator[Found]:
        for pattern in self._belonging:
            for match in pattern.finditer(line.low):
                start, end = match.span("it")
                if line.low[start:end] in _PERSONS and not self._person.search(line.low, max(0, start - 20)):
                    continue
                yield Found(start, end, "ethnicity_religion", 0.7, "sign/people")

    def _find_illnesses(self, line: Line) -> Iterator[Found]:
        for match in self._illness.finditer(line.low):
            yield Found(match.start(), match.end(), "rare_diagnosis", 0.85, "sign/illness")
        for pattern in self._illness_forms:
            for match in pattern.finditer(line.low):
                start, end = match.span("it")
                words = line.low[start:end].split()
                rare = [word for word in words if word not in self._common_illness and not line.dictionary.knows(word)]
                ended = words[-1].endswith(self._endings) and words[-1] not in self._common_illness
                ended = ended and words[-1] not in line.dictionary.common
                if rare or ended:
                    first = rare[0] if rare else words[-1]
                    yield Found(line.low.index(first, start), end, "rare_diagnosis", 0.7, "sign/illness-form")

    def _find_jobs(self, line: Line) -> Iterator[Found]:
        for pattern in self._jobs:
            for match in pattern.finditer(line.low):
                start = _from(match.group("it"), match.start("it"))
                end = self._end_of_job(line.low[start : match.end("it")], "said" in match.groupdict())
                if end:
                    yield Found(start, start + end, "rare_job", 0.7, "sign/job")
        for pattern in self._rare:
            for match in pattern.finditer(line.low):
                start = _from(match.group("it"), match.start("it"))
                yield Found(start, match.end("it"), "rare_job", 0.7, "sign/rare-job")
        for match in self._living.finditer(line.low):
            text = match.group("it")
            if len(text.split()) > 1 or not line.dictionary.knows(text):
                yield Found(*match.span("it"), "rare_job", 0.7, "sign/for-a-living")

    def _end_of_job(self, text: str, said: bool) -> int:
        """How many letters of the text are a rare calling; 0 for none. The longest that fits."""
        ends = [match.end() for match in re.finditer(r"[^\s]+", text)]
        return next((end for end in reversed(ends) if self._is_rare(text[:end], said)), 0)

    def _is_rare(self, text: str, said: bool) -> bool:
        """`said`: the line says that it is work ("i work as a ..."), so any calling that is not common counts."""
        words = text.split()
        if not words or text in self._common_jobs or text in self._modifiers:
            return False
        last, before = words[-1], words[:-1]
        one = last.removesuffix("s")
        if one in self._rare_words or last in self._rare_words or " ".join(words[-2:]) in self._rare_words:
            return True
        plain = all(word in self._modifiers or word in self._common_jobs or word in _SMALL for word in before)
        if one in self._common_jobs or last in self._common_jobs or one in self._heads:
            return bool(before) and not plain and (one in self._heads or said)
        if one in self._traits:
            return False
        if not said:
            return bool(_LEARNED.search(last)) or (bool(before) and not plain and bool(_CALLING.search(last)))
        return bool(_CALLING.search(last)) and not (plain and len(words) > 1 and last in self._common_jobs)


def _counts(line: Line, end: int) -> bool:
    """Whether the number counts what follows: "im 3 coffees in"."""
    following = next((word for word in line.words if word.start >= end), None)
    if following is None or following.apart or following.low in _LATER:
        return False
    few = line.low[max(0, end - 2) : end].strip().isdigit() and int(line.low[max(0, end - 2) : end]) < _FEW
    return following.tag == "NNS" or (few and following.tag in ("NN", "JJ"))


def _from(text: str, start: int) -> int:
    """Where the calling begins: small words at the front are no part of it."""
    for match in re.finditer(r"[a-z'-]+", text):
        if match.group() not in _SMALL:
            return start + match.start()
    return start


def _compiled(patterns: object, pieces: Mapping[str, Any]) -> tuple[re.Pattern[str], ...]:
    found = []
    for pattern in rules.texts(patterns, "scrub forms"):
        for _ in range(2):  # pieces may hold pieces
            for name, piece in pieces.items():
                pattern = pattern.replace("<" + name + ">", str(piece))
        found.append(re.compile(pattern))
    return tuple(found)


def _plain(text: str) -> str:
    return text.translate(str.maketrans("éèöç", "eeoc"))
