"""What promises ask of a store."""

from typing import NamedTuple, Protocol


class Versioned(NamedTuple):
    """A reservation and the version that it had."""

    id: int
    version: int


class PromisesReading(Protocol):
    """Which reservations there is something to do for."""

    async def claimable(self, limit: int) -> tuple[Versioned, ...]:
        """Those whose time has passed and that no worker is at, the longest overdue first."""
        ...

    async def claimed(self, worker: str, limit: int) -> tuple[Versioned, ...]:
        """Those that a worker has claimed and not ended."""
        ...

    async def next_in_line(self, limit: int) -> tuple[Versioned, ...]:
        """Those who wait for what is there, in the order in which they are served."""
        ...
