"""Serving: from a request to an answer, the same way for every route."""

from collections.abc import Mapping
from operator import attrgetter
from typing import Any
from urllib.parse import parse_qsl

import msgspec

from onhand.api.entry.calls import Call, RequestRecord, ServedLedgers, source_of
from onhand.api.entry.gate import Gate, KnownCaller, check_right
from onhand.api.entry.guessing import Guesses
from onhand.api.entry.sign_ins import SignInDesk, check_origin, cookie_of
from onhand.api.entry.turns import Turns
from onhand.api.http.bodies import read_body, read_json
from onhand.api.http.incoming import Incoming
from onhand.api.http.limits import PAGE_MAX, AtOnce, Limits
from onhand.api.http.metrics import ServiceMetrics
from onhand.api.http.problems import HttpAnswer, Problem
from onhand.api.http.timeouts import told_within, within
from onhand.api.routes.commands import wrong
from onhand.api.routes.etags import REVALIDATED, is_known, mark_of
from onhand.api.routes.routes import Act, Ask, Door, Knock, Route, Special
from onhand.api.routes.writes import act
from onhand.kernel.posting import Posting
from onhand.kernel.refusals import CATALOGUE, Refused
from onhand.kernel.within import touches_only

_JSON = "application/json"
_PARAMETERS_MAX = 50


class Service:
    """Answers requests on the ledgers of a database."""

    def __init__(self, ledgers: ServedLedgers, limits: Limits, metrics: ServiceMetrics) -> None:
        self.ledgers = ledgers
        self.limits = limits
        self.metrics = metrics
        self._gate = Gate(ledgers, limits)
        self._guesses = Guesses(limits)
        self._turns = Turns()
        self._desk = SignInDesk(ledgers, self._guesses)
        self._keys = AtOnce(limits.key_in_flight)

    async def answer(
        self, route: Route, in_path: Mapping[str, str], incoming: Incoming, told: RequestRecord
    ) -> HttpAnswer | Any:  # noqa: ANN401 - a stream is no answer
        """Answer a request; raises Refused, Problem or Fault."""
        told.route = route.path
        address = source_of(incoming.scope)
        if isinstance(route, Door):
            check_origin(incoming.headers, needed=False)
            body = await self._body(incoming)
            knock = Knock(incoming=incoming, told=told, desk=self._desk, address=address, body=body)
            return await told_within(self.limits.write_seconds, route.handle(knock))
        known = await self._gate.enter(route.method, incoming.headers, address)
        if known.token is not None:
            told.cookie = cookie_of(known.token)
        told.org, told.actor = known.ledger.org_id, known.holder.name
        check_right(route, known.holder)
        key = (known.ledger.org_id, known.holder.id)
        if not self._keys.enter(key):
            raise Problem("RATE_LIMITED", retry_after=1)
        try:
            return await self._answer(route, in_path, incoming, told, known)
        finally:
            self._keys.leave(key)

    async def _answer(
        self, route: Route, in_path: Mapping[str, str], incoming: Incoming, told: RequestRecord, known: KnownCaller
    ) -> HttpAnswer | Any:  # noqa: ANN401 - a stream is no answer
        """Answer a request of somebody who may ask for it."""
        call = Call(
            incoming=incoming,
            told=told,
            session=known.session,
            holder=known.holder,
            ledger=known.ledger,
            guesses=self._guesses,
            turns=self._turns,
            limits=self.limits,
            metrics=self.metrics,
            in_path=in_path,
            query=_query(incoming),
        )
        match route:
            case Act():
                told.operation = route.operation
                call.body = await self._body(incoming)
                return await told_within(self.limits.write_seconds, act(route, call))
            case Ask():
                told.operation = route.name
                return await within(self.limits.question_seconds, self.ask(route, call))
            case Special():
                told.operation = route.path
                if route.body is not None:
                    call.body = await self._body(incoming)
                handled = within(self.limits.write_seconds, route.handle(call))
                answered = await told_within(self.limits.write_seconds, handled)
                if isinstance(answered, HttpAnswer) or route.media_type != "application/json":
                    return answered
                return HttpAnswer(200, msgspec.json.encode(answered), {})
            case _:
                raise TypeError(route)

    async def ask(self, route: Ask, call: Call) -> HttpAnswer:
        """Answer a question."""
        told = dict(call.query)
        limit = told.get("limit", "50")
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
        mark = await mark_of(route, call)
        if mark is not None and is_known(mark, call.incoming.headers.get("if-none-match")):
            return HttpAnswer(304, b"", {"ETag": mark, **REVALIDATED})
        answer = await attrgetter(route.question)(call.stock)(**values)
        if call.sites is not None:
            _hide(route, call.sites, values, answer)
        written = route.answer.write(answer)
        headers = {} if mark is None else {"ETag": mark, **REVALIDATED}
        if isinstance(written, dict) and isinstance(written.get("version"), int):
            headers["ETag"] = version = f'"{written["version"]}"'
            if route.changes_with == "version":
                headers |= REVALIDATED
                if is_known(version, call.incoming.headers.get("if-none-match")):
                    return HttpAnswer(304, b"", headers)
        return HttpAnswer(200, msgspec.json.encode(written), headers)

    async def _body(self, incoming: Incoming) -> Any:  # noqa: ANN401 - whatever JSON held
        headers = incoming.headers
        kind = headers.get("content-type", "")
        is_json = kind == _JSON or kind.partition(";")[0].strip().lower() == _JSON
        if not is_json or headers.get("content-encoding", "identity") != "identity":
            raise Problem("MEDIA_TYPE_UNSUPPORTED")
        return read_json(await read_body(incoming, self.limits))


def _query(incoming: Incoming) -> Mapping[str, str]:
    raw = incoming.query
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


def _hide(route: Ask, sites: frozenset[str], values: Mapping[str, Any], answer: Any) -> None:  # noqa: ANN401 - of any question
    """Tell a key that is limited to sites of what stands at another as if it were nowhere; raises Refused."""
    if isinstance(answer, Posting) and not touches_only(answer, sites):
        raise Refused("POSTING_NOT_FOUND", number=answer.number)
    if route.elsewhere and answer.site not in sites:
        (fact,), (told,) = CATALOGUE[route.elsewhere].facts, values.values()
        raise Refused(route.elsewhere, **{fact: told})
