"""Lots as their users see them: the verbs, and the questions."""

from datetime import date
from typing import Unpack

from onhand.kernel.costs import parse_cost
from onhand.kernel.posting import Posting
from onhand.kernel.quantity import parse_quantity
from onhand.kernel.rules.intake import Intake
from onhand.kernel.rules.lot_status import SetLotStatus
from onhand.kernel.rules.recall import Recall, ReleaseLot
from onhand.ledger.acting import About, Acting
from onhand.ledger.lines import Quantity

Cost = int | str
"""Whole units of the currency as `int`, or a plain decimal with at most two decimals; never a float."""


class LotVerbs(Acting):
    """One verb for each operation on lots."""

    async def intake(  # noqa: PLR0913 - so much is told of a lot that comes in
        self,
        *,
        vendor: str,
        brand: str,
        product: str,
        category: str,
        quantity: Quantity,
        site: str,
        subcategory: str | None = None,
        grade: str | None = None,
        strain_id: int | None = None,
        measure: str | None = None,
        zone: str | None = None,
        rack: str | None = None,
        shelf: str | None = None,
        bin: str | None = None,  # noqa: A002 - a bin is called bin
        cost_mode: str | None = None,
        unit_cost: Cost | None = None,
        cost_min: Cost | None = None,
        cost_max: Cost | None = None,
        payment_terms: str | None = None,
        expires_on: date | None = None,
        day: date | None = None,
        status: str | None = None,
        sku: str | None = None,
        lot: str | None = None,
        **about: Unpack[About],
    ) -> Posting:
        """
        Take the goods of a vendor in as a lot, in one posting; what is not known of them is made known.

        Texts are trimmed. Costs are plain decimals with two decimals at most: `unit_cost` with the cost mode FIXED,
        `cost_min` and `cost_max` with RANGE.
        """
        texts = {
            "vendor": vendor,
            "brand": brand,
            "product": product,
            "category": category,
            "subcategory": subcategory,
            "grade": grade,
            "site": site,
            "zone": zone,
            "rack": rack,
            "shelf": shelf,
            "bin": bin,
            "measure": measure,
            "sku": sku,
            "lot": lot,
        }
        costs = {"unit_cost": unit_cost, "cost_min": cost_min, "cost_max": cost_max}
        return await self._do(
            Intake,
            about,
            **{name: text.strip() if isinstance(text, str) else text for name, text in texts.items()},
            **{name: None if cost is None else parse_cost(cost, name) for name, cost in costs.items()},
            quantity=parse_quantity(quantity),
            strain_id=strain_id,
            cost_mode=cost_mode,
            payment_terms=payment_terms,
            expires_on=expires_on,
            day=day,
            status=status,
        )

    async def set_lot_status(
        self, *, sku: str, lot: str, status: str, version: int | None = None, **about: Unpack[About]
    ) -> Posting:
        """Give a lot another status, as the table of transitions allows; the goods stay in their states."""
        return await self._do(SetLotStatus, about, sku=sku, lot=lot, status=status, version=version)

    async def recall(self, *, sku: str, lot: str, **about: Unpack[About]) -> Posting:
        """Quarantine a lot in all places at once, with a reason; `recipients` lists who received it."""
        return await self._do(Recall, about, sku=sku, lot=lot)

    async def release_lot(self, *, sku: str, lot: str, **about: Unpack[About]) -> Posting:
        """End the quarantine or hold of a lot, in all places at once, with a reason."""
        return await self._do(ReleaseLot, about, sku=sku, lot=lot)
