"""The queue of offline sales: taken in, synchronised in the order of sale, approved or rejected; nothing is dropped."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Unpack

from onhand.faults import Fault
from onhand.kernel.canonical import microseconds
from onhand.kernel.command import check_number
from onhand.kernel.offline.approve_sale import ApproveSale
from onhand.kernel.offline.lend import Lend
from onhand.kernel.offline.queue_sale import QueueSale
from onhand.kernel.offline.reject_sale import RejectSale
from onhand.kernel.offline.sync_sale import SyncSale
from onhand.kernel.posting import Posting
from onhand.kernel.promises.release_reservation import ReleaseReservation
from onhand.kernel.refusals import Refused
from onhand.kernel.transitions import OFFLINE_SALE
from onhand.ledger.asking import LIMIT_MAX, check_codes, check_page
from onhand.ledger.core.answers import Page
from onhand.ledger.core.wanted import Where
from onhand.ledger.engine.acting import About
from onhand.ledger.engine.request import Outcome
from onhand.ledger.namespace import Namespace, question, verb
from onhand.ledger.offline.port import OfflineSaleAnswer, SaleSpot
from onhand.ledger.reading_lines import SOLD, SoldLike, read_lines

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST = SaleSpot(_EPOCH, -1, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Synced:
    """What a synchronisation did: how many sales were deducted, and how many wait for a manager at that site now."""

    synced: int
    need_approval: int


class Offline(Namespace):
    """The verbs and questions of the queue; any number of people may use them at once."""

    _name = "offline"

    @verb
    async def queue(
        self,
        *,
        transaction: str,
        site: str,
        items: Iterable[SoldLike],
        device: str,
        sequence: int = 0,
        slice: int | None = None,  # noqa: A002 - what a till was lent is called its slice
        short: bool = False,
        **about: Unpack[About],
    ) -> Posting:
        """Take a sale into the queue as it was sold; `posting.made("offline_sale")` is its number there."""
        return await self._do(
            QueueSale(
                transaction=transaction,
                site=site,
                items=read_lines(SOLD, items),
                device=device,
                sequence=sequence,
                slice=slice,
                short=short,
                **self._told(about),
            ),
            about,
        )

    @verb
    async def sync(self, site: str, user: str | None = None, *, dry_run: bool = False) -> Synced:
        """
        Deduct what waits at a site, in the order in which it was sold.

        Safe to run twice, and by any number of people at once: the key is made of the sale and its version, so each is
        deducted once. What cannot be deducted waits for a manager, with what stands in the way. With `dry_run` each
        of the first hundred is tried by itself, and nothing is written.

        Raises:
            Fault: The database broke down; what was synchronised stays so, and the rest still waits.
        """
        found = await self._reading.find(Where(site))
        synced = 0
        seen: set[tuple[int, int]] = set()
        while True:
            waiting = await self._reading.offline.sales(found.site_id, ("pending",), None, _FIRST, LIMIT_MAX)
            fresh = [sale for sale in waiting if (sale.id, sale.version) not in seen]
            if not fresh:
                break
            seen.update((sale.id, sale.version) for sale in fresh)
            outcomes = await self._bulk([self._sync(sale, user) for sale in fresh], dry_run=dry_run)
            synced += sum(_is_synced(outcome) for outcome in outcomes)
        left = 0
        spot: SaleSpot | None = _FIRST
        while spot is not None:
            page = await self._reading.offline.sales(found.site_id, ("insufficient_stock",), None, spot, LIMIT_MAX)
            left += len(page)
            spot = _spot(page[-1]) if len(page) == LIMIT_MAX else None
        return Synced(synced=synced, need_approval=left)

    @verb
    async def lend(
        self,
        *,
        site: str,
        device: str,
        items: Iterable[SoldLike],
        expires_at: datetime | None = None,
        **about: Unpack[About],
    ) -> Posting:
        """Set the ingredients of so many products aside for a till; `posting.made("reservation")` is its slice."""
        return await self._do(
            Lend(site=site, device=device, items=read_lines(SOLD, items), expires_at=expires_at, **self._told(about)),
            about,
        )

    @verb
    async def settle_loan(self, *, site: str, slice: int, **about: Unpack[About]) -> Posting | None:  # noqa: A002 - it is called so
        """
        Deduct what waits at a site, then give back what is left of a till's slice.

        Returns:
            The posting that gave it back; None where it was used up, had expired or was given back before.
        """
        await self.sync(site, about.get("actor"))
        try:
            return await self._do(ReleaseReservation(reservation=slice, **self._told(about)), about)
        except Refused as refused:
            if refused.code != "INVALID_STATUS_TRANSITION":
                raise
            return None

    @verb
    async def approve(self, *, offline_sale: int, **about: Unpack[About]) -> Posting:
        """Deduct a sale that waits, by a manager's decision; `reason` is required."""
        return await self._do(ApproveSale(offline_sale=offline_sale, **self._told(about)), about)

    @verb
    async def reject(self, *, offline_sale: int, **about: Unpack[About]) -> Posting:
        """Leave the stock as it is, by a manager's decision; `reason` is required, and the sale stays in the queue."""
        return await self._do(RejectSale(offline_sale=offline_sale, **self._told(about)), about)

    @question
    async def list(
        self,
        site: str | None = None,
        *,
        status: str | None = None,
        id: int | None = None,  # noqa: A002 - an id is called id
        after: str | None = None,
        limit: int = 50,
    ) -> Page[OfflineSaleAnswer]:
        """List the queue in the order in which it was sold, whatever has become of the sales."""
        check_page(limit)
        check_codes(site=site)
        if status is not None and status not in OFFLINE_SALE:
            raise Refused("INVALID_COMMAND", detail=f"status is one of {', '.join(OFFLINE_SALE)}")
        if id is not None:
            check_number(id, "id")
        cursor = await self._cursor("offline_sales", site, status, id)
        go_on = cursor.read(after, int, int, int)
        spot = _FIRST if go_on is None else SaleSpot(_EPOCH + timedelta(microseconds=go_on[0]), *go_on[1:])
        found = await self._reading.find(Where(site))
        statuses = None if status is None else (status,)
        rows = await self._reading.offline.sales(found.site_id, statuses, id, spot, limit + 1)
        return cursor.page(rows, limit, lambda sale: (microseconds(sale.sold_at), sale.sequence, sale.id))

    @question
    async def get(self, offline_sale: int) -> OfflineSaleAnswer:
        """Give a sale of the queue by its number there; raises Refused OFFLINE_SALE_NOT_FOUND."""
        check_number(offline_sale, "offline_sale")
        found = await self._reading.offline.sale(offline_sale)
        if found is None:
            raise Refused("OFFLINE_SALE_NOT_FOUND", offline_sale=offline_sale)
        return found

    def _sync(self, sale: OfflineSaleAnswer, user: str | None) -> SyncSale:
        return SyncSale(
            key=f"sync/{sale.id}/{sale.version}",
            actor=user or self._actor,
            offline_sale=sale.id,
            occurred_at=sale.sold_at,
        )


def _is_synced(outcome: Outcome) -> bool:
    """Tell whether a sale was deducted now; raises Fault where nobody knows."""
    if isinstance(outcome, Fault):
        raise outcome
    if isinstance(outcome, Refused):
        return False  # somebody else was faster, and it does not wait any more
    return not outcome.replayed and any(change.action == "synced" for change in outcome.changes)


def _spot(sale: OfflineSaleAnswer) -> SaleSpot:
    return SaleSpot(sale.sold_at, sale.sequence, sale.id)
