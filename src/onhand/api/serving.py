"""Serving: from a request to an answer, the same way for every route."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

import msgspec
from litestar import Request

from onhand.api.bodies import read_body, read_json
from onhand.api.calls import Call, Ledgers
from onhand.api.cursors import open_cursor, seal_cursor
from onhand.api.gate import Gate, check_right
from onhand.api.limits import PAGE_MAX, Limits
from onhand.api.metrics import Metrics
from onhand.api.postings import write_posting
from onhand.api.problems import Answer, Problem
from onhand.api.routes import Act, Ask, Route, Special
from onhand.api.wire import wrong
from onhand.faults import Fault
from onhand.kernel.command import Command
from onhand.kernel.posting import Posting
from onhand.kernel.refusals import Refused
from onhand.kernel.within import Within, touches_only

AnyRequest = Request[Any, Any, Any]
_PARAMETERS_MAX = 50
_CURSORS = ("after", "before", "earlier")


@dataclass(slots=True, kw_only=True)
class Told:
    """What the log tells of a request, filled in on its way."""

    request_id: str
    route: str = ""
    org: int | None = None
    actor: str | None = None
    operation: str | None = None


class Service:
    """Answers requests on the ledgers of a database."""

    def __init__(self, ledgers: Ledgers, limits: Limits, metrics: Metrics) -> None:
        """Serve ledgers within limits."""
        self.ledgers = ledgers
        self.limits = limits
        self.metrics = metrics
        self._gate = Gate(ledgers, limits)

    async def answer(self, route: Route, request: AnyRequest, told: Told) -> Answer | Any:  # noqa: ANN401 - a stream is no answer
        """Answer a request; raises Refused, Problem or Fault."""
        told.route = route.path
        known = await self._gate.enter(request.headers.get("authorization"))
        told.org, told.actor = known.ledger.org_id, known.holder.name
        check_right(route, known.holder)
        call = Call(
            request=request,
            request_id=told.request_id,
            holder=known.holder,
            ledger=known.ledger,
            limits=self.limits,
            metrics=self.metrics,
            in_path=request.path_params,
            query=_query(request),
        )
        match route:
            case Act():
                told.operation = route.operation
                call.body = await self._body(request)
                return await self.act(route, call)
            case Ask():
                told.operation = route.question
                async with asyncio.timeout(self.limits.question_seconds):
                    return await self.ask(route, call)
            case Special():
                told.operation = route.path
                if route.body is not None:
                    call.body = await self._body(request)
                answered = await route.handle(call)
                if route.media_type != "application/json":
                    return answered
                return Answer(200, msgspec.json.encode(answered), {})
            case _:
                raise TypeError(route)

    async def act(self, route: Act, call: Call) -> Answer:
        """Do what a write asks for, or compute it only."""
        dry_run = flag_of(call.query, "dry_run")
        if call.query.keys() - {"dry_run"}:
            raise wrong("the query", "knows dry_run only")
        prepared = None if route.prepare is None else route.prepare(call)
        about: dict[str, object] = {"key": key_of(call), "actor": call.holder.name, **route.fixed}
        if prepared is not None:
            about |= prepared.fields
        version = _version(call.request.headers.get("if-match"))
        if version is not None:
            if not route.shape.has_version:
                raise Problem("IF_MATCH_UNUSABLE")
            about["version"] = version
        command = route.shape.read(call.body, call.in_path, about)
        posting = await self.post(call, command, dry_run=dry_run)
        document = {**write_posting(posting), "dry_run": dry_run}
        if prepared is not None and not dry_run:
            document |= prepared.answer
        headers = {} if dry_run else {"Location": f"/api/postings/{posting.number}"}
        if posting.replayed:
            headers["Idempotency-Replayed"] = "true"
        return Answer(200 if dry_run or posting.replayed else 201, msgspec.json.encode(document), headers)

    async def post(self, call: Call, command: Command, *, dry_run: bool) -> Posting:
        """Execute a command for whoever calls; one that is limited to sites touches no other."""
        (outcome,) = await self.post_all(call, [command], dry_run=dry_run)
        if isinstance(outcome, Posting):
            return outcome
        raise outcome

    async def post_all(self, call: Call, commands: list[Command], *, dry_run: bool) -> list[Posting | Refused | Fault]:
        """Execute commands in order, each on its own."""
        sites = call.sites
        limited: list[Any] = commands if sites is None else [Within(command, sites) for command in commands]
        self.metrics.waiting.inc(len(commands))
        try:
            outcomes = await call.stock.bulk(limited, dry_run=dry_run)
        finally:
            self.metrics.waiting.dec(len(commands))
        return [_seen(outcome, sites) for outcome in outcomes]

    async def ask(self, route: Ask, call: Call) -> Answer:
        """Answer a question."""
        told = dict(call.query)
        limit = told.get("limit", "50")
        for name in _CURSORS:
            if name in told:
                told[name] = open_cursor(call.ledger.secret, call.request.url.path, call.query, told[name])
        values = {}
        for name, parameter in route.parameters.items():
            outside = route.outside(name)
            text = call.in_path[outside] if outside in route.in_path else told.pop(outside, None)
            if text is not None:
                values[name] = parameter.read(text, outside)
            elif parameter.required:
                raise wrong("the query", f"needs {outside}")
        if told:
            raise wrong("the query", f"has no parameter {ascii(min(told))[:40]}")
        if "limit" in values and not 1 <= values["limit"] <= PAGE_MAX:
            raise wrong("limit", f"is not from 1 to {PAGE_MAX}: {ascii(limit)[:20]}")
        _narrow(route, call, values)
        answer = await getattr(call.stock, route.question)(**values)
        if isinstance(answer, Posting) and call.sites is not None and not touches_only(answer, call.sites):
            raise Refused("POSTING_NOT_FOUND", number=answer.number)
        written = route.answer.write(answer)
        headers = {}
        if isinstance(written, dict):
            _seal(call, written)
            if isinstance(written.get("version"), int):
                headers["ETag"] = f'"{written["version"]}"'
        return Answer(200, msgspec.json.encode(written), headers)

    async def _body(self, request: AnyRequest) -> Any:  # noqa: ANN401 - whatever JSON held
        headers = request.headers
        kind = headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind != "application/json" or headers.get("content-encoding", "identity") != "identity":
            raise Problem("MEDIA_TYPE_UNSUPPORTED")
        return read_json(await read_body(request.stream(), headers.get("content-length"), self.limits))


def key_of(call: Call) -> str:
    """Give the idempotency key of a write; raises Problem where there is none."""
    keys = call.request.headers.getall("idempotency-key", [])
    if len(keys) != 1:
        raise Problem("IDEMPOTENCY_KEY_MISSING")
    return str(keys[0])


def flag_of(query: Mapping[str, str], name: str) -> bool:
    """Read true or false from the query; absent is false."""
    text = query.get(name, "false")
    if text not in {"true", "false"}:
        raise wrong(name, "is not true or false")
    return text == "true"


def _query(request: AnyRequest) -> Mapping[str, str]:
    raw = request.scope["query_string"]
    if not raw:
        return {}
    try:
        pairs = parse_qsl(
            raw.decode("ascii"),
            keep_blank_values=True,
            strict_parsing=True,
            errors="strict",
            max_num_fields=_PARAMETERS_MAX,
        )
    except ValueError:
        raise wrong("the query", "is not well formed") from None
    query = dict(pairs)
    if len(query) < len(pairs):
        raise wrong("the query", "tells a parameter twice")
    return query


def _version(if_match: str | None) -> int | None:
    if if_match is None:
        return None
    bare = if_match[1:-1]
    if len(if_match) < 3 or if_match[0] + if_match[-1] != '""' or not bare.isdecimal() or not bare.isascii():  # noqa: PLR2004 - two quotes and a digit
        raise Problem("IF_MATCH_UNUSABLE")
    if len(bare) > 9:  # noqa: PLR2004 - no version is so large
        raise Problem("IF_MATCH_UNUSABLE")
    return int(bare)


def _narrow(route: Ask, call: Call, values: dict[str, Any]) -> None:
    """Let a key that is limited to sites see these alone."""
    sites = call.sites
    if sites is None or "site" not in route.parameters:
        return
    if values.get("site") is None:
        if len(sites) > 1:
            raise wrong("the query", "needs site, since the key is limited to some")
        (values["site"],) = sites
    elif values["site"] not in sites:
        raise Refused("UNKNOWN_SITE", site=values["site"])


def _seal(call: Call, written: dict[str, Any]) -> None:
    """Sign the cursors of an answer."""
    for name in _CURSORS:
        if isinstance(written.get(name), str):
            written[name] = seal_cursor(call.ledger.secret, call.request.url.path, call.query, written[name])
    for part in written.values():
        if isinstance(part, dict) and isinstance(part.get("rows"), list):
            _seal(call, part)


def _seen(outcome: Posting | Refused | Fault, sites: frozenset[str] | None) -> Posting | Refused | Fault:
    """Let a key that is limited to sites see no posting of another, not even by its key."""
    if sites is None or not isinstance(outcome, Posting) or not outcome.replayed or touches_only(outcome, sites):
        return outcome
    return Refused("POSTING_NOT_FOUND", number=outcome.number)
