"""What a check for inconsistencies asks of a store."""

from datetime import datetime
from typing import NamedTuple, Protocol


class SerialAstray(NamedTuple):
    """A serial that is not where it says, with the reservation and the invoice that bind its unit, if there are any."""

    id: int
    version: int
    sku: str
    unit: str
    status: str
    place: str
    reservation: int | None
    invoice: str | None


class HoldingAstray(NamedTuple):
    """A holding that is reserved or sold more or less than is promised and invoiced, with all that binds it."""

    id: int
    version: int
    site: str
    sku: str
    reserved: int
    promised: int
    sold: int
    invoiced: int
    reservations: tuple[int, ...]
    invoices: tuple[str, ...]


class ReservationAstray(NamedTuple):
    """An open reservation whose document is over, or that is very old."""

    id: int
    version: int
    site: str
    document: str
    made_at: datetime
    is_orphan: bool


class MoneyAstray(NamedTuple):
    """A document whose payments do not add up to what it says."""

    document: str
    number: str
    paid: int
    came: int


class ConsistencyReading(Protocol):
    """What is not as it should be, the first of each kind."""

    async def serials(self, limit: int) -> tuple[SerialAstray, ...]:
        """Serials whose status, place and documents disagree."""
        ...

    async def holdings(self, limit: int) -> tuple[HoldingAstray, ...]:
        """Holdings that are reserved or sold otherwise than documents say."""
        ...

    async def reservations(self, made_before: datetime, limit: int) -> tuple[ReservationAstray, ...]:
        """Open reservations of documents that are over, or made before a moment."""
        ...

    async def money(self, limit: int) -> tuple[MoneyAstray, ...]:
        """Documents whose payments do not add up."""
        ...
