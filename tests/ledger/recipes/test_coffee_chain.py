"""One outlet's April: pastries delivered, sold by receipts, thrown away and counted, and what the books say of it."""

import csv
import gzip
from collections import Counter
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pytest

from onhand.kernel.command import Command, Line
from onhand.kernel.posting import Posting
from onhand.kernel.quantity import SCALE
from onhand.kernel.recipes.deduct import Deduct
from onhand.kernel.recipes.deducting import Sold
from onhand.kernel.stock.adjust import Adjust
from onhand.kernel.stock.count import Count
from onhand.kernel.stock.receive import Receive
from onhand.ledger.recipes.port import Variance
from onhand.ledger.stock import Stock

OWED = 1_000
"""So far each pastry may fall below zero, since more was sold and thrown away on some days than there was."""


class Day(NamedTuple):
    """What the file says of a pastry on a day."""

    day: datetime
    product: str
    start: int
    sold: int
    waste: int

    @property
    def counted(self) -> int:
        """What is left by the file's own figures; where they say less than nothing, nothing was there to count."""
        return max(self.start - self.sold - self.waste, 0)


def day_of(text: str) -> datetime | None:
    """Read a day in the three styles of the files; None where it is mangled."""
    for style in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(text, style).replace(tzinfo=UTC)
        except ValueError:
            continue
    return None


def rows(path: Path) -> list[dict[str, str]]:
    """Read a table."""
    with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def read_days(path: Path) -> list[Day]:
    """Read the counts, in the order of time."""
    days = []
    for row in rows(path):
        day = datetime.strptime(row["transaction_date"], "%m/%d/%Y").replace(tzinfo=UTC)
        figures = (int(row[name]) for name in ("start_of_day", "quantity_sold", "waste"))
        days.append(Day(day, row["product_id"], *figures))
    return sorted(days)


def receipts_of(path: Path, days: list[Day]) -> dict[tuple[datetime, str], list[int]]:
    """Give the quantities on the receipts of each day and pastry that were counted; mangled lines are left out."""
    wanted: dict[tuple[datetime, str], list[int]] = {(day.day, day.product): [] for day in days}
    for row in rows(path):
        day = day_of(row["transaction_date"])
        if (
            day is not None
            and (day, row["product_id"]) in wanted
            and row["quantity"].isdigit()
            and int(row["quantity"])
        ):
            wanted[day, row["product_id"]].append(int(row["quantity"]))
    return wanted


def commands_of(day: Day, sold: list[int], left: int) -> list[Command]:
    """Give what happened to a pastry on a day: delivered, sold line by line, thrown away, counted."""
    name, sku = f"{day.day:%Y%m%d}/{day.product}", f"P-{day.product}"
    morning, evening = day.day + timedelta(hours=6), day.day + timedelta(hours=20)
    done: list[Command] = []
    if day.start > left:
        lines = (Line(sku, (day.start - left) * SCALE),)
        done.append(Receive(key=f"delivery/{name}", site="outlet", lines=lines, occurred_at=morning))
    done += [
        Deduct(
            key=f"sale/{name}/{number}",
            site="outlet",
            transaction=f"{name}/{number}",
            items=(Sold(day.product, quantity * SCALE),),
            occurred_at=morning + timedelta(seconds=number + 1),
        )
        for number, quantity in enumerate(sold)
    ]
    if day.waste:
        waste = Deduct(
            key=f"waste/{name}",
            site="outlet",
            transaction=f"waste/{name}",
            items=(Sold(f"WASTE-{day.product}", day.waste * SCALE),),
            reason="waste of the day",
            occurred_at=evening,
        )
        done.append(waste)
    return done


async def done(stock: Stock, commands: list[Command]) -> None:
    """Execute commands, none of which may be refused."""
    for outcome in await stock.bulk(commands):
        assert isinstance(outcome, Posting), outcome


async def all_variances(stock: Stock) -> list[Variance]:
    """List all of them, in the order in which they were counted."""
    found: list[Variance] = []
    after: str | None = None
    while True:
        page = await stock.recipes.list_variances("outlet", after=after, limit=20)
        found += page
        after = page.after
        if after is None:
            return found[::-1]


@pytest.mark.timeout(120)
async def test_april_of_one_outlet(stock: Stock, shared: Path) -> None:
    """R7, R11: counted against booked is, for each pastry and day, what receipts and the file's own sales differ by."""
    folder = shared / "data" / "coffee-chain"
    if not folder.is_dir():
        pytest.skip("the receipts of the coffee chain are not beside this checkout")
    days = read_days(folder / "pastry_inventory.csv.gz")
    receipts = receipts_of(folder / "sales_receipts.csv.gz", days)
    products = sorted({day.product for day in days})
    await stock.define(sites=["outlet"], items=[f"P-{product}" for product in products], key="items")
    await stock.recipes.map_ingredients(
        site="outlet", mappings=[(f"Pastry {product}", "piece", f"P-{product}") for product in products], key="map"
    )
    for product in products:
        for code in (product, f"WASTE-{product}"):
            await stock.recipes.define(product=code, ingredients=[(f"Pastry {product}", "1", "piece")], key=f"r/{code}")
    await stock.allow_negative(site="outlet", lines=[(f"P-{product}", OWED) for product in products], key="owed")

    left: Counter[str] = Counter()
    booked: dict[tuple[datetime, str], int] = {}
    for day in days:
        place = day.day, day.product
        sku = f"P-{day.product}"
        if day.start < left[day.product]:
            gone = (Line(sku, (day.start - left[day.product]) * SCALE),)
            await done(stock, [Adjust(key=f"gone/{place}", site="outlet", lines=gone, reason="of the day before")])
        await done(stock, commands_of(day, receipts[place], left[day.product]))
        booked[place] = day.start - sum(receipts[place]) - day.waste
        evening = day.day + timedelta(hours=21)
        counts = (Line(sku, day.counted * SCALE),)
        await done(stock, [Count(key=f"count/{place}", site="outlet", lines=counts, occurred_at=evening)])
        left[day.product] = day.counted

    found = await all_variances(stock)
    assert len(found) == len(days) == 97
    for day, told in zip(days, found, strict=True):
        place = day.day, day.product
        assert (told.place.sku, told.occurred_at.date()) == (f"P-{day.product}", day.day.date())
        assert (told.booked, told.counted) == (Decimal(booked[place]), Decimal(day.counted)), day
        if day.start >= day.sold + day.waste:
            assert told.difference == sum(receipts[place]) - day.sold, day
    assert sum(told.difference != 0 for told in found) > 0
    assert (await stock.verify()).ok


async def test_variances_of_an_item(stock: Stock) -> None:
    """R7: a count is listed with what was booked, found or missing, and pages go back in time."""
    await stock.define(sites=["outlet"], items=["A", "B"], key="items")
    await stock.receive(site="outlet", lines=[("A", 5), ("B", 5)], key="stock")
    await stock.count(site="outlet", lines=[("A", 3), ("B", 5)], key="c1", reason="evening")
    await stock.count(site="outlet", lines=[("A", 4)], key="c2")

    found = [
        (told.number, told.booked, told.counted, told.difference)
        for told in await stock.recipes.list_variances("outlet", "A")
    ]
    first = await stock.recipes.list_variances("outlet", limit=2)
    rest = await stock.recipes.list_variances("outlet", limit=2, after=first.after)

    assert found == [
        (4, Decimal(3), Decimal(4), Decimal(1)),
        (3, Decimal(5), Decimal(3), Decimal(-2)),
    ]
    assert [(told.number, told.place.sku) for told in (*first, *rest)] == [(4, "A"), (3, "B"), (3, "A")]
    assert rest.rows[0].reason == "evening"
