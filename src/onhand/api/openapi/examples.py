"""
The examples of the description: one story of a shop, told in files of requests, each answered as it is recorded.

The files in `story` are read in the order of their names: requests in the form that editors know as .http, so that a
reader finds them as they are sent. `{{title.field}}` stands for a field of the answer to an earlier one. A test runs
all of them against a fresh org and holds that what is recorded is what is answered; `make docs` records it.
"""

import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, unquote

import msgspec

from onhand.api.routes.routes import Act, Route, Special, find_routes

ANSWERS = "answers.json"
BROWSER = "browser"
"""What the story calls whoever keeps the cookie of a session and tells where a page comes from."""
STORY = Path(__file__).with_name("story")
"""The folder of the story."""
_WORD = re.compile(r"\{\{([a-z0-9-]+)\.([a-z0-9_.]+)\}\}")


class Example(NamedTuple):
    """One request of the story, with the words in it that earlier answers fill in."""

    name: str
    title: str
    route: Route
    target: str
    headers: Mapping[str, str]
    body: str


class ExampleRequest(NamedTuple):
    """A request as it is sent; `target` is the address with its query, `in_path` and `query` are what both tell."""

    target: str
    in_path: Mapping[str, str]
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: Any


class Recorded(NamedTuple):
    """What an example was answered; moments, hashes and secrets are replaced, since no two runs have the same."""

    status: int
    body: Any


@cache
def find_examples() -> tuple[Example, ...]:
    """Give all examples, in the order of the story."""
    chapters = sorted((part for part in STORY.iterdir() if part.name.endswith(".http")), key=lambda part: part.name)
    found = [read_example(text) for chapter in chapters for text in _parts(chapter.read_text(encoding="utf-8"))]
    if len({example.name for example in found}) < len(found):
        raise ValueError("two examples of the story have the same title")
    return tuple(found)


@cache
def find_answers() -> Mapping[str, Recorded]:
    """Give what was recorded, by the names of the examples."""
    told = msgspec.json.decode((STORY / ANSWERS).read_bytes())
    return {name: Recorded(**recorded) for name, recorded in told.items()}


def read_example(text: str) -> Example:
    """Read one request; raises ValueError where nothing answers at its address."""
    told, _, body = text.partition("\n\n")
    title, line, *lines = told.splitlines()
    method, _, target = line.partition(" ")
    route = _route_at(method, target.partition("?")[0])
    name = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")
    headers = dict(header.split(": ", 1) for header in lines)
    if body.strip():
        json.loads(_WORD.sub("0", body))
    if isinstance(route, Act) or (isinstance(route, Special) and route.is_write):
        headers = {"Idempotency-Key": name, **headers}
    return Example(name, title, route, target, headers, body.strip())


def request_of(example: Example, answers: Mapping[str, Any]) -> ExampleRequest:
    """
    Fill a request in.

    Args:
        example: The request with its words.
        answers: The bodies of the answers before, by the names of their examples; and the browser.
    """

    def fill(text: str) -> str:
        return _WORD.sub(lambda found: str(_field_of(answers[found[1]], found[2])), text)

    target, body = fill(example.target), fill(example.body)
    path, _, query = target.partition("?")
    parts = zip(example.route.path.split("/"), path.split("/"), strict=True)
    return ExampleRequest(
        target=target,
        in_path={part[1:-1]: unquote(told) for part, told in parts if part.startswith("{")},
        query=dict(parse_qsl(query)),
        headers={name: fill(value) for name, value in example.headers.items()},
        body=json.loads(body) if body else None,
    )


def _field_of(answer: Any, path: str) -> Any:  # noqa: ANN401 - a tree of plain values
    """Give a field of an answer; a number in the path counts in a list."""
    for part in path.split("."):
        answer = answer[int(part) if part.isdecimal() else part]
    return answer


def _parts(chapter: str) -> Sequence[str]:
    """Part a chapter at its titles; what stands before the first one is for readers."""
    return [part.strip() for part in f"\n{chapter}".split("\n### ")[1:]]


def _route_at(method: str, path: str) -> Route:
    """Find the route that answers at an address; the one that names more of it goes first, as in the service."""
    told = path.split("/")
    fitting = [
        route
        for route in find_routes()
        if route.method == method
        and len(parts := route.path.split("/")) == len(told)
        and all(one.startswith("{") or one == other for one, other in zip(parts, told, strict=True))
    ]
    if not fitting:
        raise ValueError(f"nothing answers at {method} {path}")
    return min(fitting, key=lambda route: len(route.in_path))
