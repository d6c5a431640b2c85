"""The ledger as its users see it."""

from collections.abc import Sequence
from typing import Protocol, Self

from onhand.ledger.batcher import Batcher
from onhand.ledger.verbs import Verbs


class Closing(Protocol):
    """What is closed with the ledger."""

    async def close(self) -> None:
        """Give everything back."""
        ...


class Stock(Verbs):
    """An open ledger of one org: a verb for each operation, and questions."""

    def __init__(self, batcher: Batcher, *, actor: str, closing: Sequence[Closing] = ()) -> None:
        """Put the engine and the questions together; `bootstrap` does it."""
        Verbs.__init__(self, batcher, actor=actor)
        self._closing = closing

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Let what waits be executed, then close the connections."""
        await self._batcher.close()
        for closing in self._closing:
            await closing.close()
