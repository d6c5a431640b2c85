"""Which runs of items are read ahead, and what of them is kept."""

from onhand.store.engine.neighbours import ORG_SIZE_MAX, RUN, Ahead

SITE = 7


def row(item_id: int, lot_id: int | None = None) -> tuple[int | None, ...]:
    """Make the front of a holding's row: id, version, and its key."""
    return (item_id * 10, 1, SITE, item_id, None, lot_id, None)


def test_a_run_is_read_once() -> None:
    """Items of one run are read together, and one that is asked for later is read by itself."""
    ahead = Ahead()

    assert ahead.spans([(SITE, 1), (SITE, 2), (SITE, RUN)], ORG_SIZE_MAX) == [
        (SITE, 0, RUN - 1),
        (SITE, RUN, 2 * RUN - 1),
    ]
    assert ahead.spans([(SITE, 3)], ORG_SIZE_MAX) == [(SITE, 3, 3)]
    assert ahead.spans([(SITE + 1, 3)], ORG_SIZE_MAX) == [(SITE + 1, 0, RUN - 1)]


def test_a_large_org_is_not_read_ahead() -> None:
    """Where the org does not fit into a book, only what is wanted is read."""
    assert Ahead().spans([(SITE, 1), (SITE, 2)], ORG_SIZE_MAX + 1) == [(SITE, 1, 1), (SITE, 2, 2)]


def test_lots_are_kept_only_where_they_are_wanted() -> None:
    """A neighbour that lies in a lot is left out whole, since more would have to be read with it."""
    ahead = Ahead()
    ahead.spans([(SITE, 1)], 0)
    rows = [row(1), row(1, lot_id=5), row(2), row(3), row(3, lot_id=6)]

    assert ahead.kept(rows) == [row(1), row(1, lot_id=5), row(2)]
    assert ahead.taken == [(SITE, 2)]
