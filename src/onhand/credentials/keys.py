"""
API keys: `ohk_live_<org>_<secret><checksum>`, made by chance, stored nowhere but with whoever was shown them.

The org leads to the ledger in which the hash is looked up; the secret is 175 bits; the checksum tells a mistyped or
made-up key without asking the database.
"""

import hashlib
import re
import secrets
import zlib
from typing import NamedTuple

PREFIX = "ohk_live_"
SESSION_PREFIX = "ohs_live_"
"""Tokens of sessions are made like keys, and neither passes for the other."""
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_SECRET_LENGTH, _CHECKSUM_LENGTH = 35, 7
_FORM = re.compile(
    rf"(?:{PREFIX}|{SESSION_PREFIX})([1-9][0-9]{{0,18}})_([{_ALPHABET}]{{{_SECRET_LENGTH}}})([{_ALPHABET}]{{{_CHECKSUM_LENGTH}}})"
)


class ShownKey(NamedTuple):
    """A key as it is shown once, and the hash that is stored."""

    text: str
    key_hash: str


class ReadKey(NamedTuple):
    """What a key tells by itself: in which org it may be known, and its hash there."""

    org_id: int
    key_hash: str
    is_session: bool = False


def make_key(org_id: int, prefix: str = PREFIX) -> ShownKey:
    """Make a key of an org."""
    secret = "".join(secrets.choice(_ALPHABET) for _ in range(_SECRET_LENGTH))
    stem = f"{prefix}{org_id}_{secret}"
    text = stem + _checksum(stem)
    return ShownKey(text, hash_of(text))


def read_key(text: str, prefix: str = PREFIX) -> ReadKey | None:
    """Read a key; None for what cannot be one."""
    match = _FORM.fullmatch(text) if text.startswith(prefix) else None
    if match is None or _checksum(text[:-_CHECKSUM_LENGTH]) != match[3] or int(match[1]) >= 2**63:
        return None
    return ReadKey(int(match[1]), hash_of(text), prefix == SESSION_PREFIX)


def _checksum(stem: str) -> str:
    number = zlib.crc32(stem.encode())
    return "".join(_ALPHABET[number >> 5 * place & 31] for place in range(_CHECKSUM_LENGTH))


def hash_of(text: str) -> str:
    """Give the hash of a key, by which it is stored and looked up."""
    return hashlib.sha256(text.encode()).hexdigest()
