"""
Columns on their way to PostgreSQL: arrays in its binary format, built without a call for each value.

A batch writes some thirty columns; as lists they would cost more than deciding and hashing together.
Format: number of dimensions, null flag, element type, length, lower bound; then each value after its length.
"""

import struct
from array import array
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import ClassVar

from onhand.kernel.canonical import microseconds

_HEADER = struct.Struct(">iiIii")
EPOCH_2000 = 946_684_800_000_000
"""Microseconds from 1970 to 2000, where PostgreSQL begins to count."""
_EIGHT = b"\x00\x00\x00\x08"
_FEW = 8
_NULL = b"\xff\xff\xff\xff"


class Column:
    """Values of one column, encoded already; `oid` is the type of the array."""

    __slots__ = ("encoded",)
    encoded: bytes
    oid: ClassVar[int]
    element_oid: ClassVar[int]

    def _head(self, length: int) -> bytes:
        return (
            _HEADER.pack(1, 1, self.element_oid, length, 1)
            if length
            else _HEADER.pack(0, 0, self.element_oid, 0, 0)[:12]
        )


class Bigints(Column):
    """A bigint column without nulls."""

    __slots__ = ()
    oid, element_oid = 1016, 20

    def __init__(self, values: Iterable[int]) -> None:
        words = values if isinstance(values, list | tuple) else list(values)
        length = len(words)
        if length <= _FEW:
            parts = [_EIGHT + word.to_bytes(8, "big", signed=True) for word in words]
            self.encoded = b"".join([self._head(length), *parts])
            return
        packed = array("q", words)
        packed.byteswap()
        raw = packed.tobytes()
        body = bytearray(12 * length)
        body[3::12] = b"\x08" * length
        for position in range(8):
            body[4 + position :: 12] = raw[position::8]
        self.encoded = self._head(length) + body


def sparse(values: Sequence[int | None]) -> Bigints | None:
    """Give a column in which a null stands for zero; nothing at all where all are zero, which costs nobody anything."""
    return Bigints([value or 0 for value in values]) if any(values) else None


class Times(Bigints):
    """A timestamptz column without nulls."""

    __slots__ = ()
    oid, element_oid = 1185, 1184

    def __init__(self, values: Iterable[datetime]) -> None:
        """Encode the values, counted in microseconds from the year 2000 on."""
        super().__init__([microseconds(value) - EPOCH_2000 for value in values])


class Blobs(Column):
    """A bytea column whose values all have one length."""

    __slots__ = ()
    oid, element_oid = 1001, 17

    def __init__(self, values: list[bytes]) -> None:
        prefix = struct.pack(">i", len(values[0])) if values else b""
        self.encoded = self._head(len(values)) + prefix + prefix.join(values)


class Uuids(Blobs):
    """A uuid column: values of 16 bytes."""

    __slots__ = ()
    oid, element_oid = 2951, 2950


class Texts(Column):
    """A text column; None is null."""

    __slots__ = ()
    oid, element_oid = 1009, 25

    def __init__(self, values: Iterable[str | None]) -> None:
        """Encode the values; equal neighbours, which are the rule, are encoded once."""
        parts: list[bytes] = []
        known: dict[str | None, bytes] = {None: _NULL}
        for value in values:
            part = known.get(value)
            if part is None:
                encoded = str(value).encode()
                part = known[value] = len(encoded).to_bytes(4, "big") + encoded
            parts.append(part)
        self.encoded = self._head(len(parts)) + b"".join(parts)
