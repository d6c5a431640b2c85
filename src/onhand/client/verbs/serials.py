"""
What is told of serials, and the verbs for it.

Made from /openapi.json by `make docs`; edit docs/generating/client.py, not this.
"""

from collections.abc import Sequence
from typing import Required, TypedDict, Unpack

from onhand.client.shapes.serials import SerialLine
from onhand.client.shapes.shared import Posted, SerialAnswer, SerialStep
from onhand.client.speaking import About, AsyncSpeaker, Page, Quantity, Speaker, Versioned


class ReceiveSerialsTold(About, total=False):
    """What `receive_serials` is told."""

    site: Required[str]  # The code of a site.
    serials: Required[Sequence[SerialLine]]  # The serial numbers.
    unit_cost: Quantity  # What one costs, in the currency of the org; a plain decimal.


class SerialsTold(TypedDict, total=False):
    """What `serials` is told."""

    sku: str  # The code of an item.
    status: str  # The status.
    site: str  # The code of a site.
    after: str  # Where the list goes on: the cursor of the page before.
    limit: int  # How many rows at most.


class SerialTold(TypedDict, total=False):
    """What `serial` is told."""

    unit: Required[str]  # The code of a unit, or a unit of measure.


class SerialHistoryTold(TypedDict, total=False):
    """What `serial_history` is told."""

    unit: Required[str]  # The code of a unit, or a unit of measure.
    after: str  # Where the list goes on: the cursor of the page before.
    limit: int  # How many rows at most.


class GradeTold(About, Versioned, total=False):
    """What `grade` is told."""

    unit: Required[str]  # The code of a unit, or a unit of measure.
    sku: Required[str]  # The code of an item.
    condition: Required[str]  # The condition of the single item.


class SerialsVerbs(Speaker):
    """The verbs."""

    def receive_serials(self, **told: Unpack[ReceiveSerialsTold]) -> Posted:
        """
        Take single items in; each serial number is unique in the org.

        `unit_cost` is what each of them costs, in the currency of the org.

        POST /api/serials, for admin, clerk, manager.
        """
        return self._write("POST", "/api/serials", told)

    def serials(self, **told: Unpack[SerialsTold]) -> Page[SerialAnswer]:
        """
        List single items with their condition, status and place, and for whom they are.

        GET /api/serials, for admin, auditor, clerk, manager, viewer.
        """
        return self._ask("/api/serials", told)

    def serial(self, **told: Unpack[SerialTold]) -> SerialAnswer:
        """
        Give a single item by its serial number; raises Refused UNIT_NOT_FOUND.

        GET /api/serials/{unit}, for admin, auditor, clerk, manager, viewer.
        """
        return self._ask("/api/serials/{unit}", told)

    def serial_history(self, **told: Unpack[SerialHistoryTold]) -> Page[SerialStep]:
        """
        Tell each step of a single item's status: from, to, reason code, document, who, when, notes.

        GET /api/serials/{unit}/history, for admin, auditor, clerk, manager, viewer.
        """
        return self._ask("/api/serials/{unit}/history", told)

    def grade(self, **told: Unpack[GradeTold]) -> Posted:
        """
        Set the condition of a unit; one that was no serial is kept as one from now on.

        PUT /api/serials/{unit}/grade, for admin, clerk, manager.
        """
        return self._write("PUT", "/api/serials/{unit}/grade", told)


class AsyncSerialsVerbs(AsyncSpeaker):
    """The verbs, awaited."""

    async def receive_serials(self, **told: Unpack[ReceiveSerialsTold]) -> Posted:
        """
        Take single items in; each serial number is unique in the org.

        `unit_cost` is what each of them costs, in the currency of the org.

        POST /api/serials, for admin, clerk, manager.
        """
        return await self._write("POST", "/api/serials", told)

    async def serials(self, **told: Unpack[SerialsTold]) -> Page[SerialAnswer]:
        """
        List single items with their condition, status and place, and for whom they are.

        GET /api/serials, for admin, auditor, clerk, manager, viewer.
        """
        return await self._ask("/api/serials", told)

    async def serial(self, **told: Unpack[SerialTold]) -> SerialAnswer:
        """
        Give a single item by its serial number; raises Refused UNIT_NOT_FOUND.

        GET /api/serials/{unit}, for admin, auditor, clerk, manager, viewer.
        """
        return await self._ask("/api/serials/{unit}", told)

    async def serial_history(self, **told: Unpack[SerialHistoryTold]) -> Page[SerialStep]:
        """
        Tell each step of a single item's status: from, to, reason code, document, who, when, notes.

        GET /api/serials/{unit}/history, for admin, auditor, clerk, manager, viewer.
        """
        return await self._ask("/api/serials/{unit}/history", told)

    async def grade(self, **told: Unpack[GradeTold]) -> Posted:
        """
        Set the condition of a unit; one that was no serial is kept as one from now on.

        PUT /api/serials/{unit}/grade, for admin, clerk, manager.
        """
        return await self._write("PUT", "/api/serials/{unit}/grade", told)
