"""A call: one request on its way through the service, with whose it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from onhand.ledger.accounts_reading import KeyHolder
from onhand.ledger.stock import Stock

if TYPE_CHECKING:
    from litestar import Request

    from onhand.api.limits import Limits
    from onhand.api.metrics import Metrics


class Ledger(Protocol):
    """The open ledger of an org."""

    @property
    def org_id(self) -> int:
        """The number of the org."""
        ...

    @property
    def stock(self) -> Stock:
        """Its ledger."""
        ...


class Ledgers(Protocol):
    """The ledgers of a database, opened when they are first asked for."""

    async def get(self, org_id: int) -> Ledger:
        """Give the ledger of an org; raises Fault."""
        ...

    async def ping(self) -> None:
        """Raise Fault where the database does not answer."""
        ...

    def opened(self) -> Mapping[int, Ledger]:
        """Give the ledgers that are open."""
        ...

    async def close(self) -> None:
        """Let what waits be executed, then close all of them."""
        ...


def address_of(scope: Any) -> str:  # noqa: ANN401 - a scope of the framework
    """Give the address that a request comes from; all who come through a unix socket share one."""
    client = scope.get("client")
    return "" if client is None else str(client[0])


@dataclass(slots=True, kw_only=True)
class Call:
    """One request: whose it is, what it asks for, and what became of it."""

    request: "Request[Any, Any, Any]"
    request_id: str
    holder: KeyHolder
    ledger: Ledger
    limits: "Limits"
    metrics: "Metrics"
    in_path: Mapping[str, str]
    query: Mapping[str, str]
    body: Any = None

    @property
    def stock(self) -> Stock:
        """The ledger of the caller's org."""
        return self.ledger.stock

    @property
    def sites(self) -> frozenset[str] | None:
        """The sites that the caller is limited to; None is all."""
        return frozenset(self.holder.sites) or None
