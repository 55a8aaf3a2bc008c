"""Words by what their forms share, and the words that are nobody's matter: what was denied is found in any form."""

import re
from collections.abc import Iterable
from functools import lru_cache

from nlp.reading import small

_WORDS = 4096  # single ones, those of the library and the common ones: each reply asks for some twenty
WORD = re.compile(r"[a-z]+(?:'[a-z]+)*")
_ENDINGS = "liness iness ness ening ened ied ing ely ily ed ly ens en es".split()
# Words of a reply that are nobody's matter: whoever uses one after "not" denies nothing that was said.
EMPTY = frozenset(
    "a an the this that these those it it's its i i'm im you your yours you're me my mine we our us he she they "
    "them his her him their what which who where when why how is are was were am be been being do does did done "
    "have has had will would could should can may might must of in on at to for from with about as by and or but "
    "so if than then there here not no never nothing any some all more most much many very too just only even "
    "really quite still also again now yet ever always maybe perhaps one ones thing things something anything "
    "everything".split()
)
PLAIN = EMPTY | frozenset(
    "good bad well better best fine okay ok right sure true easy hard get gets got getting go goes going gone "
    "come comes coming make makes made take takes took give given say says said saying tell tells told telling "
    "talk talking hear heard hearing listen listening know knows knew think thinks thought mean means meant see "
    "seen want wants wanted like liked need needs feel feels felt feeling seem seems sound sounds look looks let "
    "put keep stay bring words word write wrote read ask asked question answer bit lot way kind time times day "
    "days people person life something someone anyone today moment while first last long little big mind thank "
    "thanks sorry understand imagine guess part half sense matter matters place work working what's that's "
    "there's try tried used wrong help sometimes".split()
)


@lru_cache(_WORDS)
def stem(word: str) -> str:
    """What the forms of a word share, roughly: "scared" and "scary", "lonely" and "loneliness"."""
    word = word.casefold().removesuffix("'s")
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word.removesuffix(ending)
            break
    else:
        word = word.removesuffix("s") if not word.endswith("ss") else word
    word = word[:-1] if len(word) > 3 and word[-1] in "ey" else word
    return f"{word[:-1]}v" if word.endswith("ief") else word


def stems(text: str) -> frozenset[str]:
    """Of every word of a text."""
    return frozenset(stem(word) for word in WORD.findall(small(text)))


def matters(words: Iterable[str], plain: frozenset[str] = PLAIN) -> frozenset[str]:
    """Stems of the words that are no plain ones."""
    return frozenset(stem(word) for word in words if word not in plain)


def says(text: str, denied: Iterable[str]) -> bool:
    """Whether a text holds one of the denied words, in any of its forms."""
    return not stems(text).isdisjoint(denied)
