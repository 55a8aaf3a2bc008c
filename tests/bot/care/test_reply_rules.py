"""Replies to risk over our own corpora: what the tier allows, help named, no method and no forbidden phrase.

Every message of every corpus runs with `make evidence`; here one in a hundred.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.care.records import Button
from bot.care.reply import Reply
from bot.care.reply_rules import broken, repeats
from bot.care.turn import Answered, Means
from bot.cli.replies import Count, check
from nlp import rules, train_risk
from nlp.ear import Ear
from nlp.labels import Tier
from nlp.reading import Clause, Reading, Span
from responses.model import Part, Technique
from tests.bot.care.conftest import HELPLINES, VOICE

pytestmark = pytest.mark.evidence  # takes long; run by make evidence

CRISIS = Path(__file__).parents[2] / "nlp" / "crisis"
HELP = ((Button("Help now", "help_now"),),)


def corpora() -> list[str]:
    """Every message of ours that is about risk, or looks like it."""
    texts = [text for text, _, _ in train_risk.examples()]
    held_out = (CRISIS / "held_out.yaml", CRISIS / "held_out_kinds.yaml")
    for file in (Path(str(rules.data_file(train_risk.PLAIN))), *held_out):
        texts += _strings(yaml.load(file.read_text(encoding="utf-8"), yaml.CSafeLoader))
    return list(dict.fromkeys(texts))


def _strings(found: Any) -> Iterator[str]:
    if isinstance(found, str):
        yield found
    elif isinstance(found, list | dict):
        for one in found.values() if isinstance(found, dict) else found:
            yield from _strings(one)


def over(texts: list[str], ear: Ear, on_call: bool) -> Count:
    count, means = Count(), Means(VOICE, HELPLINES, on_call=on_call)
    for number, text in enumerate(texts):
        check(count, str(number), text, ear, means, seed=number)
    return count


@pytest.mark.parametrize("on_call", [False, True])
def test_replies_to_some_of_our_messages(ear: Ear, on_call: bool) -> None:
    count = over(corpora()[::101], ear, on_call)
    assert count.risk > 10
    assert dict(count.rules) == {}


@pytest.mark.evidence
@pytest.mark.parametrize("on_call", [False, True])
def test_replies_to_all_of_our_messages(ear: Ear, on_call: bool) -> None:
    count = over(corpora(), ear, on_call)
    print({name: value for name, value in count.shown().items() if name != "ids"})
    assert count.risk > 1000
    assert dict(count.rules) == {}
    assert (count.right, count.follow_ups_right) == (count.risk, count.follow_ups)


def answer(text: str, entry: str = "crisis.danger.heard", help_button: bool = True, named: bool = True) -> Answered:
    part = Part(entry, Technique.SAFETY if entry.startswith("crisis.") else Technique.COMPLEX_REFLECTION, text)
    return Answered(Reply((part,), HELP if help_button else ()), Tier.T2, named_help=named)


@pytest.mark.parametrize(
    ("answered", "read", "episode", "rule"),
    [
        (answer("a", "listening.plain.a"), Tier.T2, False, "ordinary-reply"),
        (answer("a", help_button=False), Tier.T2, False, "no-help-button"),
        (answer("a", named=False), Tier.T2, False, "no-help-named"),
        (answer("a"), Tier.T3, False, "not-urgent"),
        (answer("a", named=False), Tier.T1, False, "neither-asked-nor-named"),
        (answer("a", "listening.plain.a"), Tier.T0, True, "too-much-in-an-episode:complex_reflection"),
        (answer("a rope"), Tier.T2, False, "method-word"),
        (answer("it makes sense you want to die"), Tier.T2, False, "forbidden-phrase"),
        (answer("at least you have a job"), Tier.T2, False, "phrase:brightsiding"),
        (answer("a" * 281), Tier.T2, False, "too-long"),
        (answer("a? b?"), Tier.T2, False, "two-questions"),
        (answer(" "), Tier.T2, False, "silence"),
    ],
)
def test_each_rule_finds_what_it_is_for(answered: Answered, read: Tier, episode: bool, rule: str) -> None:
    assert rule in broken(answered, read, episode=episode)


def test_a_right_reply_breaks_nothing() -> None:
    assert broken(answer("I'm glad you told me."), Tier.T2) == []
    assert repeats(["a", "b", "a"]) == 1


def test_words_of_theirs_said_back_are_not_held_against_us() -> None:
    clause = Clause("your therapist moved away", "other", "do", Span(0, 5))
    heard = [Reading("my therapist moved away", clauses=(clause,))]
    theirs, ours = "Your therapist moved away. I hear that.", "This is therapy, and your therapist moved away."

    def found(said: str, heard: list[Reading]) -> list[str]:
        part = Part("listening.plain.a", Technique.SIMPLE_REFLECTION, said)
        return broken(Answered(Reply((part,), HELP), Tier.T0), Tier.T0, heard=heard)

    assert found(theirs, heard) == []
    assert found(theirs, []) == ["phrase:therapy-claims"]
    assert found(ours, heard) == ["phrase:therapy-claims"]
    knife = Clause("you hold the knife", "do", "do", Span(0, 5))
    assert "method-word" in found("You hold the knife.", [Reading("i hold the knife", clauses=(knife,))])
