"""
Drives the orders of a pizza place through the ledger: recipes, mappings, opening stock, deductions, a sample of voids.

Every command has a key of its own, so a run that was stopped is finished by running it again, and running it once more
changes nothing. What the ledger has left is compared with what the files say, gram by gram.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from time import perf_counter
from typing import Protocol

from examples.loaders.pizza_place import PizzaOrder, PizzaPlace
from onhand.kernel.command import Command, Line
from onhand.kernel.exact import ZERO, millionths_of
from onhand.kernel.posting import Posting
from onhand.kernel.quantity import SCALE, quantity_text
from onhand.kernel.recipes.deduct import Deduct
from onhand.kernel.recipes.deducting import Sold
from onhand.kernel.recipes.define_recipe import DefineRecipe, Ingredient
from onhand.kernel.recipes.map_ingredients import MapIngredients, MappingLine
from onhand.kernel.recipes.void_deduction import VoidDeduction
from onhand.kernel.stock.define import Define, ItemLine, SiteLine
from onhand.kernel.stock.receive import Receive
from onhand.ledger.engine.request import Outcome

BATCH = 500
VOIDED_EVERY = 500
"""Every so many orders one is voided."""

_GRAMS_IN_KG = 1_000


class Recipes(Protocol):
    """What a replay needs of the recipes of a ledger."""

    async def available(self, site: str, /) -> dict[str, Decimal]:
        """Give what is available of each item at a site."""
        ...


class Ledger(Protocol):
    """What a replay needs of an open ledger."""

    async def bulk(self, commands: Sequence[Command], /) -> Sequence[Outcome]:
        """Execute commands in order, each on its own."""
        ...

    @property
    def recipes(self) -> Recipes:
        """Its recipes."""
        ...


class Watcher(Protocol):
    """Sees how far a replay has come."""

    def replayed(self, lines: int) -> None:
        """So many lines have their outcome."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class PizzaSummary:
    """
    The account of a replay; grams are in millionths.

    `differences` has each item of which the ledger has something else than the files say: after the sales, or after the
    voids.
    """

    orders: int
    lines: int
    pizzas: int
    recipes: int
    items: int
    grams_taken: int
    voided: int
    grams_returned: int
    differences: tuple[str, ...]
    postings: int
    seconds: float

    @property
    def adds_up(self) -> bool:
        """Whether all is as the files say, to the gram."""
        return not self.differences

    def plain(self) -> dict[str, object]:
        """Give the account as plain JSON values."""
        return {
            "orders": self.orders,
            "lines": self.lines,
            "pizzas": self.pizzas,
            "recipes": self.recipes,
            "items": self.items,
            "grams_taken": quantity_text(self.grams_taken),
            "voided": self.voided,
            "grams_returned": quantity_text(self.grams_returned),
            "differences": list(self.differences),
            "postings": self.postings,
            "seconds": round(self.seconds, 3),
        }


async def replay_pizzas(ledger: Ledger, place: PizzaPlace, watcher: Watcher, *, site: str, actor: str) -> PizzaSummary:
    """
    Put the orders through the ledger, and void a sample of them.

    Raises:
        Refused: A command was refused, though the opening stock is all that the orders need.
        Fault: The ledger broke down; running again goes on.
    """
    began = perf_counter()
    run = _Run(ledger, site, actor)
    await run.prepare(place)
    lines = 0
    for first in range(0, len(place.orders), BATCH):
        batch = place.orders[first : first + BATCH]
        await run.do([run.deduct(order) for order in batch])
        lines += sum(len(order.lines) for order in batch)
        watcher.replayed(lines)
    sample = place.orders[::VOIDED_EVERY]
    taken, returned = place.grams(place.orders), place.grams(sample)
    was_voided = run.replayed == run.postings  # an earlier run has voided them before this one looked
    differences = [] if was_voided else await run.compare(place, {}, "after the sales")
    await run.do([run.void(order) for order in sample])
    differences += await run.compare(place, returned, "after the voids")
    return PizzaSummary(
        orders=len(place.orders),
        lines=place.lines,
        pizzas=sum(line.quantity for order in place.orders for line in order.lines),
        recipes=len(place.pizzas),
        items=len(set(place.skus.values())),
        grams_taken=sum(taken.values()),
        voided=len(sample),
        grams_returned=sum(returned.values()),
        differences=tuple(differences),
        postings=run.postings,
        seconds=perf_counter() - began,
    )


class _Run:
    """One run on a ledger."""

    def __init__(self, ledger: Ledger, site: str, actor: str) -> None:
        self._ledger = ledger
        self._site = site
        self._actor = actor
        self.postings = 0
        self.replayed = 0

    async def prepare(self, place: PizzaPlace) -> None:
        """Make site, items, recipes and mappings known, and receive all that the orders need."""
        skus = sorted(set(place.skus.values()))
        items = tuple(ItemLine(sku, measure="kg") for sku in skus)
        mappings = tuple(MappingLine(name, "g", sku) for name, sku in place.skus.items())
        needed = place.grams(place.orders)
        opening = tuple(Line(sku, needed[sku] // _GRAMS_IN_KG) for sku in skus if needed.get(sku))
        await self.do([Define(key=self._key("define"), actor=self._actor, sites=(SiteLine(self._site),), items=items)])
        await self.do(
            [
                MapIngredients(key=self._key("map"), actor=self._actor, site=self._site, mappings=mappings),
                *(
                    DefineRecipe(
                        key=self._key(f"recipe/{pizza.code}"),
                        actor=self._actor,
                        product=pizza.code,
                        name=pizza.name,
                        ingredients=tuple(Ingredient(name, grams, "g") for name, grams in pizza.grams.items()),
                    )
                    for pizza in place.pizzas.values()
                ),
                Receive(key=self._key("opening"), actor=self._actor, site=self._site, lines=opening),
            ]
        )

    def deduct(self, order: PizzaOrder) -> Deduct:
        """Give the command of an order."""
        return Deduct(
            key=self._key(f"order/{order.number}"),
            actor=self._actor,
            transaction=order.number,
            site=self._site,
            items=tuple(Sold(line.pizza, line.quantity * SCALE) for line in order.lines),
            occurred_at=order.sold_at,
        )

    def void(self, order: PizzaOrder) -> VoidDeduction:
        """Give the command that voids an order."""
        return VoidDeduction(
            key=self._key(f"void/{order.number}"),
            actor=self._actor,
            transaction=order.number,
            site=self._site,
            reason="a sample, to see the stock return",
        )

    async def do(self, commands: Sequence[Command]) -> None:
        """Execute commands, none of which may be refused."""
        for outcome in await self._ledger.bulk(commands):
            if not isinstance(outcome, Posting):
                raise outcome
            self.postings += 1
            self.replayed += outcome.replayed

    async def compare(self, place: PizzaPlace, left: dict[str, int], when: str) -> list[str]:
        """Compare what is available with what should be left, in grams; nothing but that was received."""
        found = await self._ledger.recipes.available(self._site)
        pairs = {
            sku: (millionths_of(found.get(sku, ZERO)) * _GRAMS_IN_KG, left.get(sku, 0))
            for sku in sorted(set(place.skus.values()))
        }
        return [
            f"{sku} {when}: {quantity_text(there)} g, not {quantity_text(expected)} g"
            for sku, (there, expected) in pairs.items()
            if there != expected
        ]

    def _key(self, what: str) -> str:
        return f"pizza-place/{self._site}/{what}"
