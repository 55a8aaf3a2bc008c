"""The master key's file."""

import base64
import stat
from pathlib import Path

import pytest

import bot
from bot.store.errors import StoreError
from bot.store.keys import load_key, write_key


def test_made_only_when_asked_for_and_read_again(tmp_path: Path) -> None:
    path = tmp_path / "new folder" / "key"
    with pytest.raises(StoreError, match="no key file"):
        load_key(path)
    assert not path.exists()
    key = load_key(path, make=True)
    assert len(key) == 32
    assert load_key(path, make=True) == load_key(path) == key
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_never_written_over(tmp_path: Path) -> None:
    write_key(tmp_path / "key", bytes(32))
    with pytest.raises(StoreError, match="already"):
        write_key(tmp_path / "key", bytes(32))


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o666])
def test_refused_when_others_may_read_it(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "key"
    write_key(path, bytes(32))
    path.chmod(mode)
    with pytest.raises(StoreError, match="chmod 600"):
        load_key(path)


@pytest.mark.parametrize("written", [b"", b"not base64!", base64.b64encode(bytes(31)), bytes(32), b"\xff\xfe"])
def test_what_is_no_key_is_refused_without_repeating_it(tmp_path: Path, written: bytes) -> None:
    path = tmp_path / "key"
    path.write_bytes(written)
    path.chmod(0o600)
    with pytest.raises(StoreError, match="does not hold a key"):
        load_key(path)


def test_refused_with_the_code_in_a_repository_and_in_the_database(tmp_path: Path) -> None:
    inside = Path(bot.__file__).parent / "key"
    with pytest.raises(StoreError, match="inside"):
        load_key(inside, make=True)
    assert not inside.exists()
    (tmp_path / "clone" / ".git").mkdir(parents=True)
    with pytest.raises(StoreError, match="inside a repository"):
        load_key(tmp_path / "clone" / "home" / "key", make=True)
    database = tmp_path / "warmline.db"
    for same in (database, tmp_path / "warmline.db-wal"):
        with pytest.raises(StoreError, match="same file"):
            load_key(same, make=True, database=database)
    assert load_key(tmp_path / "key", make=True, database=database)


def test_a_link_into_a_repository_is_seen(tmp_path: Path) -> None:
    (tmp_path / "clone" / ".git").mkdir(parents=True)
    (tmp_path / "link").symlink_to(tmp_path / "clone")
    with pytest.raises(StoreError, match="inside a repository"):
        load_key(tmp_path / "link" / "key", make=True)


def test_a_folder_that_cannot_be_used_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError):
        load_key(tmp_path / "file" / "key", make=True)
