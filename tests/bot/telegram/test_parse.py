"""Any JSON gets an answer; what people do on Telegram gets the right one."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.parse import Aside, Heard, Leave, Skip, chat_of, clean, parse
from tests.bot.telegram.conftest import message, row

ON_CALL = frozenset({-900, 901})
KINDS = ["message", "edited_message", "callback_query", "my_chat_member", "channel_post", "update_id", "poll"]
FIELDS = [
    "chat",
    "id",
    "type",
    "text",
    "caption",
    "message_id",
    "message",
    "data",
    "new_chat_member",
    "status",
    "voice",
]
scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(["private", "group"])
anything = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(FIELDS), inner, max_size=6)
)
updates = st.dictionaries(st.sampled_from(KINDS), anything, max_size=3)


def one(update: object) -> Any:
    return parse(row(json.dumps(update).encode()), ON_CALL)


@given(updates | anything)
def test_any_json_is_answered(update: object) -> None:
    assert isinstance(one(update), Heard | Leave | Skip | Aside)
    if isinstance(update, dict):
        assert isinstance(chat_of(update), int)


@given(st.binary(max_size=200))
def test_any_bytes_are_answered(body: bytes) -> None:
    assert isinstance(parse(row(body)), Heard | Leave | Skip | Aside)


@given(st.text(alphabet=st.characters(), max_size=50))
def test_clean_text_can_be_encoded(text: str) -> None:
    clean(text).encode()


def test_surrogate_pairs_are_joined_and_lone_ones_replaced() -> None:
    assert clean("\ud83d\ude00") == "😀"
    assert clean("a\ud83db") == "a\ufffdb"


def test_very_deep_json_is_set_aside() -> None:
    assert isinstance(parse(row(b"[" * 100_000)), Aside)


@pytest.mark.parametrize(
    ("content", "what", "text", "command"),
    [
        (message("I can't sleep"), "text", "I can't sleep", ""),
        (message("  "), "text", "  ", ""),
        (message("/start"), "command", "", "start"),
        (message("/Help_Now@warmline_bot please"), "command", "please", "help_now"),
        (message("/ not a command"), "text", "/ not a command", ""),
        (message("/home/me is a path"), "text", "/home/me is a path", ""),
        (message(None, voice={}), "voice", "", ""),
        (message(None, sticker={"emoji": "🙂"}), "sticker", "", ""),
        (message(None, photo=[], caption="my dog"), "caption", "my dog", ""),
        (message(None, photo=[]), "photo", "", ""),
        (message(None, animation={}, document={}), "video", "", ""),
        (message(None, document={}), "file", "", ""),
        (message(None, venue={}, location={}), "location", "", ""),
        (message(None, contact={}), "contact", "", ""),
        (message(None, dice={}), "dice", "", ""),
        (message("look", forward_origin={"type": "user"}), "forwarded", "look", ""),
        (message("/start", forward_date=1), "forwarded", "/start", ""),
    ],
)
def test_messages(content: dict[str, Any], what: str, text: str, command: str) -> None:
    heard = one({"update_id": 1, "message": content})
    assert isinstance(heard, Heard)
    assert (heard.incoming.what, heard.incoming.text, heard.incoming.command) == (what, text, command)
    assert (heard.incoming.chat, heard.incoming.inbox, heard.incoming.message) == (7, 1, 5)


def test_service_messages_are_nobodys_words() -> None:
    assert one({"update_id": 1, "message": message(None, pinned_message={})}) == Skip("service_message")


def test_edit() -> None:
    heard = one({"update_id": 1, "edited_message": message("I meant this")})
    assert (heard.incoming.what, heard.incoming.text, heard.incoming.message) == ("edit", "I meant this", 5)
    assert isinstance(one({"update_id": 1, "edited_message": message(None, photo=[])}), Skip)


def press(data: object, chat: int = 7, kind: str = "private") -> Any:
    return one({"update_id": 1, "callback_query": {"id": "q", "message": message(None, chat, kind), "data": data}})


def test_button() -> None:
    heard = press("consent:talk")
    assert (heard.incoming.what, heard.incoming.button, heard.query) == ("button", "consent:talk", "q")
    assert not heard.incoming.staff
    assert press(None) == Skip("button_without_chat", "q")


def test_an_old_button_keeps_its_chat() -> None:
    shown = {"chat": {"id": 7, "type": "private"}, "message_id": 3, "date": 0}
    heard = one({"update_id": 1, "callback_query": {"id": "q", "message": shown, "data": "mood:low"}})
    assert (heard.incoming.chat, heard.incoming.message) == (7, 3)


def test_staff_is_set_by_chat_and_button_together() -> None:
    assert press("alert:12:seen", chat=901).incoming.staff
    assert press("alert:12:seen", chat=-900, kind="group").incoming.staff
    assert press("alert:12:seen", chat=7).incoming.staff  # in private care asks the rota who it is
    assert press("alert:12:seen", chat=-7, kind="group") == Skip("group_button", "q")
    assert not press("consent:talk", chat=901).incoming.staff
    assert press("consent:talk", chat=-900, kind="group") == Skip("group_button", "q")


def test_groups_are_left_but_the_staffs_own() -> None:
    assert one({"update_id": 1, "message": message("hi", -5, "supergroup")}) == Leave(-5)
    assert one({"update_id": 1, "message": message("hi", -900, "group")}) == Skip("staff_group")
    joined = {"chat": {"id": -5, "type": "group"}, "new_chat_member": {"status": "member"}}
    assert one({"update_id": 1, "my_chat_member": joined}) == Leave(-5)
    gone = joined | {"new_chat_member": {"status": "left"}}
    assert one({"update_id": 1, "my_chat_member": gone}) == Skip("group_left")


@pytest.mark.parametrize(("status", "what"), [("kicked", "blocked"), ("member", "unblocked")])
def test_blocked_and_back(status: str, what: str) -> None:
    change = {"chat": {"id": 7, "type": "private"}, "new_chat_member": {"status": status}}
    assert one({"update_id": 1, "my_chat_member": change}).incoming.what == what


@pytest.mark.parametrize(
    "update", [[], 3, "x", {}, {"message": []}, {"message": {}}, {"message": message("hi", 2**70)}, {"message": None}]
)
def test_malformed_is_set_aside(update: object) -> None:
    assert isinstance(one(update), Aside)
