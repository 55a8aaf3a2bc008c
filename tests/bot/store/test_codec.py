"""Nothing is lost between a record and its bytes, whatever a person types."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.care.records import Button, Client, Consent, Delivery, Outgoing, Settings, Turn
from bot.store import codec
from nlp.labels import Tier

# Every code point, lone surrogates and NUL included.
words = st.text(st.characters(codec=None, exclude_categories=()), max_size=40)
moments = st.datetimes(timezones=st.just(UTC))
plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=8,
)
records = st.dictionaries(words, plain, max_size=3)
names = st.tuples(words, words)

clients = st.builds(
    Client,
    id=words,
    created=moments,
    consents=st.lists(st.builds(Consent, words, st.booleans(), words, moments), max_size=3),
    settings=st.builds(Settings, words, words, words, words, st.booleans(), st.booleans(), st.lists(words, max_size=3)),
    memory=records,
    episode=records,
)
turns = st.builds(
    Turn, moments, words, words, st.sampled_from(Tier), records, names, names, st.lists(words, max_size=3).map(tuple)
)
buttons = st.lists(st.lists(st.builds(Button, words, words), max_size=2).map(tuple), max_size=2).map(tuple)
outgoing = st.builds(
    Outgoing,
    text=words,
    buttons=buttons,
    priority=st.integers(0, 9),
    delivery=st.sampled_from(Delivery),
    to=st.none() | st.integers(-(2**60), 2**60),
    silent=st.booleans(),
    document=words,
    alert=st.none() | st.integers(1, 9),
    edit=st.none() | st.integers(1, 9),
    not_before=st.none() | moments,
)


@given(clients)
def test_clients(client: Client) -> None:
    assert codec.unpack_client(codec.pack_client(client)) == client


@given(turns)
@example(Turn(datetime(2026, 1, 1, tzinfo=UTC), "\ud83d\ude00", "\x00\ud800", Tier.T0, {}, (), (), ()))
def test_turns(turn: Turn) -> None:
    packed, notes = codec.pack_turn(turn)
    assert codec.unpack_turn(turn.at, packed, notes) == turn
    emptied = codec.unpack_turn(turn.at, None, notes)
    assert (emptied.heard, emptied.said, emptied.labels) == ("", "", turn.labels)


@given(turns)
def test_notes_hold_no_words(turn: Turn) -> None:
    _, notes = codec.pack_turn(turn)
    assert not {"heard", "said"} & codec.unpack(notes).keys()


@given(outgoing)
def test_outgoing(out: Outgoing) -> None:
    assert codec.unpack_outgoing(codec.pack_outgoing(out)) == out


@given(moments)
def test_moments_are_kept_to_the_microsecond(at: datetime) -> None:
    assert codec.moment(codec.micros(at)) == at
    assert codec.moment(codec.micros(at)).utcoffset() == timedelta(0)


def test_records_of_another_version_still_open() -> None:
    def changed(body: bytes, lost: str, come: dict[str, Any]) -> bytes:
        values = codec.unpack(body)
        del values[lost]
        return codec.pack(values | come)

    client = Client("a", datetime(2026, 1, 1, tzinfo=UTC), memory={"x": 1})
    assert codec.unpack_client(changed(codec.pack_client(client), "memory", {"later": 1})).memory == {}
    out = Outgoing("hello", silent=True)
    assert codec.unpack_outgoing(changed(codec.pack_outgoing(out), "silent", {"later": 1})) == Outgoing("hello")


@pytest.mark.parametrize("value", [object(), {1, 2}, b"x"])
def test_what_cannot_be_kept_is_refused(value: object) -> None:
    client = Client("a", datetime(2026, 1, 1, tzinfo=UTC), memory={"x": value})
    with pytest.raises(TypeError):
        codec.pack_client(client)
