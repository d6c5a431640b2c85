"""The page that shows the description of the service: no script, nothing from elsewhere."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from html import escape
from typing import Any

import msgspec

from onhand.api.http.problems import EDGE, STATUS
from onhand.api.openapi.openapi import BREAKDOWNS, USUAL
from onhand.faults import FAULTS
from onhand.kernel.refusals import CATALOGUE

DescribedPart = Mapping[str, Any]
"""A part of the description; `Any` because it is a tree of plain values."""

STYLE = (
    "body{font:16px/1.5 sans-serif;max-width:60em;margin:2em auto;padding:0 1em}code,pre{background:#eee}"
    "pre{overflow:auto;padding:.5em}summary{cursor:pointer}td,th{text-align:left;vertical-align:top;"
    "padding:.1em .8em .1em 0}nav a{margin-right:1em;white-space:nowrap}"
)
_CALLING = (
    (
        "Send a key with each request, as `Authorization: Bearer ohk_live_...`. An admin makes keys, by "
        "`POST /api/keys` or on the command line by `onhand key create`. A browser signs in by "
        "`POST /api/session` instead."
    ),
    (
        "Each write has an `Idempotency-Key`: make it where the act happens, never from the clock, and send the same "
        "one again when you have no answer. It is answered with what was done then (200), and not done again. "
        "`?dry_run=true` computes the answer, and writes nothing."
    ),
    (
        'Quantities and money are decimals in text, as `"2.5"`; whole ones may be numbers. Moments are RFC 3339 with a '
        "zone."
    ),
    "A list has `rows` and `after`; hand `after` back as a parameter for the next page, until it is null.",
    (
        "What is refused is a problem document (RFC 9457) with a stable `code`, a `detail` for people and `facts` for "
        "programs; it changed nothing. After 429 and 503, wait as long as `Retry-After` says, and send the same again."
    ),
    (
        "The examples are one story, in order. They take the address from `$URL` and the key from `$KEY`; curl knows "
        "`--json` from 7.82 on."
    ),
)
_ONE_OF = re.compile(r"One of: ([A-Z_, ]+)\.")
_TICKED = re.compile(r"`([^`]+)`")
_FORMATS = {"date-time": "moment", "date": "day"}
_KINDS = {"string": "text", "integer": "number", "boolean": "true or false"}


@cache
def docs_page(document: bytes) -> bytes:
    """Show the description as a page, made once."""
    described = msgspec.json.decode(document)
    nouns: dict[str, list[str]] = {}
    for path, methods in described["paths"].items():
        for method, told in methods.items():
            nouns.setdefault(told["tags"][0], []).append(_section(path, method, told))
    links = "".join(f'<a href="#about-{noun}">{noun}</a> ' for noun in (*nouns, "codes"))
    parts = [
        (
            "<!doctype html><html lang=en><meta charset=utf-8><title>onhand</title>"
            '<meta name=viewport content="width=device-width"><link rel=stylesheet href="/docs/style.css">'
            f"<h1>onhand {escape(described['info']['version'])}</h1><p>{escape(described['info']['description'])}</p>"
            f'<p>For programs: <a href="/openapi.json">/openapi.json</a></p><nav>{links}</nav><h2>How to call it</h2>'
        ),
        *(f"<p>{_prose(paragraph)}</p>" for paragraph in _CALLING),
        *(f"<h2 id=about-{noun}>{noun.capitalize()}</h2>{''.join(sections)}" for noun, sections in nouns.items()),
        _codes(),
    ]
    return "".join(parts).encode()


def _prose(text: str) -> str:
    """Write text with its backquotes as code."""
    return _TICKED.sub(r"<code>\1</code>", escape(text))


def _codes_in(answer: DescribedPart) -> Sequence[str]:
    found = _ONE_OF.fullmatch(answer["description"])
    return () if found is None else found[1].split(", ")


def _section(path: str, method: str, told: DescribedPart) -> str:
    rows = "".join(
        f"<tr><td><code>{escape(one['name'])}</code><td>{one['in']}<td>{escape(_kind(one['schema']))}"
        f"<td>{'needed' if one['required'] else ''}<td>{_prose(one['description'])}"
        for one in told["parameters"]
    )
    body = told.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    fields = "".join(_fields(body, ""))
    answers = "".join(_answers(told["responses"]))
    return (
        f"<details id={told['operationId']}><summary><b>{method.upper()}</b> <code>{escape(path)}</code> "
        f"{_prose(told['summary'])}</summary>"
        f"{''.join(f'<p>{_prose(paragraph)}</p>' for paragraph in told['description'].split(chr(10) * 2))}"
        f"{'<table>' + rows + '</table>' if rows else ''}"
        f"{'<h4>Body</h4><table>' + fields + '</table>' if fields else ''}<h4>Answers</h4><table>{answers}</table>"
        f"{''.join(_samples(told))}</details>"
    )


def _fields(schema: DescribedPart, before: str) -> Iterator[str]:
    """Write a row for each field of a body, and for those of the objects in it."""
    for name, field in schema.get("properties", {}).items():
        inner = _without_null(field)
        needed = "needed" if name in schema.get("required", ()) else ""
        yield (
            f"<tr><td><code>{escape(before + name)}</code><td>{escape(_kind(field))}<td>{needed}"
            f"<td>{_prose(field.get('description', ''))}"
        )
        if inner.get("type") == "array":
            yield from _fields(_without_null(inner["items"]), f"{before}{name}[].")
        else:
            yield from _fields(inner, f"{before}{name}.")


def _without_null(schema: DescribedPart) -> DescribedPart:
    """Give the schema of what is told where it may be null, too; decimals stay as they are."""
    told = [one for one in schema.get("anyOf", ()) if one.get("type") != "null"]
    return told[0] if len(told) == 1 else schema


def _kind(schema: DescribedPart) -> str:
    """Say in a word or two what a value is."""
    inner = _without_null(schema)
    if inner is not schema:
        return f"{_kind(inner)}, or null"
    match schema:
        case {"anyOf": [{"pattern": str()}, {"type": "integer"}]}:
            return "decimal"
        case {"anyOf": [*some]}:
            return " or ".join(_kind(one) for one in some)
        case {"enum": [*values]}:
            return "one of " + ", ".join(str(value) for value in values)
        case {"type": "array", "items": items}:
            return f"list of {_kind(items)}"
        case {"type": "string", "format": what}:
            return _FORMATS.get(str(what), str(what))
        case {"type": kind}:
            return _KINDS.get(str(kind), str(kind))
        case _:
            return "any"


def _answers(responses: Mapping[str, DescribedPart]) -> Iterator[str]:
    """Write a row for each answer, with its own codes; those of all addresses stand at the end."""
    for status, answer in responses.items():
        codes = _codes_in(answer)
        own = ", ".join(f'<a href="#{code}"><code>{code}</code></a>' for code in codes if code not in USUAL)
        if not codes:
            yield f"<tr><td>{status}<td>{_prose(answer['description'])}"
        elif own:
            yield f"<tr><td>{status}<td>{own}"
    usual = [status for status, answer in responses.items() if USUAL.intersection(_codes_in(answer))]
    rest = ", ".join(f'<a href="#codes-{status}">{status}</a>' for status in usual)
    yield f"<tr><td><td>And as any address: {rest}."


def _codes() -> str:
    """Write a table of every code, what it means and what to do."""
    told = {
        **{code: (problem.status, problem.title, problem.explanation) for code, problem in EDGE.items()},
        **{code: (STATUS[code], "", entry.explanation) for code, entry in CATALOGUE.items()},
        **{code: (503, "", FAULTS[code].explanation) for code in BREAKDOWNS},
    }
    statuses: set[int] = set()
    rows = []
    for code, (status, what, explanation) in sorted(told.items(), key=lambda one: (one[1][0], one[0])):
        mark = "" if status in statuses else f" id=codes-{status}"
        statuses.add(status)
        rows.append(
            f"<tr id={code}><td{mark}>{status}<td><code>{code}</code><td>{_prose(f'{what} {explanation}'.strip())}"
        )
    return f"<h2 id=about-codes>Codes</h2><table>{''.join(rows)}</table>"


def _samples(told: DescribedPart) -> Iterator[str]:
    """Show the examples: the command, and what it was answered."""
    for sample in told["x-codeSamples"]:
        yield f"<h4>{escape(sample['label'])}</h4><pre>{escape(sample['source'])}</pre>"
        for response in told["responses"].values():
            for content in response.get("content", {}).values():
                for shown in content.get("examples", {}).values():
                    if shown["summary"] == sample["label"]:
                        yield f"<pre>{escape(_text(shown['value']))}</pre>"


def _text(answer: object) -> str:
    return answer if isinstance(answer, str) else msgspec.json.format(msgspec.json.encode(answer), indent=2).decode()
