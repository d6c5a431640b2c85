"""
The guard: a name is resolved once, each address that it stands for is judged, and the connection goes to that address.

Between the judgement and the connection nothing is resolved again, so no name can stand for another address then. TLS
and the header Host keep the name.
"""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet

import httpcore

from onhand.kernel.refusals import Refused
from onhand.kernel.webhooks.targets import check_address

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]
"""Gives the addresses that a host stands for."""

_ADDRESSES_MAX = 4


class ForbiddenError(httpcore.ConnectError):
    """The name stands for an address that must not be called."""


class UnresolvedError(httpcore.ConnectError):
    """The name stands for nothing."""


async def resolve(host: str, port: int) -> Sequence[str]:
    """Ask the resolver of this machine."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(address[0]) for *_, address in found]


class GuardedNetwork(httpcore.AsyncNetworkBackend):
    """Connects to public addresses only; to loopback too where the host is named as local."""

    def __init__(
        self,
        local_hosts: AbstractSet[str] = frozenset(),
        *,
        resolve: Resolve = resolve,
        inner: httpcore.AsyncNetworkBackend | None = None,
    ) -> None:
        """
        Connect through another network, after looking.

        Args:
            local_hosts: Hosts that may stand for this machine itself.
            resolve: How names are resolved.
            inner: What connects; it is given addresses, never names.
        """
        self._local_hosts = local_hosts
        self._resolve = resolve
        self._inner = inner or httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - as the library has it
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to the first address of a host that answers, if all of them may be called."""
        addresses = await self._checked(host, port)
        failure: httpcore.ConnectError | httpcore.ConnectTimeout | None = None
        for address in addresses:
            try:
                return await self._inner.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure or UnresolvedError(host)

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ASYNC109 - as the library has it
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Refuse; no webhook leads to a socket."""
        del timeout, socket_options
        raise ForbiddenError(path)

    async def sleep(self, seconds: float) -> None:
        """Wait; the library asks for it between retries, of which there are none."""
        await self._inner.sleep(seconds)

    async def _checked(self, host: str, port: int) -> Sequence[str]:
        try:
            found = list(dict.fromkeys(await self._resolve(host, port)))
        except (OSError, UnicodeError) as error:
            raise UnresolvedError(host) from error
        for address in found:
            try:
                check_address(address, is_local=host in self._local_hosts)
            except Refused as refused:
                raise ForbiddenError(str(refused.facts["detail"])) from None
        return found[:_ADDRESSES_MAX]
