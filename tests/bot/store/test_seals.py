"""Keys and seals: what is closed opens only under its key and in its own row."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.store.errors import StoreError
from bot.store.seals import Box, Finder, Master, new_key, open_chat, seal_chat

KEY = bytes(range(32))


@given(st.binary(max_size=200), st.text(max_size=20).filter(lambda row: row.isascii()))
def test_what_is_sealed_opens_again(plain: bytes, row: str) -> None:
    box = Box(KEY)
    sealed = box.seal(plain, row)
    assert box.open(sealed, row) == plain
    assert sealed != box.seal(plain, row)


@pytest.mark.parametrize("harm", ["row", "key", "bit", "short", "empty"])
def test_moved_changed_or_foreign_it_stays_closed(harm: str) -> None:
    sealed = Box(KEY).seal(b"I miss her", "turn 1")
    box = Box(new_key()) if harm == "key" else Box(KEY)
    given_back = {"bit": sealed[:-1] + bytes([sealed[-1] ^ 1]), "short": sealed[:5], "empty": b""}.get(harm, sealed)
    with pytest.raises(StoreError) as error:
        box.open(given_back, "turn 2" if harm == "row" else "turn 1")
    assert "miss" not in str(error.value)


@given(st.integers(-(2**63), 2**63 - 1))
def test_every_chat_id_fits(chat: int) -> None:
    box = Box(KEY)
    assert open_chat(box, seal_chat(box, chat, "r"), "r") == chat


def test_a_chat_is_found_only_with_the_secret() -> None:
    one, other = Finder(KEY), Finder(new_key())
    assert one.chat(5) == one.chat(5) != other.chat(5)
    assert len({one.chat(5), one.chat(-5), one.message(5, 1), one.message(51, 0)}) == 4


def test_one_master_key_many_purposes() -> None:
    master = Master(KEY)
    with pytest.raises(StoreError):
        master.wrap.open(master.box.seal(b"x", "r"), "r")
    assert master.fingerprint == Master(KEY).fingerprint != Master(new_key()).fingerprint
    assert KEY not in master.fingerprint


@pytest.mark.parametrize("key", [b"", b"short", bytes(33)])
def test_a_key_of_another_length_is_refused(key: bytes) -> None:
    with pytest.raises(StoreError):
        Master(key)
