"""What the worker needs of a store: jobs, and the leases under which they are worked on."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import NamedTuple, Protocol


class Job(NamedTuple):
    """A moment at which a task was due; `tries` counts how often it was begun, this time too."""

    task: str
    slot: datetime
    tries: int


class Jobs(Protocol):
    """
    The jobs of one org.

    A claim is the name of a worker; what it notes of a job whose lease was taken over is not kept. `busy` names the
    tasks that the worker is at.
    """

    async def plan(self, slots: Mapping[str, datetime]) -> None:
        """Plan each task at its moment, unless that was planned before or an earlier job of the task is open."""
        ...

    async def claim(self, claim: str, lease_seconds: float, busy: Collection[str]) -> tuple[Job, ...]:
        """Take the leases of all jobs that can be begun now."""
        ...

    async def hold(self, claim: str, lease_seconds: float, busy: Collection[str]) -> None:
        """Hold the leases of jobs longer."""
        ...

    async def postpone(self, claim: str, job: Job, wait_seconds: float) -> None:
        """Give the lease of a job up, and let it wait."""
        ...

    async def end(self, claim: str, job: Job, failure: str | None) -> None:
        """Note that a job is done; with a failure, that it has failed for good."""
        ...

    async def delete_ended(self, keep_hours: int) -> None:
        """Delete jobs that ended so long ago, but the last of each task."""
        ...
