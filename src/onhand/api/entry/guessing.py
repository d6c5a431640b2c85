"""Guessing: whoever tries passwords is slowed down, and trying takes no more of the machine than it should."""

import asyncio
from math import ceil

from onhand.api.http.limits import Limits, Rate
from onhand.api.http.problems import Problem

_HASHING_MAX = 2
"""So many passwords are hashed at once; each takes memory and a processor for a while."""


class Guesses:
    """The rates by name and address at which passwords are told, whatever for, and the turns at hashing them."""

    def __init__(self, limits: Limits) -> None:
        """Allow as many as the limits say."""
        self._names = Rate.per_minute(limits.login_name_per_minute)
        self._addresses = Rate.per_minute(limits.login_address_per_minute)
        self.hashing = asyncio.Semaphore(_HASHING_MAX)

    def take(self, who: object, address: str) -> None:
        """Take one of a name and an address; raises Problem RATE_LIMITED."""
        wait = self._addresses.take(address) or self._names.take(who)
        if wait:
            raise Problem("RATE_LIMITED", retry_after=ceil(wait))
