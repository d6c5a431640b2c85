"""Lots as their users see them: the verbs, and the questions."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Unpack, cast

from onhand.kernel.lots.cost_steps import parse_cost
from onhand.kernel.lots.recall_lot import RecallLot
from onhand.kernel.lots.release_lot import ReleaseLot
from onhand.kernel.lots.set_lot_costs import SetLotCosts
from onhand.kernel.lots.set_lot_metadata import SetLotMetadata
from onhand.kernel.lots.set_lot_status import SetLotStatus
from onhand.kernel.lots.take_in import TakeIn
from onhand.kernel.posting import Posting
from onhand.kernel.quantity import parse_quantity
from onhand.ledger.engine.acting import About
from onhand.ledger.lots.alerts import LotAlerts
from onhand.ledger.lots.questions import LotQuestions
from onhand.ledger.namespace import verb
from onhand.ledger.reading_lines import QuantityLike, check_known, check_needed

Cost = int | str
"""Whole units of the currency as `int`, or a plain decimal with at most two decimals; never a float."""


class IntakeTold(About, total=False):
    """What an intake can be told; vendor, brand, product, category, quantity and site are required."""

    vendor: str
    brand: str
    product: str
    category: str
    quantity: QuantityLike
    site: str
    subcategory: str | None
    grade: str | None
    strain_id: int | None
    measure: str | None
    zone: str | None
    rack: str | None
    shelf: str | None
    bin: str | None
    cost_mode: str | None
    unit_cost: Cost | None
    cost_min: Cost | None
    cost_max: Cost | None
    payment_terms: str | None
    expires_on: date | None
    day: date | None
    status: str | None
    sku: str | None
    lot: str | None


_COSTS = ("unit_cost", "cost_min", "cost_max")
_NEEDED = ("vendor", "brand", "product", "category", "quantity", "site")


def intake_fields(facts: Mapping[str, Any]) -> dict[str, Any]:
    """
    Read what was told of an intake into the fields of its command.

    Raises:
        Refused: INVALID_COMMAND for what is missing or unknown, and what the values are refused for.
    """
    check_known("an intake", facts, IntakeTold.__annotations__)
    told = {name: value for name, value in facts.items() if value is not None}
    check_needed("an intake", told, _NEEDED)
    fields = {name: value.strip() if isinstance(value, str) else value for name, value in told.items()}
    fields["quantity"] = parse_quantity(fields["quantity"])
    for name in _COSTS:
        if name in fields:
            fields[name] = parse_cost(fields[name], name)
    return fields


class Lots(LotQuestions, LotAlerts):
    """One verb for each operation on lots."""

    _name = "lots"

    @verb
    async def take_in(self, **told: Unpack[IntakeTold]) -> Posting:
        """
        Take the goods of a vendor in as a lot, in one posting; what is not known of them is made known.

        Texts are trimmed. Costs are plain decimals with two decimals at most: `unit_cost` with the cost mode FIXED,
        `cost_min` and `cost_max` with RANGE.
        """
        facts = cast("dict[str, Any]", dict(told))
        about = cast("About", {name: facts.pop(name) for name in About.__annotations__ if name in facts})
        return await self._do(TakeIn(**intake_fields(facts), **self._told(about)), about)

    @verb
    async def set_status(
        self, *, sku: str, lot: str, status: str, version: int | None = None, **about: Unpack[About]
    ) -> Posting:
        """Give a lot another status, as the table of transitions allows; the goods stay in their states."""
        return await self._do(
            SetLotStatus(sku=sku, lot=lot, status=status, version=version, **self._told(about)), about
        )

    @verb
    async def set_metadata(self, *, sku: str, lot: str, metadata: Mapping[str, Any], **about: Unpack[About]) -> Posting:
        """Tell lab results, harvest, notes and fields of one's own of a lot, in place of what was told before."""
        return await self._do(SetLotMetadata(sku=sku, lot=lot, metadata=metadata, **self._told(about)), about)

    @verb
    async def set_costs(
        self,
        *,
        sku: str,
        lot: str,
        cost_mode: str | None = None,
        unit_cost: Cost | None = None,
        cost_min: Cost | None = None,
        cost_max: Cost | None = None,
        **about: Unpack[About],
    ) -> Posting:
        """Set what a lot costs, with a reason; its cost mode is fixed once it was sold from."""
        costs = {"unit_cost": unit_cost, "cost_min": cost_min, "cost_max": cost_max}
        told: dict[str, Any] = {name: None if cost is None else parse_cost(cost, name) for name, cost in costs.items()}
        return await self._do(SetLotCosts(sku=sku, lot=lot, cost_mode=cost_mode, **told, **self._told(about)), about)

    @verb
    async def recall(self, *, sku: str, lot: str, **about: Unpack[About]) -> Posting:
        """Quarantine a lot in all places at once, with a reason; `recipients` lists who received it."""
        return await self._do(RecallLot(sku=sku, lot=lot, **self._told(about)), about)

    @verb
    async def release(self, *, sku: str, lot: str, **about: Unpack[About]) -> Posting:
        """End the quarantine or hold of a lot, in all places at once, with a reason."""
        return await self._do(ReleaseLot(sku=sku, lot=lot, **self._told(about)), about)
