"""Requests made up from the description of the service: none breaks it, none is answered as is not described."""

import json
import os
from typing import Any
from uuid import uuid4

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import response_schema_conformance, status_code_conformance

from onhand.api.documents import openapi_document
from onhand.api.routes import find_routes
from tests.api.conftest import Shop

SCHEMA = schemathesis.openapi.from_dict(json.loads(openapi_document(find_routes())))
_FOUND = [found.ok() for found in SCHEMA.get_all_operations() if isinstance(found, Ok)]
OPERATIONS = [operation for operation in _FOUND if operation.path != "/api/events"]
EXAMPLES = int(os.environ.get("ONHAND_TEST_EXAMPLES", "3"))


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: f"{operation.method.upper()} {operation.path}")
def test_generated_requests(shop: Shop, operation: APIOperation[Any, Any, Any, Any]) -> None:
    """T15: no fault, no status and no answer that is not described, for requests that fit the description."""

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(data=st.data())
    def run(data: st.DataObject) -> None:
        case = data.draw(operation.as_strategy())
        if case.headers and "Idempotency-Key" in case.headers:
            case.headers["Idempotency-Key"] = str(uuid4())
        response = case.call(base_url=shop.running.url, headers={"Authorization": f"Bearer {shop.boss.key}"})
        case.validate_response(
            response, checks=[not_a_server_error, status_code_conformance, response_schema_conformance]
        )

    run()
