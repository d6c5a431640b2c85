"""Whole postings, read slice by slice."""

from onhand.ledger.stock import Stock
from tests.ledger.ledgers import reading_of
from tests.store.busy_week import a_busy_week


async def test_a_slice_holds_the_postings_that_are_there_one_by_one(stock: Stock) -> None:
    """B27: streams and webhooks read slices, and find in them what each posting is by itself, field by field."""
    postings = await a_busy_week(stock)
    history = reading_of(stock).history
    middle = len(postings) // 2

    assert list(await history.slice(1, len(postings))) == postings
    assert list(await history.slice(middle, middle)) == [postings[middle - 1]]
    assert await history.slice(len(postings) + 1, len(postings) + 50) == []
