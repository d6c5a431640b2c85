"""
What is told of consistency, and the verbs for it.

Made from /openapi.json by `make docs`; edit docs/generating/client.py, not this.
"""

from typing import TypedDict, Unpack

from onhand.client.shapes.consistency import InconsistenciesAnswer, RepairInconsistenciesAnswer
from onhand.client.speaking import AsyncSpeaker, Speaker, Write


class InconsistenciesTold(TypedDict, total=False):
    """What `inconsistencies` is told."""

    reserved_days_max: int  # How many days a reservation may be old that nothing paid stands behind.
    limit: int  # At most so many of each kind.


class ConsistencyVerbs(Speaker):
    """The verbs."""

    def inconsistencies(self, **told: Unpack[InconsistenciesTold]) -> InconsistenciesAnswer:
        """
        Find what is out of line: serials against their place and documents, holdings against promises, old
        reservations, money against payments.

        GET /api/inconsistencies, for admin, auditor, clerk, manager, viewer.
        """  # noqa: D205 - one sentence, longer than a line
        return self._ask("/api/inconsistencies", told)

    def repair_inconsistencies(self, **told: Unpack[Write]) -> RepairInconsistenciesAnswer:
        """
        Repair what is out of line: a hundred of each kind at most.

        Each repair is a posting of its own; done again, nothing is out of line and nothing is done. A trial tells what
        would be done.

        POST /api/inconsistencies/repairs, for admin, manager.
        """
        return self._write("POST", "/api/inconsistencies/repairs", told)


class AsyncConsistencyVerbs(AsyncSpeaker):
    """The verbs, awaited."""

    async def inconsistencies(self, **told: Unpack[InconsistenciesTold]) -> InconsistenciesAnswer:
        """
        Find what is out of line: serials against their place and documents, holdings against promises, old
        reservations, money against payments.

        GET /api/inconsistencies, for admin, auditor, clerk, manager, viewer.
        """  # noqa: D205 - one sentence, longer than a line
        return await self._ask("/api/inconsistencies", told)

    async def repair_inconsistencies(self, **told: Unpack[Write]) -> RepairInconsistenciesAnswer:
        """
        Repair what is out of line: a hundred of each kind at most.

        Each repair is a posting of its own; done again, nothing is out of line and nothing is done. A trial tells what
        would be done.

        POST /api/inconsistencies/repairs, for admin, manager.
        """
        return await self._write("POST", "/api/inconsistencies/repairs", told)
