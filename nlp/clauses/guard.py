"""All that keeps a clause from being said back: risk, abuse, swearing, labels, rare words, loose ends, run-ons.

The guard only ever takes away. What it lets through still had to stand in a closed frame.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from spacy.tokens import Token

from nlp import rules
from nlp.clauses.agreement import slips
from nlp.clauses.cut import Cutter, Run
from nlp.clauses.form import breaks_off, ill_formed
from nlp.clauses.turning import SEASONS, pair_with_speaker
from nlp.clauses.words import NOT, SUBJECTS, Framed
from nlp.dictionary import Dictionary
from nlp.lexicon import words

FILE = "rules/en/clauses.yaml"
KEYS = ("source", "cut", "frames", "guard", "flat", "lost", "weighing")
_COMMON = "rules/en/common_words.yaml"
_NOMINATIVE = frozenset("i he she they we".split())
_ACCUSATIVE = frozenset("me him them us".split())
_LONGEST_NUMBER = 4  # digits: "5 months", "since 1974", never a telephone number
_COUNTED = re.compile(r"\d{1,3}(?:st|nd|rd|th|am|pm|k|yrs?|kg|lbs?|km)")
_SHORTEST_NAME = 3  # letters
_SHORTEST_RARE = 4
_MAY_END_A_QUESTION = frozenset("is are was were do does did be".split())  # "what the consequences are"
_QUESTION_WORDS = frozenset("what how where who why".split())
_SAID_ASKING = frozenset({"feel", "afraid", "miss", "cant"})  # "I feel a bit sick??" asks nothing
_OBJECTS = frozenset({"dobj", "pobj", "dative"})


@dataclass(frozen=True, slots=True)
class Guard:
    fewest_words: int
    most_words: int
    never: frozenset[str]
    never_phrases: tuple[str, ...]
    carriers: frozenset[str]
    loose_ends: frozenset[str]
    good_ends: tuple[str, ...]
    sarcasm: tuple[str, ...]
    complement_before: frozenset[str]
    whole_message: tuple[str, ...]
    kin: frozenset[str]
    common: frozenset[str]
    contrasts: frozenset[str]
    dictionary: Dictionary

    @classmethod
    def of(
        cls, data: Mapping[str, Any], common: frozenset[str], contrasts: frozenset[str], dictionary: Dictionary
    ) -> "Guard":
        def listed(name: str) -> Sequence[str]:
            return rules.texts(data[name], f"rules/en/clauses.yaml: guard: {name}")

        def phrases(name: str) -> tuple[str, ...]:
            return tuple(f" {text} " for text in listed(name))

        return cls(
            fewest_words=int(data["fewest_words"]),
            most_words=int(data["most_words"]),
            never=frozenset(listed("never")),
            never_phrases=phrases("never_phrases"),
            carriers=frozenset(listed("carriers")),
            loose_ends=frozenset(listed("loose_ends")),
            good_ends=phrases("good_ends"),
            sarcasm=phrases("sarcasm"),
            complement_before=frozenset(listed("complement_before")),
            whole_message=phrases("whole_message"),
            kin=frozenset(listed("kin")),
            common=common,
            contrasts=contrasts,
            dictionary=dictionary,
        )

    @classmethod
    def load(cls, data: Mapping[str, Any] | None = None) -> "Guard":
        """That of the rules of clauses, which `data` may hold already. RuleError if they are wrong."""
        data = rules.load_mapping(FILE, required=KEYS) if data is None else data
        words = rules.load_mapping(_COMMON, required=("source", "added", "words"))
        common = frozenset(f"{words['added']} {words['words']}".split())
        return cls.of(data["guard"], common, Cutter.of(data["cut"]).contrasts, Dictionary.load())

    def bars(self, low: list[str]) -> bool:
        """Whether words, in small letters, are never said back."""
        return self._forbidden(low, low)

    def knows(self, token: Token) -> bool:
        """Whether a word is plain enough to be said back."""
        return self._plain(token)

    def silent(self, text: str) -> bool:
        """Risk or irony stands somewhere in the message: nothing of it may be said back as meant."""
        spaced = _spaced([word.text for word in words(text)])
        return any(mark in spaced for mark in self.sarcasm + self.whole_message)

    def allows(self, run: Run, framed: Framed) -> bool:
        """Whether the run, which stands in a frame, may be said back."""
        low = [token.lower_ for token in run.tokens]
        said = [*(["i"] if framed.dropped else []), *_whole_words(run.tokens)]
        return (
            not (run.asks and framed.name not in _SAID_ASKING)
            and not run.quoted
            and self.fewest_words <= len(said) <= self.most_words
            and not self._forbidden(low, said)
            and all(self._plain(token) for token in run.tokens)
            and self._ends_well(said, run.tokens[-1])
            and not ill_formed(run.tokens, self.contrasts)
            and not slips(run.tokens)
            and not breaks_off(run.tokens)
            and (bool(framed.dropped) or self._holds(run.tokens, framed))
            and not self._runs_on(run.tokens, framed)
        )

    def _forbidden(self, low: list[str], said: list[str]) -> bool:
        spaced = _spaced(said)
        barred = self.never - {"or"} if _denied_both(low) else self.never
        return (
            not barred.isdisjoint(low)
            or not barred.isdisjoint(said)
            or any(phrase in spaced for phrase in self.never_phrases)
        )

    def _plain(self, token: Token) -> bool:
        """A common word, a small number, or a comma; not a rare token, a link or a mark."""
        low = token.lower_
        no_name = (token.text.isupper() or token.text.islower()) and len(low) > 1 and low in self.common
        if token.pos_ == "PROPN" and low not in SEASONS and not no_name:
            return low in self.kin or _a_name(token)
        if low in self.common or low in ("n't", "'m", "'s", "'re", "'ve", "'d", "'ll", "ca", "wo", ","):
            return True
        number = (token.is_digit and len(low) <= _LONGEST_NUMBER) or bool(_COUNTED.fullmatch(low))
        return number or _hyphen(token) or self._real_word(token)

    def _real_word(self, token: Token) -> bool:
        """Rarer than the common ones and spelled right: "clementines", "undoes"."""
        return len(token) >= _SHORTEST_RARE and token.is_alpha and self.dictionary.knows(token.lemma_, token.pos_)

    def _ends_well(self, said: list[str], last: Token) -> bool:
        spaced = _spaced(said)
        if said[-1] not in self.loose_ends or any(spaced.endswith(end) for end in self.good_ends):
            return True
        asked = last.lower_ in _MAY_END_A_QUESTION and not _QUESTION_WORDS.isdisjoint(said[:-1])
        return asked or (last.lower_ == "her" and last.dep_ in _OBJECTS) or last.text == "A"

    def _holds(self, tokens: Sequence[Token], framed: Framed) -> bool:
        """The parser, too, sees the opening subject as the subject of this verb."""
        inside = {token.i for token in tokens}
        verbs = {framed.verb.i, framed.verb.head.i}
        verbs |= {child.i for child in framed.verb.children}
        subjects = [token for token in tokens if token.dep_ in SUBJECTS or token.dep_ == "expl"]
        if not subjects:
            return False
        return subjects[0].head.i in verbs and subjects[0].head.i in inside and subjects[0].i <= tokens[0].i + 3

    def _runs_on(self, tokens: Sequence[Token], framed: Framed) -> bool:
        """A second subject without a word that leads up to it: two clauses without a mark."""
        rest = tokens[pair_with_speaker(tokens) :]  # of "my husband and I" only the verb is to come
        subjects = [  # "it" is either
            token
            for token in rest
            if (token.dep_ in SUBJECTS and token.lower_ not in _ACCUSATIVE) or token.lower_ in _NOMINATIVE
        ]
        first = 1 if len(rest) == len(tokens) and not framed.dropped else 0
        return any(not self._led_up_to(token, tokens[0].i) for token in subjects[first:])

    def _led_up_to(self, subject: Token, first: int) -> bool:
        if subject.tag_ in ("WDT", "WP"):
            return True
        edge = subject.left_edge if subject.left_edge.i > first else subject
        before = edge.nbor(-1) if edge.i > first else edge
        if _of_the_noun_before(subject, before):
            return True
        return before.lower_ in self.complement_before or before.pos_ == "SCONJ" or _what_was_told(subject)


def _what_was_told(subject: Token) -> bool:
    """ "I told my sister I was leaving"."""
    return bool(subject.head.dep_ == "ccomp" and subject.head.head.lemma_ == "tell")


def _of_the_noun_before(subject: Token, before: Token) -> bool:
    """ "the project I built", "the ring my gran gave me": what the verb lacks is the noun before."""
    verb = subject.head
    lacks = not any(child.dep_ in ("dobj", "ccomp") and child.lower_ not in _ACCUSATIVE for child in verb.children)
    return verb.dep_ == "relcl" and lacks and verb.head.i == before.i and before.pos_ in ("NOUN", "PROPN")


def _a_name(token: Token) -> bool:
    """A name as names are written, and not merely the first word of a sentence."""
    text = str(token.text)
    return text.istitle() and text.isalpha() and len(text) >= _SHORTEST_NAME and not token.is_sent_start


def _denied_both(low: list[str]) -> bool:
    """ "I can't see friends or family" leaves no choice open."""
    return any(word in NOT for word in low[: low.index("or")]) if "or" in low else False


def _hyphen(token: Token) -> bool:
    """A hyphen inside a word: "two-year-old"."""
    return token.text == "-" and not token.whitespace_ and token.i > 0 and not token.nbor(-1).whitespace_


def _whole_words(tokens: Sequence[Token]) -> list[str]:
    """Words as written: "do" and "n't" are one."""
    said: list[str] = []
    for token in tokens:
        glued = said and token.i > 0 and not token.nbor(-1).whitespace_ and token.lower_[:1] in ("'", "n")
        if glued and token.lower_ in ("n't", "'m", "'s", "'re", "'ve", "'d", "'ll", "not"):
            said[-1] += token.lower_
        elif token.lower_ != ",":
            said.append(token.lower_)
    return said


def _spaced(said: Sequence[str]) -> str:
    return f" {' '.join(said).lower()} "
