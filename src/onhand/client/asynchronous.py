"""The client for programs with an event loop."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from types import TracebackType
from typing import Any, ParamSpec, Self, TypeVar

import httpx

from onhand.client.calling import (
    ATTEMPTS_MAX,
    Answer,
    Event,
    EventReader,
    Sent,
    ServiceProblem,
    asked,
    asking,
    is_worth_another,
    read,
    wait_seconds,
    writing,
    written,
)
from onhand.client.speaking import Page
from onhand.client.verbs import AsyncVerbs

Told = ParamSpec("Told")
Row = TypeVar("Row")


class AsyncClient(AsyncVerbs):
    """
    Calls a service with an API key: by its verbs, or by the address of anything it answers.

    A verb raises ServiceProblem where the service refused, or could not after all attempts.
    """

    def __init__(
        self,
        url: str,
        key: str,
        *,
        uds: str | None = None,
        timeout_seconds: float = 30,
        attempts_max: int = ATTEMPTS_MAX,
    ) -> None:
        """Call the service at an address, or on a unix socket; it is tried so many times where a retry can help."""
        headers = {"Authorization": f"Bearer {key}"}
        transport = None if uds is None else httpx.AsyncHTTPTransport(uds=uds)
        self._http = httpx.AsyncClient(base_url=url, headers=headers, timeout=timeout_seconds, transport=transport)
        self._attempts_max = attempts_max

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def act(
        self,
        path: str,
        body: Answer | None = None,
        *,
        key: str,
        method: str = "POST",
        dry_run: bool = False,
        version: int | None = None,
    ) -> Any:  # noqa: ANN401 - whatever the route answers
        """
        Write under a key, made where the act happens and never from the clock; a retry has the same key.

        Raises:
            ServiceProblem: The service refused, or could not after all attempts.
        """
        return await self._call(writing(method, path, body or {}, key=key, dry_run=dry_run, version=version))

    async def ask(self, path: str, **query: object) -> Any:  # noqa: ANN401 - whatever the route answers
        """Ask; raises ServiceProblem."""
        return await self._call(asking(path, query))

    async def pages(self, path: str, **query: object) -> AsyncIterator[Answer]:
        """Give the rows of a list one after the other, page by page."""
        after = None
        while True:
            page = await self.ask(path, **query, after=after)
            for row in page["rows"]:
                yield row
            after = page["after"]
            if after is None:
                return

    async def every(
        self, ask: Callable[Told, Awaitable[Page[Row]]], *args: Told.args, **told: Told.kwargs
    ) -> AsyncIterator[Row]:
        """Give the rows of a list one after the other, page by page: `every(shop.holdings, site="london")`."""
        while True:
            page = await ask(*args, **told)
            for row in page["rows"]:
                yield row
            if page["after"] is None:
                return
            told["after"] = page["after"]

    async def events(self, *, since: int, **query: object) -> AsyncIterator[Event]:
        """
        Give the postings after a number as they come, for ever; a connection that is lost is opened again.

        Each comes once, in the order of the journal. Keep the number of the last one that was dealt with.
        """
        attempt = 0
        while True:
            sent = asking("/api/events", query)
            reader = EventReader()
            headers = {"Last-Event-ID": str(since)}
            try:
                async with self._http.stream("GET", sent.path, params=dict(sent.query), headers=headers) as response:
                    if not is_worth_another(response) and not response.is_success:
                        await response.aread()
                        read(response)
                    async for line in response.aiter_lines():
                        event = reader.take(line)
                        if event is not None and event.number > since:
                            since, attempt = event.number, 0
                            yield event
            except httpx.TransportError:
                pass
            await asyncio.sleep(wait_seconds(attempt, None))
            attempt += 1

    async def _write(self, method: str, address: str, told: Mapping[str, Any]) -> Any:  # noqa: ANN401 - as told
        return await self._call(written(method, address, told))

    async def _ask(self, address: str, told: Mapping[str, Any]) -> Any:  # noqa: ANN401 - as told
        return await self._call(asked(address, told))

    async def _call(self, sent: Sent) -> Any:  # noqa: ANN401 - whatever the route answers
        for attempt in range(self._attempts_max):
            is_last = attempt == self._attempts_max - 1
            try:
                response = await self._http.request(
                    sent.method, sent.path, params=dict(sent.query), headers=dict(sent.headers), content=sent.content
                )
            except httpx.TransportError as error:
                if is_last:
                    raise ServiceProblem(503, "UNREACHABLE", f"the service does not answer: {error!r}", {}) from error
                await asyncio.sleep(wait_seconds(attempt, None))
                continue
            if is_last or not is_worth_another(response):
                return read(response)
            await asyncio.sleep(wait_seconds(attempt, response))
        raise AssertionError("there is one attempt at least")
