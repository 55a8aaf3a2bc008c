"""What the rest of the house relies on the library for."""

import re
from pathlib import Path

import responses
from bot.care.commands import MENU
from bot.care.records import CONSENTS
from responses.library import Library
from responses.load import HOME
from tests.loaded import loaded

LIBRARY = loaded(Library)
ROOT = HOME.parent
MOMENT = re.compile(r"(consent|system|me|why|media|terminal|language)\.[a-z-]*[a-z]")


def test_the_voice_is_ours_and_not_the_mocking_library_of_that_name() -> None:
    assert Path(responses.__file__).parent == HOME
    assert not hasattr(responses, "activate")


def said_by_code() -> set[str]:
    """Moments written out in care and in the command line, where every string stands in double quotes (ruff)."""
    files = [path.read_text(encoding="utf-8") for path in (ROOT / "bot").rglob("*.py")]
    texts = {text for file in files for text in re.findall(r'"([^"\n]*)"', file)}
    return {text for text in texts if MOMENT.fullmatch(text)}


def test_every_moment_the_code_calls_has_words() -> None:
    calls = said_by_code()
    assert len(calls) > 30
    assert [m for m in sorted(calls) if not LIBRARY.at(m)] == []


def test_moments_made_of_parts_have_words() -> None:
    made = [f"menu.{name}" for name in MENU]
    made += [f"consent.name-{purpose.replace('_', '-')}" for purpose in CONSENTS]
    made += [f"consent.{purpose.replace('_', '-')}-{state}" for purpose in CONSENTS for state in ("on", "off")]
    made += [f"me.no-{fact}" for fact in ("country", "name", "off-limits", "named")]
    assert [m for m in made if not LIBRARY.at(m)] == []


def test_every_button_an_entry_names_has_a_label() -> None:
    named = {button for entry in LIBRARY.live for button in entry.buttons}
    assert named
    assert sorted(b for b in named if not LIBRARY.at(f"button.{b}")) == []


def test_telegrams_limit_on_callback_data() -> None:
    assert all(len(b.encode()) <= 64 for entry in LIBRARY.live for b in entry.buttons)


def test_the_notice_is_under_120_words_and_says_what_it_must() -> None:
    for moment in ("consent.notice", "consent.notice-first"):
        (entry,) = LIBRARY.at(moment)
        text = entry.say[0].lower()
        assert len(text.split()) < 120
        for needed in ("program", "not a person", "not an emergency service", "telegram", "18", "/help_now"):
            assert needed in text or (needed == "18" and "consent:talk" in entry.buttons)
