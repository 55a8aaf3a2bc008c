"""The little words that frames are made of, and steps over a run of words that all frames share."""

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Token

ADVERBS = frozenset(
    "just really still always also often never honestly even so only actually already finally constantly literally "
    "currently recently totally completely usually sometimes probably truly definitely barely hardly rarely lately "
    "both now suddenly simply desperately secretly basically absolutely nearly almost mostly mainly once again "
    "quite kind sort of especially particularly increasingly eventually kinda sorta soon only surely clearly "
    "obviously quietly slowly utterly deeply genuinely properly fully".split()
)
BE = frozenset("am 'm was were is are 's 're".split())
HAVE = frozenset("have 've had has".split())
DO = frozenset("do did does".split())
CAN = frozenset("ca can could".split())
NOT = frozenset("n't not never".split())
DEGREES = frozenset("very too extremely pretty quite incredibly a bit all more less".split())
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
MINE = frozenset("i me my mine myself we us our ours ourselves".split())
# Said without "my", still one's own: "mum rang", "wife signed me up".
OWN_KIN = frozenset("mum mom mam dad mummy daddy gran nan nana grandma grandad grandpa wife husband hubby".split())
_LEMMAS = {"texte": "text"}


@dataclass(frozen=True, slots=True)
class Framed:
    """A frame that a run stands in. `dropped` is the subject that was left out, turned: "you", "you're", "you've"."""

    name: str
    verb: Token  # the finite or full verb whose subject opens the clause
    dropped: str = ""
    owner: str = ""  # "your", where "mum rang" was said of one's own


def after_adverbs(run: Sequence[Token], at: int, skip: frozenset[str] = frozenset()) -> int:
    while at < len(run) and (run[at].lower_ in ADVERBS or run[at].lower_ in skip):
        at += 1
    return at


def low(run: Sequence[Token], at: int) -> str:
    return str(run[at].lower_) if at < len(run) else ""


def lemma(token: Token) -> str:
    """The parser's lemma, put right for a verb of today that it does not know."""
    found = str(token.lemma_).lower()
    return _LEMMAS.get(found, found)
