"""Secrets that are handed over: codes to type, tokens in links and cookies. What is kept of each is its hash."""

import hashlib
import hmac
import re
import secrets

_LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ23456789"  # no 0 O 1 I L U: read aloud and typed without doubt
_CODE = 12  # of 30 letters: 58 bits, used once and soon past; guessing at Telegram's pace takes ages
_GROUP = 4


def new_code() -> str:
    """As it is handed over: "K7QM-2FTX-9WPA"."""
    plain = "".join(secrets.choice(_LETTERS) for _ in range(_CODE))
    return "-".join(plain[at : at + _GROUP] for at in range(0, _CODE, _GROUP))


def plain_code(typed: str) -> str:
    """What was typed, without dashes and case; "" when it cannot be a code."""
    plain = re.sub(r"[\s-]+", "", typed).upper()
    return plain if len(plain) == _CODE and set(plain) <= set(_LETTERS) else ""


def new_token() -> str:
    return secrets.token_urlsafe(32)


def new_id() -> str:
    """Random, for addresses and buttons."""
    return secrets.token_hex(8)


def hashed(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def code_hash(typed: str) -> str:
    return hashed(plain_code(typed))


def mark(secret: str, purpose: str) -> str:
    """A value that only who holds the secret could make, such as the token in the forms of one session."""
    return hmac.new(secret.encode("utf-8", "surrogatepass"), purpose.encode(), hashlib.sha256).hexdigest()


def same(one: str, other: str) -> bool:
    """In constant time."""
    return hmac.compare_digest(one.encode("utf-8", "surrogatepass"), other.encode("utf-8", "surrogatepass"))
