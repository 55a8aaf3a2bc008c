"""The word floor for other languages: plain statements are caught, plain sorrow is not, offsets are the original's."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.foreign import FRAMES, ForeignFloor
from nlp.labels import Kind, Tier
from nlp.rules import RuleError, load_mapping
from tests.loaded import loaded

FLOOR = loaded(ForeignFloor)
TELEGRAM = set("ru es pt ar fa hi id tr uz uk de it fr".split())

PLAIN = {
    "я хочу умереть": Kind.WISH_DEAD,
    "хочу убить себя": Kind.ACTIVE_IDEATION,
    "муж опять меня бьёт меня": Kind.ABUSE_OR_DANGER,
    "quiero matarme": Kind.ACTIVE_IDEATION,
    "Ya no quiero vivir": Kind.WISH_DEAD,
    "me tomé todas las pastillas": Kind.INTENT_OR_ATTEMPT_NOW,
    "eu quero morrer": Kind.WISH_DEAD,
    "vou me matar hoje": Kind.ACTIVE_IDEATION,
    "je veux me suicider": Kind.ACTIVE_IDEATION,
    "mon mari m'a frappée": Kind.ABUSE_OR_DANGER,
    "ich will nicht mehr leben": Kind.WISH_DEAD,
    "ich ritze mich wieder": Kind.SELF_HARM,
    "voglio farla finita": Kind.ACTIVE_IDEATION,
    "ölmek istiyorum": Kind.WISH_DEAD,
    "kendimi öldüreceğim": Kind.ACTIVE_IDEATION,
    "aku ingin bunuh diri": Kind.ACTIVE_IDEATION,
    "main mar jaana chahta hoon": Kind.WISH_DEAD,
    "मैं आत्महत्या करना चाहता हूँ": Kind.ACTIVE_IDEATION,
    "أريد أن أموت": Kind.WISH_DEAD,
    "می‌خوام خودکشی کنم": Kind.ACTIVE_IDEATION,
    "o'lishni xohlayman": Kind.WISH_DEAD,
    "хочу померти": Kind.WISH_DEAD,
    "он не дышит": Kind.MEDICAL_EMERGENCY,
    "она без сознания": Kind.MEDICAL_EMERGENCY,
}

SORROW = (
    "мне грустно сегодня",
    "я не хочу умирать",
    "estoy muy cansada del trabajo",
    "no quiero morir",
    "je suis triste ce soir",
    "ich bin müde von der arbeit",
    "sono stanco del lavoro",
    "bugün çok yorgunum",
    "aku capek kerja",
    "papa ko meri job samajh nahi aati",
    "تعبت من الشغل",
    "امروز خیلی خسته‌ام",
    "bugun juda charchadim ishdan",
    "сьогодні сумно",
    "i want to die of laughter",
)


@pytest.mark.parametrize(("text", "kind"), PLAIN.items())
def test_plain_statements_are_caught(text: str, kind: Kind) -> None:
    found = FLOOR.read(text)
    assert kind in {signal.kind for signal in found}
    assert max(signal.tier for signal in found) >= Tier.T2


@pytest.mark.parametrize("text", SORROW)
def test_plain_sorrow_and_denial_are_not(text: str) -> None:
    assert FLOOR.read(text) == ()


def test_every_language_has_every_frame() -> None:
    table = load_mapping("rules/other/floor.yaml")
    assert set(table) >= TELEGRAM
    assert all(set(frames) == {*FRAMES, "not_after"} for frames in table.values())


def test_warming_names_the_language_of_a_broken_pattern() -> None:
    FLOOR.warm()
    with pytest.raises(RuleError, match="de"):
        ForeignFloor((replace(FLOOR.rules[0], language="de", written="("),)).warm()


def test_a_span_is_that_of_the_original() -> None:
    text = "пожалуйста… я хочу умере\u0301ть, помогите"
    (signal,) = FLOOR.read(text)
    assert text[signal.span.start : signal.span.end].startswith("я хочу")


@given(st.text(max_size=200))
def test_any_text_is_read_and_spans_fit(text: str) -> None:
    for signal in FLOOR.read(text):
        assert 0 <= signal.span.start < signal.span.end <= len(text)
