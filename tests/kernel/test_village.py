"""The village: each operation has a command that is accepted there, so no table about all of them leaves one out."""

import pytest

from onhand.kernel.operations import OPERATIONS
from tests.kernel.village import AT_ONCE, LATER, make, settle


@pytest.mark.parametrize("kind", sorted(OPERATIONS))
def test_one_of_each_kind_is_accepted(kind: str) -> None:
    """What a table changes is accepted unchanged, so that what is refused is refused for the change."""
    village = settle()

    posting = village.world.execute(make(kind, **village.accepted(kind)))

    assert posting.kind == kind
    assert posting.movements or posting.changes or kind in {"report", "watch"}


def test_every_operation_has_one() -> None:
    """An operation that is added has to be accepted somewhere."""
    assert AT_ONCE.keys() | LATER.keys() == OPERATIONS.keys()
