"""onhand itself, as a library in one process, with everything switched on."""

import random
from collections.abc import Callable, Sequence
from time import perf_counter

import onhand
from bench.baskets import basket
from bench.cases import BULK_SALES, ITEMS, STOCK, VERIFIED_POSTINGS, Contender, Load, Workload
from bench.loop import Act, ClosedLoop, run
from bench.sample import Sample, sample_of
from bench.server import Server
from onhand.kernel.command import Line
from onhand.kernel.quantity import parse_quantity
from onhand.kernel.stock.sell import Sell
from onhand.ledger.core.answers import Verification
from onhand.ledger.stock import Stock
from onhand.store.database.schema import upgrade_schema

SITE = "shop"
PRODUCT = "CROFFLE"
INGREDIENTS = 3
_LINES_A_RECEIPT = 1_000


class Onhand:
    """A ledger of one org, opened for each load and closed after it."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._runs = 0

    def open(self) -> onhand.connect:
        """Open the ledger of this run; its address is given, so that no setting of the user's leads elsewhere."""
        return onhand.connect(self._server.addresses.engine_url, org="main", actor="till")

    def fill(self) -> None:
        """Make a site with plenty of each item."""
        upgrade_schema(self._server.addresses.owner_url)
        run(self._fill())

    def run(self, load: Load, workload: Workload, seconds: int) -> Sample:
        """Warm up, then measure."""
        self._runs += 1
        if load.contender is Contender.ONHAND_VERIFY:
            return run(self._verify(workload))
        return run(self._sell(load, workload, seconds))

    def check(self) -> None:
        """See that the ledger is in order after all that: chain, balances and keys."""
        run(self._check())

    async def _check(self) -> None:
        async with self.open() as stock:
            require_proof(await stock.verify())

    async def _fill(self) -> None:
        async with self.open() as stock:
            await stock.define(sites=[SITE], key="site")
            for first in range(1, ITEMS + 1, _LINES_A_RECEIPT):
                skus = [sku(item) for item in range(first, first + _LINES_A_RECEIPT)]
                await stock.define(items=skus, key=f"items-{first}")
                await stock.receive(site=SITE, lines=[(code, STOCK) for code in skus], key=f"goods-{first}")
            parts = [(f"Ingredient {item}", "1/8", "cup") for item in range(1, INGREDIENTS + 1)]
            await stock.recipes.define(product=PRODUCT, ingredients=parts, key="recipe")
            mappings = [(name, unit, sku(item), "1") for item, (name, _, unit) in enumerate(parts, start=1)]
            await stock.recipes.map_ingredients(site=SITE, mappings=mappings, key="mappings")

    async def _sell(self, load: Load, workload: Workload, seconds: int) -> Sample:
        chooser = random.Random(self._runs)
        async with self.open() as stock:
            if load.contender is Contender.ONHAND_DEDUCT:
                act = deductions(stock, f"run{self._runs}")
            else:
                selling = bulks if load.contender is Contender.ONHAND_BULK else sales
                act = selling(stock, lambda: basket(chooser, workload), f"run{self._runs}")
            loop = ClosedLoop(act, load.callers, self._server.wal_position)
            return await loop.measure(workload.warm_seconds, seconds)

    async def _verify(self, workload: Workload) -> Sample:
        """Prove the whole ledger once; the first time, postings are made until there are enough."""
        chooser = random.Random(self._runs)
        async with self.open() as stock:
            act = bulks(stock, lambda: basket(chooser, workload), f"run{self._runs}")
            calls = 0
            while (await stock.head()).number < VERIFIED_POSTINGS:
                await act(0, calls)
                calls += 1
            wal_before = self._server.wal_position()
            start = perf_counter()
            proof = await stock.verify()
            seconds = perf_counter() - start
            wal_after = self._server.wal_position()
        require_proof(proof)
        return sample_of([seconds], count=proof.postings, seconds=seconds, wal_bytes=wal_after - wal_before)


def require_proof(proof: Verification) -> None:
    """Raise RuntimeError if the ledger is wrong: then its figures say nothing."""
    if not proof.ok:
        raise RuntimeError(f"the ledger is not in order: {proof.first}")


def sku(item: int) -> str:
    """The code of an item."""
    return f"SKU-{item:05}"


def sales(stock: Stock, choose: Callable[[], Sequence[int]], prefix: str) -> Act:
    """One sale for each act."""

    async def act(caller: int, number: int) -> int:
        await stock.sell(site=SITE, lines=[(sku(item), 1) for item in choose()], key=f"{prefix}-{caller}/{number}")
        return 1

    return act


def deductions(stock: Stock, prefix: str) -> Act:
    """One sale of a product of three ingredients for each act."""

    async def act(caller: int, number: int) -> int:
        receipt = f"{prefix}-{caller}/{number}"
        await stock.recipes.deduct(transaction=receipt, site=SITE, items=[(PRODUCT, 1)], key=receipt)
        return 1

    return act


def bulks(stock: Stock, choose: Callable[[], Sequence[int]], prefix: str) -> Act:
    """Many sales for each act, each with a key, and accepted or refused, of its own."""
    one = parse_quantity(1)

    async def act(caller: int, number: int) -> int:
        outcomes = await stock.bulk(
            Sell(
                key=f"{prefix}-{caller}/{number}/{sale}",
                actor="till",
                site=SITE,
                lines=tuple(Line(sku(item), one) for item in choose()),
            )
            for sale in range(BULK_SALES)
        )
        wrong = [outcome for outcome in outcomes if not isinstance(outcome, onhand.Posting)]
        if wrong:
            raise RuntimeError(f"a sale of a bulk call was not accepted: {wrong[0]}")
        return len(outcomes)

    return act
