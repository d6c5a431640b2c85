"""A call: one request on its way through the service, with whose it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv6Address, IPv6Network
from typing import TYPE_CHECKING, Any, Protocol

from onhand.credentials.passwords import Vault
from onhand.credentials.sign_ins import SessionStore
from onhand.ledger.accounts.port import KeyHolder, SessionHolder
from onhand.ledger.stock import Stock

if TYPE_CHECKING:
    from onhand.api.entry.guessing import Guesses
    from onhand.api.entry.turns import Turns
    from onhand.api.http.incoming import Incoming
    from onhand.api.http.limits import Limits
    from onhand.api.http.metrics import ServiceMetrics


_NETWORK_BITS = 64


class ServedLedger(Protocol):
    """The open ledger of an org."""

    @property
    def org_id(self) -> int:
        """The number of the org."""
        ...

    @property
    def stock(self) -> Stock:
        """Its ledger."""
        ...

    @property
    def passwords(self) -> Vault:
        """The hashes of its users' passwords."""
        ...

    @property
    def sessions(self) -> SessionStore:
        """The sessions of its users."""
        ...

    @property
    def secret(self) -> bytes:
        """What its services know and nobody else does."""
        ...


class ServedLedgers(Protocol):
    """The ledgers of a database, opened when they are first asked for."""

    async def get(self, org_id: int) -> ServedLedger:
        """Give the ledger of an org; raises Fault."""
        ...

    async def find(self, code: str) -> ServedLedger | None:
        """Give the ledger of an org by its code; None where there is no such org."""
        ...

    async def ping(self) -> None:
        """Raise Fault where the database does not answer."""
        ...

    def opened(self) -> Mapping[int, ServedLedger]:
        """Give the ledgers that are open."""
        ...

    async def close(self) -> None:
        """Let what waits be executed, then close all of them."""
        ...


def address_of(scope: Any) -> str:  # noqa: ANN401 - a scope of the framework
    """Give the address that a request comes from; all who come through a unix socket share one."""
    client = scope.get("client")
    return "" if client is None else str(client[0])


def source_of(scope: Any) -> str:  # noqa: ANN401 - a scope of the framework
    """Give what rates by address count a request under: of IPv6 the network, all of whose addresses one caller has."""
    address = address_of(scope)
    return _network_of(address) if ":" in address else address


@lru_cache(maxsize=1024)
def _network_of(address: str) -> str:
    """Give the network of an address of IPv6; one that stands for an address of IPv4 is that one."""
    try:
        read = IPv6Address(address.partition("%")[0])
    except ValueError:
        return address
    return str(read.ipv4_mapped or IPv6Network((read, _NETWORK_BITS), strict=False))


@dataclass(slots=True, kw_only=True)
class RequestRecord:
    """What the log tells of a request, filled in on its way."""

    request_id: str
    route: str = ""
    org: int | None = None
    actor: str | None = None
    operation: str | None = None
    cookie: str | None = None
    trace: "Traced | None" = None


class Traced(Protocol):
    """The span of a request, where there are traces."""

    def handed_in(self, commands: Sequence[object]) -> None:
        """Let the batch that will execute commands be found by them."""
        ...

    def answered(self, commands: Sequence[object]) -> None:
        """Forget commands that no batch has executed."""
        ...

    def end(self, method: str, told: RequestRecord, status: int, error: Exception | None) -> None:
        """End it, with what became of the request."""
        ...


@dataclass(slots=True, kw_only=True)
class Call:
    """One request: whose it is, what it asks for, and what became of it."""

    incoming: "Incoming"
    told: RequestRecord
    holder: KeyHolder
    ledger: ServedLedger
    guesses: "Guesses"
    turns: "Turns"
    limits: "Limits"
    metrics: "ServiceMetrics"
    in_path: Mapping[str, str]
    query: Mapping[str, str]
    session: SessionHolder | None = None
    body: Any = None

    @property
    def request_id(self) -> str:
        """What finds the request in the logs."""
        return self.told.request_id

    @property
    def stock(self) -> Stock:
        """The ledger of the caller's org."""
        return self.ledger.stock

    @property
    def sites(self) -> frozenset[str] | None:
        """The sites that the caller is limited to; None is all."""
        return frozenset(self.holder.sites) or None
