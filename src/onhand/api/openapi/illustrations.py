"""How the examples stand in the description: values of parameters, bodies, answers, and a command for the shell."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from onhand.api.openapi.examples import (
    BROWSER,
    Example,
    ExampleRequest,
    Recorded,
    find_answers,
    find_examples,
    request_of,
)
from onhand.api.routes.commands import typed
from onhand.api.routes.routes import Route

Part = dict[str, Any]
"""A part of the document; `Any` because it is a tree of plain values."""


_BROWSER = {"cookie": "__Host-onhand=ohs_...", "origin": "https://stock.shop.example"}


class Illustration(NamedTuple):
    """An example, filled in with what was recorded, and its answer."""

    example: Example
    request: ExampleRequest
    answer: Recorded


def illustrations_of(route: Route) -> Sequence[Illustration]:
    """Give the examples of a route that were recorded."""
    bodies = {BROWSER: _BROWSER, **{name: recorded.body for name, recorded in find_answers().items()}}
    return [
        Illustration(example, request_of(example, bodies), find_answers()[example.name])
        for example in find_examples()
        if example.route is route and example.name in bodies
    ]


def illustrate(operation: Part, route: Route) -> None:
    """Add the examples of a route to its description."""
    samples: list[Part] = []
    for illustration in illustrations_of(route):
        name, summary = illustration.example.name, illustration.example.title
        for parameter in operation["parameters"]:
            value = _told(illustration.request, parameter)
            if value is not None:
                parameter.setdefault("examples", {})[name] = {"summary": summary, "value": value}
        if "requestBody" in operation:
            (content,) = operation["requestBody"]["content"].values()
            content.setdefault("examples", {})[name] = {"summary": summary, "value": illustration.request.body}
        (content,) = operation["responses"][str(illustration.answer.status)]["content"].values()
        content.setdefault("examples", {})[name] = {"summary": summary, "value": illustration.answer.body}
        samples.append({"lang": "Shell", "label": summary, "source": _command(route, illustration.request)})
    operation["x-codeSamples"] = samples


def _told(request: ExampleRequest, parameter: Mapping[str, Any]) -> object:
    """Give what a request tells of a parameter; None where it tells nothing."""
    told = {"path": request.in_path, "query": request.query, "header": request.headers}[parameter["in"]]
    text = told.get(parameter["name"])
    return None if text is None else typed(text, parameter["schema"])


def _command(route: Route, request: ExampleRequest) -> str:
    """Write a request as a command of curl."""
    headers = dict(request.headers)
    if "Cookie" not in headers and route.path != "/api/session":
        headers = {"Authorization": "Bearer $KEY", **headers}
    method = "" if route.method == "GET" or (route.method == "POST" and request.body is not None) else route.method
    lines = [
        f'curl {f"--request {method} " if method else ""}"$URL{request.target}"',
        *(f"--header {_quoted(f'{name}: {value}')}" for name, value in headers.items()),
        *([] if request.body is None else [f"--json {_plainly_quoted(json.dumps(request.body, ensure_ascii=False))}"]),
    ]
    return " \\\n    ".join(lines)


def _quoted(text: str) -> str:
    """Quote for the shell, which fills the key in."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _plainly_quoted(text: str) -> str:
    """Quote for the shell, which leaves everything as it is."""
    return "'" + text.replace("'", "'\\''") + "'"
