"""
Canonical bytes: the one spelling of a posting and of a command, and the hash chain over it.

Version 1 is a JSON array without spaces, UTF-8, strings escaped only where JSON demands it:

    [1, org, number, kind, key, fingerprint, actor, reason, document_type, document_id,
     occurred_at, recorded_at, [reverted number ...], data, [movement ...], [change ...]]

    movement: [holding, source, target, quantity]          change: [entity, id, action, before, after]
              [holding, source, target, quantity, value]   where goods of a known cost move

Times are microseconds since 1970 in UTC; the fingerprint is 32 hex digits; quantities and values are millionths;
members of `data`, `before` and `after` are sorted by name. hash = sha256(hash of the posting before ‖ these
bytes); before the first posting stand 32 zero bytes. Test vectors: tests/kernel/test_canonical.py.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from json.encoder import c_make_encoder  # type: ignore[attr-defined]  # the C function behind json.dumps
from json.encoder import encode_basestring as _quoted

from onhand.kernel.posting import Change, Movement, Posting
from onhand.kernel.states import WORDS

VERSION = 1
GENESIS = bytes(32)
"""What stands before the first posting of a journal."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def canonical_json(value: object) -> str:
    """
    Write plain JSON values in their one spelling: members sorted, no spaces.

    Floats have no one spelling; `check_data` keeps them out before.
    """
    return _encode(value)


@lru_cache(maxsize=256)  # the postings of a batch share their moment
def microseconds(moment: datetime) -> int:
    """Count the microseconds from 1970 to an aware time."""
    return (moment - _EPOCH) // _MICROSECOND


def posting_text(org_id: int, posting: Posting) -> str:
    """Write a posting in its canonical spelling."""
    recorded_at = microseconds(posting.recorded_at)
    occurred_at = recorded_at if posting.occurred_at is posting.recorded_at else microseconds(posting.occurred_at)
    return (
        f"[{VERSION},{org_id},{posting.number},{_quoted(posting.kind)},{_quoted(posting.key)},"
        f'"{posting.fingerprint.hex()}",{_quoted(posting.actor)},{_text(posting.reason)},'
        f"{_text(posting.document_type)},{_text(posting.document_id)},"
        f"{occurred_at},{recorded_at},"
        f"[{','.join(map(str, posting.reverts))}],"
        f"{'null' if posting.data is None else canonical_json(posting.data)},"
        f"[{_movements(posting.movements)}],[{_changes(posting.changes)}]]"
    )


def posting_hash(previous: bytes, org_id: int, posting: Posting) -> bytes:
    """Seal a posting and all before it."""
    return hashlib.sha256(previous + posting_text(org_id, posting).encode()).digest()


def fingerprint_of(kind: str, content: object) -> bytes:
    """Condense what a command asks for into 16 bytes; two commands with one fingerprint ask for the same."""
    return hashlib.blake2b(canonical_json([kind, content]).encode(), digest_size=16).digest()


def key_hash(key: str) -> bytes:
    """Condense an idempotency key into the 16 bytes under which it is unique in its org."""
    return hashlib.blake2b(key.encode(), digest_size=16).digest()


def _movements(movements: Iterable[Movement]) -> str:
    return ",".join(
        [
            f'[{holding_id},"{WORDS[source]}","{WORDS[target]}",{quantity}{f",{value}" if value else ""}]'
            for holding_id, _, source, target, quantity, _, value, _, _ in movements
        ]
    )


def _changes(changes: Iterable[Change]) -> str:
    return ",".join(
        f"[{_quoted(change.entity)},{change.entity_id},{_quoted(change.action)},"
        f"{'null' if change.before is None else canonical_json(change.before)},{canonical_json(change.after)}]"
        for change in changes
    )


def _text(value: str | None) -> str:
    return "null" if value is None else _quoted(value)


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return microseconds(value)
    if isinstance(value, Mapping):
        return dict(value)
    return str(value)


def _encoder() -> Callable[[object], str]:
    """Make the encoder once; the one of the standard library makes its C part anew for each value."""
    plain = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False, default=_plain)
    if c_make_encoder is None:
        return plain.encode
    compiled = c_make_encoder(None, _plain, _quoted, None, ":", ",", True, False, False)  # noqa: FBT003 - its own order
    return lambda value: "".join(compiled(value, 0))


_encode = _encoder()
