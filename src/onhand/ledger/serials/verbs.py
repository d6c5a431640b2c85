"""Single items under their serial numbers."""

from collections.abc import Iterable, Mapping
from typing import Any, Unpack

from onhand.kernel.money import parse_money
from onhand.kernel.posting import Posting
from onhand.kernel.refusals import Refused
from onhand.kernel.serials.grade_serial import GradeSerial
from onhand.kernel.serials.receive_serials import ReceiveSerials, SerialLine
from onhand.kernel.transitions import SERIAL
from onhand.ledger.asking import check_codes, check_page, check_status
from onhand.ledger.commerce.answers import SerialAnswer, SerialStep
from onhand.ledger.commerce.port import SerialsWanted
from onhand.ledger.core.answers import Page
from onhand.ledger.core.wanted import Where
from onhand.ledger.engine.acting import About
from onhand.ledger.namespace import Namespace, question, verb
from onhand.ledger.reading_lines import QuantityLike


class Serials(Namespace):
    """Single items: taken in, graded, and where each is in its life."""

    _name = "serials"

    @verb
    async def receive(
        self,
        *,
        site: str,
        serials: Iterable[SerialLine | tuple[str, ...] | Mapping[str, Any]],
        unit_cost: QuantityLike | None = None,
        **about: Unpack[About],
    ) -> Posting:
        """Take single items in: (sku, serial number), with a condition as third, or a mapping; each costs so much."""
        cost = None if unit_cost is None else parse_money(unit_cost, "unit_cost")
        return await self._do(
            ReceiveSerials(site=site, serials=tuple(map(_serial, serials)), unit_cost=cost, **self._told(about)), about
        )

    @verb
    async def grade(self, *, sku: str, unit: str, condition: str, **about: Unpack[About]) -> Posting:
        """Say in which condition a single item is."""
        return await self._do(GradeSerial(sku=sku, unit=unit, condition=condition, **self._told(about)), about)

    @question
    async def list(
        self,
        *,
        sku: str | None = None,
        status: str | None = None,
        site: str | None = None,
        after: str | None = None,
        limit: int = 50,
    ) -> Page[SerialAnswer]:
        """List single items with their condition, status and place, and for whom they are."""
        check_page(limit)
        check_status(status, SERIAL)
        check_codes(sku=sku, site=site)
        await self._reading.find(Where(site=site, sku=sku))
        cursor = await self._cursor("serials", sku, status, site)
        (go_on,) = cursor.read(after, int) or (0,)
        wanted = SerialsWanted(sku=sku, status=status, site=site, after_id=go_on)
        found = await self._reading.documents.serials(wanted, limit + 1)
        return cursor.page(found.rows, limit, lambda serial: (serial.id,))

    @question
    async def get(self, unit: str) -> SerialAnswer:
        """Give a single item by its serial number; raises Refused UNIT_NOT_FOUND."""
        check_codes(unit=unit)
        for found in await self._reading.documents.serials(SerialsWanted(unit=unit), 1):
            return found
        raise Refused("UNIT_NOT_FOUND", sku="any item", unit=unit)

    @question
    async def history(self, unit: str, *, after: str | None = None, limit: int = 50) -> Page[SerialStep]:
        """Tell each step of a single item's status: from, to, reason code, document, who, when, notes."""
        check_page(limit)
        serial = await self.get(unit)
        cursor = await self._cursor("serial_history", serial.id)
        number, line = cursor.read(after, int, int) or (0, 0)
        found = await self._reading.documents.serial_steps(serial.id, (number, line), limit + 1)
        return cursor.page(found.rows, limit, lambda step: (step.number, step.line))


def _serial(line: SerialLine | tuple[str, ...] | Mapping[str, Any]) -> SerialLine:
    try:
        return SerialLine(**line) if isinstance(line, Mapping) else SerialLine(*line)
    except TypeError as error:
        raise Refused("INVALID_COMMAND", detail="a serial is (sku, serial number, condition), or a mapping") from error
