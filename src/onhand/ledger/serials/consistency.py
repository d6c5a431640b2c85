"""Consistency: what is not as it should be is found, told with what would be done about it, and repaired on request."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from onhand.kernel.canonical import canonical_json, key_hash
from onhand.kernel.command import Command
from onhand.kernel.entity import time_text
from onhand.kernel.money import money_text
from onhand.kernel.posting import Posting
from onhand.kernel.promises.release_reservation import ReleaseReservation
from onhand.kernel.quantity import quantity_text
from onhand.kernel.serials.repair_holding import RepairHolding
from onhand.kernel.serials.repair_serial import RepairSerial
from onhand.ledger.asking import check_limit
from onhand.ledger.core.port import Reading
from onhand.ledger.engine.acting import Acting
from onhand.ledger.namespace import Namespace, question, verb
from onhand.ledger.serials.consistency_port import HoldingAstray, MoneyAstray, ReservationAstray, SerialAstray

RESERVED_AT_MOST = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inconsistency:
    """
    Something that is not as it should be.

    `kind` is one of reserved_without_document, sold_without_invoice, status_against_place, reserved_otherwise,
    sold_otherwise, reservation_of_nothing, reservation_too_old, money_astray. `remedy` says what a repair would do;
    without a `repair`, it is for people.
    """

    kind: str
    subject: str
    detail: str
    remedy: str
    repair: Command | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Discrepancy:
    """Something that is not as it should be, and what a repair would do; one that is for people has none."""

    kind: str
    subject: str
    detail: str
    remedy: str
    repairable: bool


class Consistency(Namespace):
    """Finds what plain SQL, or a defect, has brought out of line, and repairs it with postings of its own."""

    @question
    async def find_inconsistencies(
        self, *, reserved_at_most: timedelta = RESERVED_AT_MOST, limit: int = 1000, actor: str | None = None
    ) -> tuple[Inconsistency, ...]:
        """
        Find inconsistencies: serials against their place and documents, holdings against promises, old reservations.

        Args:
            reserved_at_most: A reservation that nothing paid stands behind is not older.
            limit: At most so many of each kind.
            actor: Who would repair them; whoever acts unless told.
        """
        return await inconsistencies_of(
            self._reading, actor or self._actor, reserved_at_most=reserved_at_most, limit=limit
        )

    @verb
    async def repair_inconsistencies(
        self,
        found: Iterable[Inconsistency] | None = None,
        *,
        reserved_at_most: timedelta = RESERVED_AT_MOST,
        dry_run: bool = False,
    ) -> tuple[Posting, ...]:
        """
        Repair what was found, or all that is found now; gives the postings that did it.

        Each is decided anew on what is there then, so what has come into line by itself is left alone.
        With `dry_run` the postings are computed, and nothing is written.
        """
        wanted: Sequence[Inconsistency] = tuple(
            await self.find_inconsistencies(reserved_at_most=reserved_at_most) if found is None else found
        )
        return await repaired(self._acting, wanted, dry_run=dry_run)


async def repaired(acting: Acting, found: Iterable[Inconsistency], *, dry_run: bool) -> tuple[Posting, ...]:
    """Repair what was found, on what the tables hold now; gives the postings that did it."""
    commands = [inconsistency.repair for inconsistency in found if inconsistency.repair is not None]
    if not commands:
        return ()
    acting.batcher.afresh()  # somebody may have edited by plain SQL what is remembered of them
    outcomes = await acting.submit(commands, dry_run=dry_run)
    return tuple(outcome for outcome in outcomes if isinstance(outcome, Posting) and not outcome.replayed)


async def inconsistencies_of(
    reading: Reading, actor: str, *, reserved_at_most: timedelta = RESERVED_AT_MOST, limit: int = 1000
) -> tuple[Inconsistency, ...]:
    """Find inconsistencies, with the repairs that an actor would make."""
    check_limit(limit)
    asked = reading.consistency
    made_before = datetime.now(UTC) - reserved_at_most
    found = [_of_serial(serial, actor) for serial in await asked.serials(limit)]
    found += [_of_holding(holding, actor) for holding in await asked.holdings(limit)]
    found += [_of_reservation(line, actor) for line in await asked.reservations(made_before, limit)]
    found += [_of_money(money) for money in await asked.money(limit)]
    return tuple(found)


def discrepancy_of(found: Inconsistency) -> Discrepancy:
    """Give an inconsistency as it is told outside, without the command that would repair it."""
    return Discrepancy(
        kind=found.kind,
        subject=found.subject,
        detail=found.detail,
        remedy=found.remedy,
        repairable=found.repair is not None,
    )


def _of_serial(serial: SerialAstray, actor: str) -> Inconsistency:
    if serial.status == serial.place == "reserved":
        kind = "reserved_without_document"
        detail = "no open reservation holds it" if serial.reservation is None else f"{serial.reservation} holds it"
    elif serial.status == serial.place == "sold":
        kind, detail = "sold_without_invoice", "it stands on no paid invoice"
    else:
        kind, detail = "status_against_place", f"it is {serial.status}, but its place says {serial.place}"
    bound = [
        *([] if serial.reservation is None else [f"reservation {serial.reservation}"]),
        *([] if serial.invoice is None else [f"invoice {serial.invoice}"]),
    ]
    remedy = f"let it stand as {' and '.join(bound)} says" if bound else "let it be for nobody, as it lies there"
    repair = RepairSerial(
        key=_key("serial", serial),
        actor=actor,
        reason=f"{kind}: {detail}",
        sku=serial.sku,
        unit=serial.unit,
        reservation=serial.reservation,
        invoice=serial.invoice,
    )
    return Inconsistency(kind=kind, subject=f"serial {serial.unit}", detail=detail, remedy=remedy, repair=repair)


def _of_holding(holding: HoldingAstray, actor: str) -> Inconsistency:
    if holding.reserved != holding.promised:
        kind = "reserved_otherwise"
        detail = f"{quantity_text(holding.reserved)} are reserved, {quantity_text(holding.promised)} are promised"
    else:
        kind = "sold_otherwise"
        detail = f"{quantity_text(holding.sold)} are sold, {quantity_text(holding.invoiced)} wait for delivery"
    repair = RepairHolding(
        key=_key("holding", holding),
        actor=actor,
        reason=f"{kind}: {detail}",
        holding=holding.id,
        version=holding.version,
        reservations=holding.reservations,
        invoices=holding.invoices,
    )
    return Inconsistency(
        kind=kind,
        subject=f"{holding.sku} at {holding.site}",
        detail=detail,
        remedy="move the difference between it and what is available",
        repair=repair,
    )


def _of_reservation(reservation: ReservationAstray, actor: str) -> Inconsistency:
    since = time_text(reservation.made_at)
    kind = "reservation_of_nothing" if reservation.is_orphan else "reservation_too_old"
    old = f"it was made {since}, for {reservation.document}"
    detail = f"{reservation.document} is over" if reservation.is_orphan else old
    repair = ReleaseReservation(
        key=f"repair/reservation/{reservation.id}/{reservation.version}",
        actor=actor,
        reason=f"{kind}: {detail}",
        reservation=reservation.id,
    )
    return Inconsistency(
        kind=kind,
        subject=f"reservation {reservation.id}",
        detail=detail,
        remedy="release it; a document that is not paid is cancelled with it",
        repair=repair,
    )


def _of_money(money: MoneyAstray) -> Inconsistency:
    return Inconsistency(
        kind="money_astray",
        subject=f"{money.document} {money.number}",
        detail=f"{money_text(money.paid)} are told as paid, {money_text(money.came)} came",
        remedy="look at its trail; money is not corrected by a program",
    )


def _key(word: str, found: Sequence[object]) -> str:
    """Make a key of what was found, so that two who repair the same at once do it once, and another damage is new."""
    return f"repair/{word}/{found[0]}/{key_hash(canonical_json(list(found))).hex()}"
