"""Requests made up from the description of the service, and what must hold for each of them."""

import json
from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import psycopg
import requests
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.openapi import from_dict
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import response_schema_conformance, status_code_conformance

import onhand
from onhand.api.openapi.openapi import openapi_document
from onhand.api.routes.routes import find_routes
from tests.api.conftest import Shop

Operation = APIOperation[Any, Any, Any, Any]

SCHEMA = from_dict(json.loads(openapi_document(find_routes())))
_FOUND = [found.ok() for found in SCHEMA.get_all_operations() if isinstance(found, Ok)]
OPERATIONS = [operation for operation in _FOUND if operation.path != "/api/events"]
"""All but the stream, which never ends."""

_CHECKS = [not_a_server_error, status_code_conformance, response_schema_conformance]
_KNOWN: dict[str, list[object]] = {
    "site": ["london", "paris"],
    "target": ["paris", "london", "available", "hold", "quarantine"],
    "source": ["available", "hold"],
    "sku": ["A", "B", "LOT", "PHONE", "ROLL"],
    "product": ["P", "Q"],
    "lot": ["L-1", "L-2"],
    "unit": ["SN-1", "SN-2", "SN-3"],
    "invoice": ["I-1", "I-2"],
    "order": ["O-1"],
    "customer": ["C-1"],
    "transaction": ["t-1", "t-2"],
    "user": ["ada"],
    "id": ["I-1", "I-2"],
    "code": ["A", "L-1"],
    "number": [1, 2, 7, "I-1"],
    "reservation": [1, 20, 30],
    "quantity": [1, "2", "0.5"],
    "length": ["1"],
    "state": ["available", "hold"],
    "key": ["same"],
}
"""What there is, so that requests get past the first refusal."""


@dataclass
class Told:
    """What became of the requests."""

    statuses: Counter[int] = field(default_factory=Counter)


_NO_HTTP = "Invalid HTTP request received."
"""What the server says of bytes that are no request, such as a header with a control character; no route is reached."""


def furnish(shop: Shop) -> None:
    """Give the shop a bit of everything."""
    with onhand.connect_sync(shop.running.environment["ONHAND_DATABASE_URL"]) as stock:
        stock.define(items=["LOT", "PHONE", {"sku": "ROLL", "measure": "m"}], products=["Q"], key="furnish-1")
        stock.receive(site="london", lines=[("B", 50), ("LOT", 100, "L-1"), ("LOT", 5, "L-2")], key="furnish-2")
        stock.serials.receive(site="london", serials=[("PHONE", f"SN-{n}") for n in range(1, 6)], key="furnish-3")
        stock.catalog.define_customer(code="C-1", key="furnish-4")
        for n in (1, 2):
            line = {"sku": "PHONE", "quantity": 1, "unit": f"SN-{n}", "price": "10", "vat_rate": "20"}
            stock.invoices.issue(site="london", number=f"I-{n}", lines=[line], key=f"furnish-5-{n}")
        stock.recipes.define(product="P", ingredients=[("Bun", 1, "piece")], key="furnish-6")
        stock.recipes.map_ingredients(site="london", mappings=[("Bun", "piece", "B")], key="furnish-7")
        stock.recipes.deduct(transaction="t-1", site="london", items=[("P", 1)], key="furnish-8")
        held = stock.reserve(site="london", lines=[("A", 5)], key="furnish-9")
        line = {"sku": "A", "quantity": 5, "price": "1", "vat_rate": "0"}
        stock.orders.place(number="O-1", reservations=[held.made("reservation")], lines=[line], key="furnish-10")
        stock.pieces.produce(
            site="london", made=[{"sku": "ROLL", "kind": "roll", "size": "100", "pieces": 2}], key="furnish-11"
        )


def hammer(shop: Shop, operation: Operation, examples: int, *, number: int = 0, told: Told | None = None) -> None:
    """
    Send made-up requests to an operation: some that fit its description, some that do not, some about what there is.

    None is answered by 5xx or by a status, a code or an answer that is not described, and one that is not done, because
    it was refused or computed only, leaves the journals where they were.
    """
    counts = told or Told()
    with psycopg.connect(shop.admin_url, autocommit=True) as connection, requests.Session() as session:

        @settings(
            max_examples=examples,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @seed(number)
        @given(data=st.data())
        def run(data: st.DataObject) -> None:
            mode = data.draw(
                st.sampled_from([GenerationMode.POSITIVE, GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
            )
            case = data.draw(_strategy(operation, mode))
            if data.draw(st.booleans()):
                case.body = _known(case.body, "", data)
                case.path_parameters = _known(case.path_parameters, "", data)
                case.query = _known(case.query, "", data)
            if mode is GenerationMode.POSITIVE and case.headers and "Idempotency-Key" in case.headers:
                case.headers["Idempotency-Key"] = str(uuid4())
            before = _heads(connection)
            try:
                response = case.call(
                    base_url=shop.running.url, session=session, headers={"Authorization": f"Bearer {shop.boss.key}"}
                )
            except (requests.exceptions.InvalidHeader, UnicodeError):
                return  # it cannot be sent
            counts.statuses[response.status_code] += 1
            if response.text == _NO_HTTP:
                assert _heads(connection) == before, "what was no request changed something"
                return
            case.validate_response(response, checks=_CHECKS)
            if response.status_code >= 400:
                listed = operation.definition.raw["responses"][str(response.status_code)]["description"]
                assert response.json()["code"] in listed.removeprefix("One of: ").removesuffix(".").split(", ")
            is_trial = response.status_code == 200 and str((case.query or {}).get("dry_run")).lower() == "true"
            if response.status_code >= 400 or is_trial:
                assert _heads(connection) == before, f"{response.status_code} changed something: {response.text[:300]}"

        run()


def _strategy(operation: Operation, mode: GenerationMode) -> st.SearchStrategy[Any]:
    return operation.as_strategy(generation_mode=mode)


def _heads(connection: "psycopg.Connection[Any]") -> list[Any]:
    """Where the journals stand, and every holding with its version."""
    rows = connection.execute("SELECT org_id, number FROM journal ORDER BY org_id").fetchall()
    return [*rows, connection.execute("SELECT count(*), sum(version) FROM holding").fetchone()]


def _known(value: Any, name: str, data: st.DataObject) -> Any:  # noqa: ANN401 - a tree of plain values
    """Let some values be what there is."""
    if isinstance(value, dict):
        return {key: _known(part, str(key), data) for key, part in value.items()}
    if isinstance(value, list):
        return [_known(part, name, data) for part in value]
    if isinstance(value, str | int) and name in _KNOWN and data.draw(st.integers(0, 3)):
        return data.draw(st.sampled_from(_KNOWN[name]))
    return value
