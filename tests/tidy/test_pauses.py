"""The garbage collector of a busy process."""

import gc
from collections.abc import Iterator

import pytest

import onhand


@pytest.fixture
def as_before() -> Iterator[None]:
    """Give the collector back as it was."""
    threshold = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*threshold)


@pytest.mark.usefixtures("as_before")
def test_what_stays_is_left_alone() -> None:
    """What is there when it is called is looked at no more, and what comes is looked at less often; cycles still go."""
    onhand.shorten_pauses()

    assert gc.get_freeze_count() > 1_000
    assert gc.get_threshold()[0] >= 10_000
    cycle: list[object] = []
    cycle.append(cycle)
    del cycle
    assert gc.collect() >= 1
