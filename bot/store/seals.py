"""Sealing: what the master key and each client's own key close and open, and the keyed hash that finds a chat.

AES-256-GCM with its nonce before the text. The row a value stands in goes in as associated data, so that rows cannot be
swapped. The master key itself closes nothing: HKDF (RFC 5869) gives one key for each purpose.
"""

import hmac
import os
from functools import lru_cache
from itertools import count

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.store.errors import SEALED, StoreError

KEY_BYTES = 32
_NONCE_BYTES = 12
_LAST_NONCE = (1 << 96) - 1
_CHATS_KEPT = 4096


def derive(key: bytes, purpose: str, length: int = KEY_BYTES) -> bytes:
    """A key for one purpose out of another key."""
    return HKDF(SHA256(), length, salt=None, info=b"warmline " + purpose.encode()).derive(key)


class Box:
    """Closes and opens under one key. Not to be used on both sides of a fork: both would count on from one nonce."""

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)
        # A random start and a counter (NIST SP 800-38D, 8.2.1): asking the system for each nonce gives other threads
        # the word each time, which costs more than the sealing.
        self._count = count(int.from_bytes(os.urandom(8), "big") << 32)

    def seal(self, plain: bytes, row: str) -> bytes:
        nonce = (next(self._count) & _LAST_NONCE).to_bytes(_NONCE_BYTES, "big")
        return nonce + self._cipher.encrypt(nonce, plain, row.encode())

    def open(self, sealed: bytes, row: str) -> bytes:
        """Raises StoreError when the value was changed, moved from another row, or sealed by another key."""
        try:
            return self._cipher.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], row.encode())
        except (InvalidTag, ValueError):
            raise StoreError(SEALED) from None


class Master:
    """What follows from the master key: the wrapping of data keys, the seal of what is on its way, a fingerprint."""

    def __init__(self, key: bytes) -> None:
        if len(key) != KEY_BYTES:
            raise StoreError(f"The key must be {KEY_BYTES} bytes long.")
        self.wrap = Box(derive(key, "wrap data keys"))
        self.box = Box(derive(key, "inbox and outbox"))
        self.fingerprint = derive(key, "fingerprint", 16)


class Finder:
    """The keyed hash by which a chat is found without its id being readable."""

    def __init__(self, secret: bytes) -> None:
        self._key = derive(secret, "find chats")
        self.chat = lru_cache(_CHATS_KEPT)(self._chat)

    def _chat(self, chat: int) -> bytes:
        return hmac.digest(self._key, b"chat %d" % chat, "sha256")[:16]

    def message(self, chat: int, message: int) -> bytes:
        return hmac.digest(self._key, b"message %d %d" % (chat, message), "sha256")[:16]


def new_key() -> bytes:
    return os.urandom(KEY_BYTES)


def seal_chat(box: Box, chat: int, row: str) -> bytes:
    """A Telegram id in 64 bits, closed."""
    return box.seal(chat.to_bytes(8, "big", signed=True), row)


def open_chat(box: Box, sealed: bytes, row: str) -> int:
    return int.from_bytes(box.open(sealed, row), "big", signed=True)
