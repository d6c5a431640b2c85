"""
What is told of service, and the verbs for it.

Made from /openapi.json by `make docs`; edit docs/generating/client.py, not this.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Required, TypedDict, Unpack

from onhand.client.shapes.service import BulkAnswer, LimitsAnswer, MeAnswer
from onhand.client.speaking import AsyncSpeaker, Speaker


class BulkTold(TypedDict, total=False):
    """What `bulk` is told."""

    dry_run: bool  # Compute only, and write nothing; each command as if it were alone.
    commands: Required[Sequence[Mapping[str, Any]]]  # The commands, in order.


class ServiceVerbs(Speaker):
    """The verbs."""

    def bulk(self, **told: Unpack[BulkTold]) -> BulkAnswer:
        """
        Execute many commands in order, each on its own: one refused does not stop the others.

        POST /api/bulk, for admin, clerk, manager.
        """
        return self._write("POST", "/api/bulk", told)

    def me(self) -> MeAnswer:
        """
        Tell whose key it is.

        GET /api/me, for admin, auditor, clerk, manager, viewer.
        """
        return self._ask("/api/me", {})

    def limits(self) -> LimitsAnswer:
        """
        Tell the limits of the service.

        GET /api/limits, for admin, auditor, clerk, manager, viewer.
        """
        return self._ask("/api/limits", {})


class AsyncServiceVerbs(AsyncSpeaker):
    """The verbs, awaited."""

    async def bulk(self, **told: Unpack[BulkTold]) -> BulkAnswer:
        """
        Execute many commands in order, each on its own: one refused does not stop the others.

        POST /api/bulk, for admin, clerk, manager.
        """
        return await self._write("POST", "/api/bulk", told)

    async def me(self) -> MeAnswer:
        """
        Tell whose key it is.

        GET /api/me, for admin, auditor, clerk, manager, viewer.
        """
        return await self._ask("/api/me", {})

    async def limits(self) -> LimitsAnswer:
        """
        Tell the limits of the service.

        GET /api/limits, for admin, auditor, clerk, manager, viewer.
        """
        return await self._ask("/api/limits", {})
