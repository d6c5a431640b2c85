"""What a check for inconsistencies asks, on PostgreSQL."""

from datetime import datetime

from onhand.ledger.serials.consistency_port import HoldingAstray, MoneyAstray, ReservationAstray, SerialAstray
from onhand.store.database.answering import answers_of
from onhand.store.database.reader import Reader


class PostgresConsistency:
    """Each question is one statement in a transaction of its own."""

    def __init__(self, reader: Reader) -> None:
        """Ask through a reader that allows checks their time."""
        self._reader = reader

    async def serials(self, limit: int) -> tuple[SerialAstray, ...]:
        """Serials whose status, place and documents disagree."""
        return answers_of(SerialAstray, await self._reader.ask("find_serials_astray", limit=limit))

    async def holdings(self, limit: int) -> tuple[HoldingAstray, ...]:
        """Holdings that are reserved or sold otherwise than documents say."""
        rows = await self._reader.ask("find_holdings_astray", limit=limit)
        return answers_of(HoldingAstray, rows)

    async def reservations(self, made_before: datetime, limit: int) -> tuple[ReservationAstray, ...]:
        """Open reservations of documents that are over, or made before a moment."""
        rows = await self._reader.ask("find_reservations_astray", made_before=made_before, limit=limit)
        return answers_of(ReservationAstray, rows)

    async def money(self, limit: int) -> tuple[MoneyAstray, ...]:
        """Documents whose payments do not add up."""
        return answers_of(MoneyAstray, await self._reader.ask("find_money_astray", limit=limit))
