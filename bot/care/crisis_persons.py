"""Whom a message names: by what they are to the writer, by a name after it, or by a name alone."""

import re

KIN = (
    "mother[- ]in[- ]law|father[- ]in[- ]law|brother[- ]in[- ]law|sister[- ]in[- ]law|"
    "mum|mom|mama|mother|dad|papa|father|sister|brother|friend|mate|wife|husband|partner|boyfriend|girlfriend|"
    "aunt|auntie|uncle|cousin|gran|grandma|grandpa|neighbou?r|flatmate|roommate|colleague|coach|teacher|pastor|priest|"
    "imam|rabbi|doctor|gp|nurse|therapist|counsell?or|psychologist|psychiatrist|sponsor|son|daughter|midwife|nan|nana|"
    "granny|housemate|postman|postwoman|vicar|landlord|landlady|hairdresser|barber|stepmum|stepdad|manager|tutor|lodger|carer|"
    "health visitor|social worker|case ?worker|key ?worker|tutor|boss|buddy|nephew|niece"
)
_PERSON = re.compile(
    rf"\b(?:my|our|(?:i have|i've got|there's|there is|got) (?:one|an?)) (?:\w+ )?({KIN})\b|\b(?:a|"
    rf"the) ({KIN})\b(?! is (?:a|the) )"
)
_CALLED = "friend|mate|buddy|colleague|flatmate|housemate|roommate|neighbou?r|cousin|coach|teacher"
_NO_NAME = (
    "who|is|and|or|has|had|was|would|could|but|said|says|she|he|they|it|from|at|in|to|tonight|today|maybe|always|never|"
    "still|also|just|really|only|too|now|then|here|there|again|back|asleep|awake|already|often|sometimes|knows|knew|does|"
    "did|can|will|might|may|so|because|cos|when|if|that|this|with|for|about|on|of|as|not|asked|told|noticed|died|left|"
    "moved|lives|works|wants|helps|tries|keeps|came|comes|went|gets|got|made|makes|will|nor|yet|though|actually|once"
)
_NAME = re.compile(
    rf"\b(?:my|our) (?:\w+ )?({_CALLED}) (?!(?:{_NO_NAME})\b)([a-z]{{2,12}})"
    r"(?=[.,!]| (?:is|knows|who|has|was|would|could|can|said|says|noticed|might|sat|stayed|asked|came|lives)\b|$)"
)
_BARE_NAME = re.compile(
    rf"^(?:and |but |there'?s |there is )?(?!(?:{_NO_NAME}|everyone|everybody|somebody|someone|nobody|people|work|life|"
    r"things|what|i|my|you|we|one|all|no|yes|music|god|nothing|something|sleep|mum|mom|dad|home|school|today)\b)"
    r"([a-z]{3,12}) (?:is|has|was|knows|said|says|would|could|can|might|and)\b.*\b(?:he|she|they|me)\b"
)


def person(text: str) -> str:
    """Somebody named, turned: "your brother", "your friend Jo"; "" for nobody."""
    named = _NAME.search(text)
    if named:
        return f"your {named[1]} {named[2].capitalize()}"
    found = _PERSON.search(text)
    return f"your {found[1] or found[2]}" if found else ""


def relation(person: str) -> str:
    """Of a person as turned, who it is to them: "brother"; "" where only a name is known."""
    words = person.removeprefix("your ").split()
    return words[0] if person.startswith("your ") and words else ""


def bare_name(text: str) -> str:
    """A name that the message begins with, of a text in small letters; "" for none."""
    found = _BARE_NAME.match(text)
    return found[1].capitalize() if found else ""
