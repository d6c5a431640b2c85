"""The examples of the description: all of them are sent, in the order of their story, and answered as is described."""

import json
import re
from collections.abc import Iterator
from typing import Any

import jsonschema_rs
import pytest

from docs.generating.story import Told, furnish, recorded, tell
from onhand.api.openapi.docs_page import docs_page
from onhand.api.openapi.examples import ANSWERS, STORY, find_examples, read_example
from onhand.api.openapi.openapi import openapi_document
from onhand.api.routes.routes import Act, find_nouns, find_routes
from tests.api.serving import serving
from tests.conftest import TestDatabase

BYTES = openapi_document(find_routes())
DOCUMENT = json.loads(BYTES)
OPERATIONS = [
    pytest.param(operation, id=f"{method.upper()} {path}")
    for path, methods in DOCUMENT["paths"].items()
    for method, operation in methods.items()
]


@pytest.fixture(scope="module")
def story(module_database: TestDatabase) -> Iterator[list[Told]]:
    """The story, told to a service that runs on a fresh database."""
    key = furnish(module_database.engine_url)
    with serving(module_database) as running:
        yield list(tell(running.url, key))


def fits(schema: Any, value: object) -> list[str]:  # noqa: ANN401 - a tree of plain values
    """What of a value does not fit a schema of the description."""
    validator = jsonschema_rs.validator_for({**schema, "components": DOCUMENT["components"]})
    return [f"{error.instance_path}: {error.message}" for error in validator.iter_errors(value)]


def test_each_example_is_answered_as_described(story: list[Told]) -> None:
    """Each example succeeds with a status, a media type and an answer that its route describes."""
    wrong: list[str] = []
    for told in story:
        route = told.example.route
        responses = DOCUMENT["paths"][route.path][route.method.lower()]["responses"]
        content = responses.get(str(told.status), {}).get("content", {}).get(told.media_type.partition(";")[0])
        if told.status != (201 if isinstance(route, Act) else told.status) or told.status not in {200, 201}:
            wrong.append(f"{told.example.title}: {told.status} {told.body}")
        elif content is None:
            wrong.append(f"{told.example.title}: {told.status} {told.media_type} is not described")
        else:
            wrong += [f"{told.example.title}: {error}" for error in fits(content["schema"], told.body)]

    assert [told.example for told in story] == [*find_examples()]
    assert not wrong, "\n".join(wrong)


def test_what_is_shown_is_what_was_answered(story: list[Told]) -> None:
    """The answers that the description shows are those of the story, but for moments, hashes and secrets."""
    assert recorded(story) == (STORY / ANSWERS).read_bytes(), "run `make docs`"


@pytest.mark.parametrize("operation", OPERATIONS)
def test_each_route_has_examples_that_fit(operation: dict[str, Any]) -> None:
    """No route is without an example; each value that is shown fits the schema beside it."""
    written = _shown(operation.get("requestBody", {}))
    answered = [one for status in ("200", "201") for one in _shown(operation["responses"].get(status, {}))]
    told = [(one["schema"], one.get("examples", {})) for one in operation["parameters"]]
    shown = [*told, *written, *answered]
    wrong = [error for schema, examples in shown for one in examples.values() for error in fits(schema, one["value"])]

    assert operation["x-codeSamples"]
    assert all(examples for _, examples in written)
    assert any(examples for _, examples in answered)
    assert not wrong


def _shown(part: dict[str, Any]) -> list[tuple[Any, Any]]:
    """The schemas of a body or an answer, each with its examples."""
    return [(content["schema"], content.get("examples", {})) for content in part.get("content", {}).values()]


def test_the_page_shows_every_example_and_loads_nothing() -> None:
    """`/docs` shows each command and answer; it has no script, and nothing on it comes from elsewhere."""
    page = docs_page(BYTES).decode()
    titles = [f"<h4>{example.title.replace(chr(39), '&#x27;')}</h4>" for example in find_examples()]

    assert [title for title in titles if title not in page] == []
    assert page.count("<pre>curl") == len(titles)
    assert page.count("<pre>") == 2 * len(titles)
    assert "<script" not in page
    assert " src=" not in page
    assert page.count("<link") == page.count('href="/docs/style.css"') == 1


def test_the_page_tells_what_a_caller_needs() -> None:
    """`/docs` has each noun, each address, each field of a body, however deep, and each code, once."""
    page = docs_page(BYTES).decode()
    ids = re.findall(r"<[a-z0-9]+ id=([\w-]+)", page)
    codes = {code for one in DOCUMENT["paths"].values() for told in one.values() for code in _codes(told)}
    told_once = {*(f"about-{noun}" for noun in find_nouns()), *codes, *(route.name for route in find_routes())}

    assert len(ids) == len(set(ids))
    assert told_once - set(ids) == set()
    assert set(re.findall('href="#([^"]+)"', page)) - set(ids) == set()
    assert "<code>lines[].quantity</code><td>decimal<td>needed<td>How much, in the item&#x27;s measure." in page
    assert not re.findall("`[^`\n]+`", re.sub("<pre>.*?</pre>", "", page, flags=re.DOTALL))


def _codes(operation: dict[str, Any]) -> list[str]:
    """The codes that an operation may answer with."""
    told = [re.fullmatch("One of: (.+)[.]", one["description"]) for one in operation["responses"].values()]
    return [code for one in told if one is not None for code in one[1].split(", ")]


def test_an_example_that_leads_nowhere_is_refused() -> None:
    """A request for which there is no route is no example, and neither is one whose body is no JSON."""
    with pytest.raises(ValueError, match="nothing answers at GET /api/nothing"):
        read_example("Ask for nothing\nGET /api/nothing")
    with pytest.raises(ValueError, match="Expecting value"):
        read_example('Sell nothing\nPOST /api/sales\n\n{"site": }')


def test_what_does_not_fit_is_found() -> None:
    """Control: the check of values goes red on a field too many, on a missing one and on a wrong type."""
    schema = DOCUMENT["paths"]["/api/sales"]["post"]["requestBody"]["content"]["application/json"]["schema"]

    assert not fits(schema, {"site": "london", "lines": []})
    assert len(fits(schema, {"site": 1, "colour": "blue"})) == 3
