"""
What the server is to answer to a statement, and what is wrong with an answer that is another.

An answer that is not the expected one is no success, whatever it is: a COMMIT that is answered ROLLBACK, rows that were
counted and are not there, the answer of another statement.
"""

import re
from functools import cache
from typing import NamedTuple

from psycopg.pq import ExecStatus
from psycopg.pq.abc import PGresult

_WORDS = re.compile(rb"[()]|\b(?:SELECT|INSERT|UPDATE|DELETE|RETURNING)\b|'[^']*'")
_COUNTED = frozenset({b"SELECT", b"INSERT", b"UPDATE", b"DELETE"})
_OUTSIDE = _COUNTED | {b"RETURNING"}
_SHOWN = frozenset({b"SHOW", b"EXPLAIN"})
"""What else is answered with rows, which nobody counts."""


class Expected(NamedTuple):
    """The command tag that a statement is answered with, its count left out, and whether rows come with it."""

    tag: bytes
    has_rows: bool

    def flaw_of(self, result: PGresult, rows: int | None) -> str | None:
        """
        Say what is wrong with an answer.

        Args:
            result: What the server answered; not an error.
            rows: How many rows are returned or written, where that is known.
        """
        status = ExecStatus.TUPLES_OK if self.has_rows else ExecStatus.COMMAND_OK
        if result.status != status:
            return f"{ExecStatus(result.status).name} instead of {status.name}"
        tag, _, count = (result.command_status or b"").partition(b" ")
        if tag != self.tag:
            return f"an answer to {tag.decode() or 'nothing'} instead of {self.tag.decode() or 'a plan'}"
        if not count:
            return "no count of rows" if tag in _COUNTED else None
        figures = count.rpartition(b" ")[2]
        if not figures.isdigit():
            return "no number where rows are counted"
        counted = int(figures)
        if self.has_rows and counted != result.ntuples:
            return f"{result.ntuples} rows where {counted} were counted"
        if rows is not None and counted != rows:
            return f"{counted} rows instead of {rows}"
        return None


@cache
def expected_of(sql: bytes) -> Expected:
    """Read off a statement what it is answered with: its first word, or after WITH the first that is in no brackets."""
    first = sql.split(None, 1)[0]
    if first not in _COUNTED and first != b"WITH":
        return Expected(first, first in _SHOWN)
    depth, outside = 0, []
    for word in _WORDS.findall(sql):
        depth += (word == b"(") - (word == b")")
        if not depth and word in _OUTSIDE:
            outside.append(word)
    return Expected(outside[0], outside[0] == b"SELECT" or b"RETURNING" in outside)
