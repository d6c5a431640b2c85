"""The names under which the server keeps the plans of statements."""

from collections.abc import Iterable, Sequence
from zlib import crc32

from onhand.store.engine.statements import load_statements


def sharing(statements: Iterable[bytes]) -> Sequence[tuple[bytes, bytes]]:
    """The pairs of different statements that have one crc32, which names their plan."""
    known: dict[int, bytes] = {}
    return [(other, one) for one in statements if (other := known.setdefault(crc32(one), one)) != one]


def test_no_two_statements_share_the_name_of_a_plan() -> None:
    """L3: a plan is named by the crc32 of its statement; of two with one name, one would run the plan of the other."""
    kept = [one.sql for one in load_statements().values() if one.keeps_plan or one.renews_plan]

    found = sharing(kept)

    assert len(kept) > 1
    assert found == []


def test_two_that_share_a_name_are_found() -> None:
    """L3: the search can fail: these two words have the crc32 4DDB0C25."""
    found = sharing([b"plumless", b"select", b"buckeroo", b"plumless"])

    assert found == [(b"plumless", b"buckeroo")]
