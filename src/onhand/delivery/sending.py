"""Sending: one message to one address, within bounded time, and with a bounded look at the answer."""

import asyncio
import ssl
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib.metadata import version
from time import perf_counter
from typing import NamedTuple, Self

import httpcore

from onhand.delivery.guard import ForbiddenError, GuardedNetwork, Resolve, UnresolvedError, resolve
from onhand.kernel.refusals import Refused
from onhand.kernel.webhooks.targets import PORTS, Target, check_target, read_target

ANSWER_BYTES_MAX = 65_536
_GONE = 410
_MILLISECONDS = 1000
_KEPT_SECONDS = 5
_SUCCESS = range(200, 300)
_REDIRECT = range(300, 400)


class SendOutcome(NamedTuple):
    """
    What became of a message.

    `status` is the one of HTTP, None where there was no answer; `detail` says in words why it was not delivered.
    Nothing of what the receiver said is kept.
    """

    status: int | None
    detail: str | None
    milliseconds: int
    retry_after: float | None = None

    @property
    def is_delivered(self) -> bool:
        """Whether the receiver has it."""
        return self.detail is None

    @property
    def is_gone(self) -> bool:
        """Whether the receiver wants no more, for ever."""
        return self.status == _GONE


class Sender:
    """Posts messages, without redirects, cookies or proxies; connections are kept for some seconds."""

    def __init__(
        self,
        local_hosts: AbstractSet[str] = frozenset(),
        *,
        timeout_seconds: float = 20,
        connections_max: int = 32,
        resolve: Resolve = resolve,
        ssl_context: ssl.SSLContext | None = None,
    ) -> None:
        """
        Prepare to send.

        Args:
            local_hosts: Hosts that may be called without TLS and on this machine.
            timeout_seconds: How long one message may take, from the name to the answer.
            connections_max: How many connections are open at once.
            resolve: How names are resolved.
            ssl_context: Whom to trust; the authorities of the system unless told.
        """
        self._local_hosts = local_hosts
        self._timeout_seconds = timeout_seconds
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=ssl_context or httpcore.default_ssl_context(),
            max_connections=connections_max,
            keepalive_expiry=_KEPT_SECONDS,
            network_backend=GuardedNetwork(local_hosts, resolve=resolve),
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Close the connections."""
        await self._pool.aclose()

    async def send(self, url: str, headers: Mapping[str, str], body: bytes) -> SendOutcome:
        """Post a message; whatever goes wrong is an outcome."""
        begun = perf_counter()
        try:
            target = read_target(url)
            check_target(target, self._local_hosts)
            async with asyncio.timeout(self._timeout_seconds):
                status, retry_after = await self._post(target, headers, body)
        except (Refused, httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException, OSError) as error:
            return SendOutcome(None, _why_not(error), _since(begun))
        if status in _SUCCESS:
            return SendOutcome(status, None, _since(begun))
        detail = (
            "it answered with a redirect, which is not followed" if status in _REDIRECT else f"it answered {status}"
        )
        return SendOutcome(status, detail, _since(begun), _seconds(retry_after))

    async def _post(self, target: Target, headers: Mapping[str, str], body: bytes) -> tuple[int, str | None]:
        told = {
            "Host": _host(target),
            "User-Agent": f"onhand/{version('onhand')}",
            "Content-Type": "application/json",
            "Content-Length": str(len(body)),
            "Accept": "*/*",
            **headers,
        }
        url = httpcore.URL(scheme=target.scheme, host=target.host, port=target.port, target=target.path)
        request = httpcore.Request("POST", url, headers=list(told.items()), content=body)
        response = await self._pool.handle_async_request(request)
        try:
            found = {name.lower(): value for name, value in response.headers}
            await _look_over(response)
            return response.status, found.get(b"retry-after", b"").decode("latin-1") or None
        finally:
            await response.aclose()


async def _look_over(response: httpcore.Response) -> None:
    """Read a short answer to its end, so that the connection can be kept; a long or slow one is left there."""
    length = 0
    with suppress(httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException, TimeoutError):
        async with asyncio.timeout(1):
            async for part in response.aiter_stream():
                length += len(part)
                if length > ANSWER_BYTES_MAX:
                    return


def _host(target: Target) -> str:
    host = f"[{target.host}]" if ":" in target.host else target.host
    return host if target.port == PORTS[target.scheme] else f"{host}:{target.port}"


def _why_not(error: Exception) -> str:
    """Say why there was no answer, in words of our own."""
    match error:
        case Refused():
            return str(error.facts["detail"])
        case ForbiddenError():
            return str(error)
        case UnresolvedError():
            return "its name stands for no address"
        case httpcore.TimeoutException() | TimeoutError():
            return "it did not answer in time"
        case httpcore.ConnectError() if "SSL" in str(error) or "certificate" in str(error):
            return "its certificate cannot be trusted"
        case httpcore.ConnectError():
            return "it takes no connection"
        case ssl.SSLError():
            return "its certificate cannot be trusted"
        case _:
            return "the connection broke"


def _seconds(retry_after: str | None) -> float | None:
    """Read Retry-After: seconds, or a moment."""
    if retry_after is None:
        return None
    if retry_after.isascii() and retry_after.isdecimal():
        return float(retry_after[:9])
    try:
        moment = parsedate_to_datetime(retry_after)
    except (ValueError, TypeError, OverflowError):
        return None
    aware = moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
    return max(0.0, (aware - datetime.now(UTC)).total_seconds())


def _since(begun: float) -> int:
    return round((perf_counter() - begun) * _MILLISECONDS)
