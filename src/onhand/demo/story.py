"""
The story that `onhand demo` plays: a week at a small chain of cafes with a web shop.

Each step does something on the ledger and says what it was. Keys begin with a stem of the run's own.
"""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from onhand.kernel.exact import decimal_text, quantity_difference, quantity_sum
from onhand.kernel.posting import Posting
from onhand.kernel.refusals import Refused
from onhand.kernel.stock.define import ItemLine, SiteLine

if TYPE_CHECKING:
    from onhand.ledger.engine.acting import About
    from onhand.ledger.stock import Stock

DEPOT, NORTH, SOUTH, WEB = "depot", "cafe-north", "cafe-south", "web-shop"
SHOPPERS, GIFT_BOXES = 60, 12
GUESTS = 40


@dataclass(frozen=True, slots=True)
class DemoStep:
    """What was done: a heading, and what came of it."""

    title: str
    told: str


@dataclass(slots=True)
class Story:
    """A run of the story on one ledger, and what it counted."""

    stock: "Stock"
    stem: str
    refused: int = 0
    carts: list[int] = field(default_factory=list)

    async def play(self) -> AsyncIterator[DemoStep]:
        """Do one step after the other."""
        for step in (
            self._open,
            self._deliver,
            self._supply,
            self._lose_two_mugs,
            self._rush,
            self._keep_promises,
            self._serve,
            self._recall,
            self._count,
            self._retry,
            self._mistake,
        ):
            yield await step()

    async def _open(self) -> DemoStep:
        await self.stock.define(
            sites=[
                SiteLine(DEPOT, "Depot"),
                SiteLine(NORTH, "Cafe North"),
                SiteLine(SOUTH, "Cafe South"),
                SiteLine(WEB, "Web shop"),
            ],
            locations=[(DEPOT, "A-1"), (DEPOT, "COLD-1")],
            items=[
                ItemLine("BEANS", "Espresso beans", measure="kg"),
                ItemLine("OAT-MILK", "Oat milk", measure="litre"),
                ItemLine("MUG", "Blue mug"),
                ItemLine("GIFT-BOX", "Gift box"),
            ],
            **self._about("anna", "open", "we open"),
        )
        return DemoStep("A business opens", "a depot, two cafes, a web shop, and four items")

    async def _deliver(self) -> DemoStep:
        today = datetime.now(UTC).date()
        await self._receive("milk-1", [("OAT-MILK", "40", "MILK-EARLY", "COLD-1")], today + timedelta(days=9))
        await self._receive("milk-2", [("OAT-MILK", "60", "MILK-LATE", "COLD-1")], today + timedelta(days=30))
        await self._receive("beans", [("BEANS", "25.5", "BEANS-7", "A-1")], today + timedelta(days=200))
        await self._receive("mugs", [("MUG", "200", None, "A-1"), ("GIFT-BOX", "12", None, "A-1")], None)
        return DemoStep(
            "Goods arrive at the depot", "25.5 kg of beans, two lots of oat milk with dates, 200 mugs, 12 gift boxes"
        )

    async def _supply(self) -> DemoStep:
        lines = [("BEANS", "8"), ("OAT-MILK", "30"), ("MUG", "50")]
        lots: list[str | None] = []
        for cafe in (NORTH, SOUTH):
            about = self._about("ben", f"supply/{cafe}", "weekly supply")
            posting = await self.stock.transfer(site=DEPOT, target=cafe, lines=lines, **about)
            lots += [movement.place.lot for movement in posting.movements if movement.place.sku == "OAT-MILK"]
        await self.stock.transfer(
            site=DEPOT, target=WEB, lines=[("GIFT-BOX", GIFT_BOXES)], **self._about("ben", "supply/web", "for the shop")
        )
        names = " then ".join(dict.fromkeys(lot for lot in lots if lot))
        return DemoStep("The cafes are supplied", f"milk is picked by its date, what ends first goes first: {names}")

    async def _lose_two_mugs(self) -> DemoStep:
        sent = await self.stock.transfer(
            site=DEPOT, target=NORTH, lines=[("MUG", 24)], in_transit=True, **self._about("ben", "mugs/send")
        )
        transfer = sent.made("transfer")
        await self.stock.arrive(transfer=transfer, lines=[("MUG", 20)], **self._about("cleo", "mugs/first"))
        await self.stock.arrive(
            transfer=transfer,
            lines=[("MUG", 2)],
            close=True,
            **self._about("cleo", "mugs/last", "two were broken on the way"),
        )
        return DemoStep(
            "A parcel comes in parts", "24 mugs were sent, 20 came, then 2; 2 are written off, with the reason"
        )

    async def _rush(self) -> DemoStep:
        async def shopper(number: int) -> Posting | None:
            try:
                return await self.stock.reserve(
                    site=WEB,
                    lines=[("GIFT-BOX", 1)],
                    expires_at=datetime.now(UTC) + timedelta(minutes=15),
                    **self._about(f"shopper-{number}", f"cart/{number}", document=("cart", str(number))),
                )
            except Refused:
                self.refused += 1
                return None

        answers = await asyncio.gather(*(shopper(number) for number in range(1, SHOPPERS + 1)))
        self.carts = [posting.made("reservation") for posting in answers if posting is not None]
        return DemoStep(
            f"{SHOPPERS} shoppers want the last {GIFT_BOXES} gift boxes, all at once",
            f"{len(self.carts)} carts got one, {SHOPPERS - len(self.carts)} were told no; not one too many",
        )

    async def _keep_promises(self) -> DemoStep:
        paid, left = self.carts[:-3], self.carts[-3:]
        await asyncio.gather(
            *(
                self.stock.reservations.commit(
                    reservation=cart, **self._about("web-shop", f"paid/{cart}", document=("order", str(cart)))
                )
                for cart in paid
            ),
            *(
                self.stock.reservations.release(reservation=cart, **self._about("web-shop", f"left/{cart}"))
                for cart in left
            ),
        )
        return DemoStep(
            "Most carts are paid", f"{len(paid)} are paid and shipped, {len(left)} are given up and free again"
        )

    async def _serve(self) -> DemoStep:
        async def guest(number: int) -> Posting:
            cafe = NORTH if number % 2 else SOUTH
            lines = [("BEANS", "0.018"), ("OAT-MILK", "0.15")] + ([("MUG", 1)] if number % 8 == 0 else [])
            about = self._about(f"till-{cafe}", f"till/{number}", document=("receipt", str(number)))
            return await self.stock.sell(site=cafe, lines=lines, **about)

        sales = await asyncio.gather(*(guest(number) for number in range(1, GUESTS + 1)))
        await self.stock.take_back(
            site=SOUTH,
            lines=[{"sku": "MUG", "quantity": 1, "state": "defective"}],
            **self._about(f"till-{SOUTH}", "return", "handle came off", document=("receipt", "8")),
        )
        return DemoStep(
            "Guests are served at both tills at the same time",
            f"{len(sales)} coffees of 18 g beans and 0.15 l milk, some mugs; one mug comes back, defective",
        )

    async def _recall(self) -> DemoStep:
        page = await self.stock.list_holdings(sku="OAT-MILK", lot="MILK-EARLY")
        taken = []
        for holding in page:
            quantity = holding.balances.available
            if quantity:
                line = {"sku": "OAT-MILK", "lot": "MILK-EARLY", "quantity": decimal_text(quantity)}
                about = self._about("anna", f"recall/{holding.id}", "recalled by the dairy")
                await self.stock.move(site=holding.place.site, lines=[line], target="quarantine", **about)
                taken.append(quantity)
        return DemoStep(
            "The dairy recalls a lot",
            f"all {decimal_text(quantity_sum(taken))} l of MILK-EARLY, wherever it is, in quarantine",
        )

    async def _count(self) -> DemoStep:
        (holding,) = await self.stock.list_holdings(NORTH, "MUG")
        counted = decimal_text(quantity_difference(holding.on_hand, Decimal(1)))
        await self.stock.count(
            site=NORTH,
            lines=[("MUG", counted)],
            **self._about("cleo", "count", "weekly count", document=("count", "1")),
        )
        return DemoStep(
            "Somebody counts", f"{counted} mugs where {decimal_text(holding.on_hand)} should be; the ledger follows"
        )

    async def _retry(self) -> DemoStep:
        about = self._about(f"till-{NORTH}", "till/1", document=("receipt", "1"))
        again = await self.stock.sell(site=NORTH, lines=[("BEANS", "0.018"), ("OAT-MILK", "0.15")], **about)
        told = "answered from the journal" if again.replayed else "done twice"
        return DemoStep(
            "A till lost the answer and asks again", f"same key, so it is {told}: posting {again.number}, once"
        )

    async def _mistake(self) -> DemoStep:
        wrong = await self.stock.receive(
            site=SOUTH, lines=[("GIFT-BOX", 10)], **self._about("ben", "mistake", document=("po", "77"))
        )
        await self.stock.transfer(
            site=SOUTH, target=WEB, lines=[("GIFT-BOX", 4)], **self._about("ben", "mistake/moved")
        )
        about = self._about("anna", "undo", "these boxes never came")
        try:
            await self.stock.revert(number=wrong.number, **about)
        except Refused:
            self.refused += 1
        undone = await self.stock.revert(number=wrong.number, cascade=True, **about)
        numbers = " and ".join(str(number) for number in undone.reverts)
        return DemoStep(
            "A delivery was booked that never came, and 4 of it moved on",
            f"to undo it alone is refused, with what stands in the way; the cascade undoes {numbers} exactly",
        )

    async def _receive(self, name: str, lines: list[tuple[str, str, str | None, str]], expires_on: date | None) -> None:
        told = [
            {"sku": sku, "quantity": quantity, "lot": lot, "location": location}
            for sku, quantity, lot, location in lines
        ]
        about = self._about("ben", f"delivery/{name}", document=("po", name))
        await self.stock.receive(site=DEPOT, lines=told, expires_on=expires_on, **about)

    def _about(
        self, actor: str, key: str, reason: str | None = None, *, document: tuple[str, str] | None = None
    ) -> "About":
        return {"key": f"{self.stem}/{key}", "actor": actor, "reason": reason, "document": document}
