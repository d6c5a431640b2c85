"""Lots as their users see them: the verbs, and the questions."""

from typing import Unpack

from onhand.kernel.posting import Posting
from onhand.kernel.rules.lot_status import SetLotStatus
from onhand.kernel.rules.recall import Recall, ReleaseLot
from onhand.ledger.acting import About, Acting


class LotVerbs(Acting):
    """One verb for each operation on lots."""

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
