"""The journal's clock between two looks at it."""

import time
from datetime import UTC, datetime, timedelta


class Clock:
    """
    The clock of the database as it was last told, carried on by this machine's steady one.

    It may be late by what a message takes, and is never set by whoever changes the time of day here.
    """

    def __init__(self) -> None:
        self._told = datetime.fromtimestamp(0, UTC)
        self._heard_at = 0.0

    def set(self, now: datetime) -> None:
        """Take what the database says."""
        self._told = now
        self._heard_at = time.monotonic()

    def now(self) -> datetime:
        """Say what the database would say."""
        return self._told + timedelta(seconds=time.monotonic() - self._heard_at)
