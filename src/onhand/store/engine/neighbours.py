"""
Read-ahead (prefetching): with an item at a site come the holdings of its neighbours, the items with the next ids.

A batch that meets an item for the first time has to ask the database before it can be decided. Whoever sells one item
of a shop sells the others soon; so where the whole org fits into a book, a run of neighbours is read in the same
round trip. Items that are kept in lots or by unit are not read ahead, since more would have to be read with them. This
is about rows; that batches are decided ahead of their transaction is another thing (`ledger/engine/execute.py`).
"""

from collections.abc import Iterable, Sequence

from onhand.store.engine.rows import DriverRow, holding_key

RUN = 128
"""So many items with ids next to each other make a run, which is read together."""
ORG_SIZE_MAX = 100_000
"""An org that has given out more ids than this would not fit into a book, so nothing is read ahead."""

Pair = tuple[int, int]
"""A site and an item, by their ids."""


class Ahead:
    """What was read ahead into one book."""

    def __init__(self) -> None:
        self._runs: set[Pair] = set()
        self._wanted: set[Pair] = set()
        self.taken: list[Pair] = []
        """Places that were read ahead and are not noted as known yet."""

    def spans(self, pairs: Sequence[Pair], size: int) -> list[tuple[int, int, int]]:
        """
        Give the ranges to read for some places: site, first and last item.

        A place in a run that was not read yet asks for the whole run, once; any other asks for itself alone.

        Args:
            pairs: The places that are wanted.
            size: How many ids the org has given out.
        """
        self._wanted.update(pairs)
        spans: list[tuple[int, int, int]] = []
        fresh: set[Pair] = set()
        for site_id, item_id in pairs:
            run = site_id, item_id // RUN
            if size > ORG_SIZE_MAX or run in self._runs:
                spans.append((site_id, item_id, item_id))
            elif run not in fresh:
                fresh.add(run)
                spans.append((site_id, run[1] * RUN, run[1] * RUN + RUN - 1))
        self._runs |= fresh
        return spans

    def kept(self, rows: Iterable[DriverRow]) -> list[DriverRow]:
        """Choose which rows go into the book: of places that are wanted all, of neighbours those that have no lots."""
        kept: list[DriverRow] = []
        beside: dict[Pair, list[DriverRow]] = {}
        for row in rows:
            key = holding_key(row)
            pair = key.site_id, key.item_id
            if pair in self._wanted:
                kept.append(row)
            else:
                beside.setdefault(pair, []).append(row)
        for pair, found in beside.items():
            if all(holding_key(row).lot_id is None for row in found):
                kept += found
                self.taken.append(pair)
        return kept
