"""The fuller reader: never-missed lines, harmless lines, each rule's own examples, context, spans and speed."""

import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp import rules, train_risk
from nlp.crisis import CrisisReader, tier_of
from nlp.labels import Kind, Status, Tier
from nlp.reading import Signal, Span
from nlp.rules import RuleError
from tests.loaded import loaded

HERE = Path(__file__).parent
NEVER_MISSED = rules.load_records(train_risk.PLAIN, ("kind", "least", "lines"))
ORDINARY = [
    line
    for line in (HERE.parent / "ordinary" / "en.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
READER = loaded(CrisisReader)


@pytest.mark.parametrize("group", NEVER_MISSED, ids=lambda group: group["kind"])
def test_never_missed(group: dict[str, object]) -> None:
    least = Tier[str(group["least"])]
    lines = group["lines"]
    assert isinstance(lines, list)
    missed = [line for line in lines if tier_of(READER.read(line)) < least]
    assert missed == []


def test_harmless_lines_raise_nothing() -> None:
    assert len(ORDINARY) >= 300
    alarmed = [line for line in ORDINARY if tier_of(READER.read(line)) > Tier.T0]
    assert alarmed == []


@pytest.mark.parametrize("rule", READER.rules.rules, ids=lambda rule: rule.id)
def test_every_rule_fires_on_its_examples(rule) -> None:
    assert rule.yes
    assert rule.no
    silent = [line for line in rule.yes if rule.id not in _matching(line)]
    assert silent == []


@pytest.mark.parametrize("rule", READER.rules.rules, ids=lambda rule: rule.id)
def test_no_rule_raises_an_alarm_on_its_look_alikes(rule) -> None:
    def raised(line: str) -> bool:
        signals = READER.read(line)
        return any(
            signal.rule == rule.id and (signal.tier > Tier.T0 or rule.kind is Kind.UNDERAGE) for signal in signals
        )

    assert [line for line in rule.no if raised(line)] == []


def _matching(line: str) -> set[str]:
    folded = READER.folder.fold(line).text
    return {rule.id for rule in READER.rules.awake(folded) if rule.pattern.search(folded)}


def test_needed_words_never_hide_a_rule() -> None:
    for rule in READER.rules.rules:
        for line in rule.yes:
            folded = READER.folder.fold(line).text
            assert not rule.pattern.search(folded) or rule in READER.rules.awake(folded), rule.id


STATUSES = {
    "i don't want to kill myself": Status.NEGATED,
    "i am not suicidal": Status.NEGATED,
    "i used to want to kill myself when i was a teenager": Status.PAST,
    "if i ever tried to kill myself would you tell": Status.HYPOTHETICAL,
    "are you suicidal": Status.OTHER_PERSON,
    "this traffic makes me want to die": Status.FIGURATIVE,
}


@pytest.mark.parametrize(("text", "status"), STATUSES.items())
def test_context_decides_how_a_sign_is_meant(text: str, status: Status) -> None:
    assert status in {signal.status for signal in READER.read(text)}
    assert tier_of(READER.read(text)) <= Tier.T1


PAIRS = [
    ("i want to die lol", "dying of embarrassment lol"),
    ("haha im gonna kill myself tonight", "haha my mum is gonna kill me for being late"),
    ("i don't want to die but i wouldn't mind if i did", "i don't want to die, i want to live"),
    ("he said he wants to kill himself", "the villain says he wants to kill the king in the film"),
    ("i dont want to live", "i dont want to live with my parents"),
    ("i want to end this", "i want to end this conversation"),
    ("i dont know how much longer i can last", "i dont know how much longer the boiler can last"),
    ("im going to smother him in his sleep", "im going to smother him in kisses"),
    ("he grabbed my arm and threw me down the stairs", "he grabbed my arm to stop me slipping on the ice"),
    ("people like me are going to kill someone one day", "people who race there are going to kill someone one day"),
    ("my friend is suicidal, what do i say", "if your friend is suicidal, tell a grown up"),
    ("she locked herself in the bathroom with a razor", "she locked herself in the bathroom to dye her hair"),
    ("nobody would come to my funeral", "would anyone come to my funeral, shower thought"),
]


@pytest.mark.parametrize(("risk", "harmless"), PAIRS)
def test_look_alikes_part_ways(risk: str, harmless: str) -> None:
    assert tier_of(READER.read(risk)) >= Tier.T1
    assert tier_of(READER.read(harmless)) is Tier.T0


def test_an_end_that_may_be_a_couples_is_asked_about() -> None:
    assert tier_of(READER.read("he cheated again and i want to end it")) is Tier.T1
    assert tier_of(READER.read("he cheated again and i want to end it all")) is Tier.T2


def test_a_time_or_an_intent_makes_it_imminent() -> None:
    assert tier_of(READER.read("i want to kill myself")) is Tier.T2
    assert tier_of(READER.read("i want to kill myself tonight")) is Tier.T3


def test_a_sign_deep_in_a_long_message_counts_and_its_span_is_the_originals() -> None:
    filler = "we went to the shop and bought bread, then the bus was late again. " * 200
    text = filler + "And honestly… I don’t want to live anymore. " + filler
    signals = [signal for signal in READER.read(text) if signal.tier > Tier.T0]
    assert signals
    assert "want to live" in text[signals[0].span.start : signals[0].span.end]


YOUNG = (
    *(
        "im 15",
        "i am 15.",
        "i turn 14 in may",
        "im in year 9",
        "15f",
        "14 btw",
        "not 18 yet",
        "turned fifteen yesterday",
    ),
    *("I have fifteen years old", "my quinceanera is next month", "ninth grader here", "i turn 18 in two years"),
)
OTHER_AGES = (
    *(
        "she is turning 15",
        "my son just turned 14",
        "he treats me like im 10",
        "i feel like im 12 again",
        "my son (15m) left",
    ),
    *("a 15 year old girl died", "when i turned 16 he left", "at age 12 i moved", "i have 14 years of experience"),
    *(
        "he is not 18 yet",
        "im not 18 anymore",
        "in year 8 i was bullied",
        "my year 7 class is loud",
        "im a child of divorce",
    ),
    *("on my 15th birthday he left us", "im in year 9 of recovery", "almost 12 and i cant sleep"),
)


@pytest.mark.parametrize("text", YOUNG)
def test_age_is_a_route_of_its_own(text: str) -> None:
    signals = READER.read(text)
    assert Kind.UNDERAGE in {signal.kind for signal in signals}
    assert tier_of(signals) is Tier.T0


@pytest.mark.parametrize(
    "text",
    [
        *(
            "im 15 weeks pregnant",
            "i was 15 when dad left",
            "my son is 14",
            "im 35",
            "they bullied me in year 7 and i hid",
        ),
        *OTHER_AGES,
    ],
)
def test_other_numbers_are_no_age(text: str) -> None:
    assert Kind.UNDERAGE not in {signal.kind for signal in READER.read(text)}


@pytest.mark.parametrize(
    "text",
    [
        "a man online is asking my 12 year old for pictures",
        "my daughter just turned 14 and she wants to kill herself",
        "as a 14 year old i attempted suicide",
    ],
)
def test_an_age_hides_no_danger(text: str) -> None:
    signals = READER.read(text)
    assert tier_of(signals) > Tier.T0
    assert Kind.UNDERAGE not in {signal.kind for signal in signals}


def test_warming_compiles_every_rule() -> None:
    reader = CrisisReader.load()
    reader.warm()
    assert all("pattern" in vars(rule) for rule in reader.rules.rules)


@pytest.mark.parametrize("table", ["rules", "cues", "contexts", "combines"])
def test_a_broken_pattern_is_found_at_the_start_and_named(table: str) -> None:
    rows = getattr(READER.rules, table)
    broken = replace(rows[-1], id="the_broken_one", **{"written" if table == "rules" else "regex": "("})
    reader = replace(READER, rules=replace(READER.rules, **{table: (*rows[:3], broken)}))
    with pytest.raises(RuleError, match="the_broken_one"):
        reader.warm()


def test_a_broken_exception_to_a_context_is_found_too() -> None:
    broken = replace(READER.rules.contexts[0], id="the_broken_one", unless="(")
    with pytest.raises(RuleError, match="the_broken_one"):
        replace(READER, rules=replace(READER.rules, contexts=(broken,))).warm()


def test_words_of_death_where_no_rule_counts_are_said_to_be_figures() -> None:
    (found,) = (signal for signal in READER.read("the villain dies in the last chapter") if signal.rule[:5] == "named")
    assert (found.status, found.tier) == (Status.FIGURATIVE, Tier.T0)
    assert "named_not_meant" not in {signal.rule for signal in READER.read("i want to die")}


def test_several_concerns_stay_a_concern() -> None:
    signals = [
        Signal(kind, Status.ASSERTED, Tier.T1, "a_rule", Span(0, 1)) for kind in (Kind.PASSIVE_WISH, Kind.HOPELESSNESS)
    ]
    assert tier_of(signals) is Tier.T1
    assert tier_of(()) is Tier.T0


@pytest.mark.parametrize("filler", ["i want to ", "kill my ", "the voices ", "dont ", "he ", "not eating "])
def test_long_texts_do_not_explode(filler: str) -> None:
    started = time.perf_counter()
    READER.read((filler * 400)[:4096])
    assert time.perf_counter() - started < 5.0


@given(st.text(max_size=200))
@settings(max_examples=60, deadline=None)
def test_any_text_is_read_and_spans_fit(text: str) -> None:
    for signal in READER.read(text):
        assert 0 <= signal.span.start <= signal.span.end <= len(text)
