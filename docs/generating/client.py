# ruff: noqa: INP001 - docs is a folder of pages, not a package.
"""
The typed verbs of the Python client, written from the description of the service.

For each noun there is a module of shapes, what lines and answers look like, and a module of verbs, what each is told
and a method for it in both colours. A shape that several nouns share stands in a module of its own.
"""

import json
import subprocess
import sys
import textwrap
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from docs.generating.shapes import Asked, Shapes
from onhand.api.openapi.openapi import openapi_document
from onhand.api.routes.routes import find_routes

CLIENT = Path(__file__).resolve().parents[2] / "src" / "onhand" / "client"
_MADE = "Made from /openapi.json by `make docs`; edit docs/generating/client.py, not this."
_ABOUT = ("reason", "occurred_at", "data", "document")
_NOT_FOR_KEYS = "sessions"


class Verb(NamedTuple):
    """An operation of the service as a method: what it is told, and what comes of it."""

    name: str
    noun: str
    method: str
    address: str
    doc: str
    told: str
    bases: tuple[str, ...]
    fields: Mapping[str, Asked]
    answer: str


def client_modules() -> Mapping[str, str]:
    """Write every module that is made, by its path below the client."""
    document = json.loads(openapi_document(find_routes()))
    shapes = Shapes(document["components"]["schemas"])
    verbs = [
        _verb(shapes, path, method, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
        if operation["tags"] != [_NOT_FOR_KEYS] and _success(operation)[0] == "application/json"
    ]
    nouns = sorted({verb.noun for verb in verbs})
    written = {f"shapes/{noun}.py": shapes.module(noun, _MADE) for noun in [*nouns, "shared"] if shapes.of(noun)}
    written |= {f"verbs/{noun}.py": _module(noun, [one for one in verbs if one.noun == noun], shapes) for noun in nouns}
    written["shapes/__init__.py"] = f'"""What lines and answers look like: one module for each noun.\n\n{_MADE}\n"""\n'
    written["verbs/__init__.py"] = _together(nouns)
    return {path: _formatted(path, text) for path, text in sorted(written.items())}


def _success(operation: Mapping[str, Any]) -> tuple[str, Any]:
    """Give the media type and the schema of what an operation answers when all is well."""
    ((media_type, content),) = operation["responses"]["200"]["content"].items()
    return media_type, content["schema"]


def _verb(shapes: Shapes, path: str, method: str, operation: Mapping[str, Any]) -> Verb:
    (noun,) = operation["tags"]
    name = operation["operationId"]
    with shapes.within(noun, _camel(name)):
        body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
        fields = {
            one["name"]: shapes.asked(one["schema"], one["description"], is_required=one["required"])
            for one in operation["parameters"]
            if one["in"] != "header"
        }
        fields |= shapes.members(body)
        answer = shapes.answered(_success(operation)[1])
    headers = {one["name"] for one in operation["parameters"] if one["in"] == "header"}
    bases: tuple[str, ...] = ()
    if "Idempotency-Key" in headers:
        is_act = all(one in fields for one in _ABOUT)
        bases = ("About" if is_act else "Write", *(("Versioned",) if "If-Match" in headers else ()))
        known = {*(_ABOUT if is_act else ()), "dry_run"}
        fields = {field: asked for field, asked in fields.items() if field not in known}
    told = f"{_camel(name)}Told" if fields or len(bases) > 1 else next(iter(bases), "")
    what, _, roles = operation["description"].rpartition("Roles: ")
    doc = "\n\n".join(
        part
        for part in (operation["summary"], what.strip(), f"{method.upper()} {path}, for {roles.removesuffix('.')}.")
        if part
    )
    return Verb(name, noun, method.upper(), path, doc, told, bases, fields, answer)


def _camel(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("_"))


def _module(noun: str, verbs: list[Verb], shapes: Shapes) -> str:
    written = [_told(verb) for verb in verbs if verb.fields or len(verb.bases) > 1]
    written += [_class(noun, verbs, is_async=False), _class(noun, verbs, is_async=True)]
    body = "\n\n\n".join(written)
    head = f'"""What is told of {noun}, and the verbs for it.\n\n{_MADE}\n"""\n'
    return f"{head}\n{shapes.imports(body, speaking=True)}\n\n\n{body}\n"


def _told(verb: Verb) -> str:
    """Write what a verb is told as a typed dictionary."""
    bases = ", ".join([*(verb.bases or ("TypedDict",)), "total=False"])
    lines = [f"class {verb.told}({bases}):", f'    """What `{verb.name}` is told."""', ""]
    for field, asked in verb.fields.items():
        lines += Shapes.field(field, f"Required[{asked.hint}]" if asked.is_required else asked.hint, asked.meaning)
    if not verb.fields:
        del lines[-1]
    return "\n".join(lines)


def _class(noun: str, verbs: list[Verb], *, is_async: bool) -> str:
    prefix, base = ("Async", "AsyncSpeaker") if is_async else ("", "Speaker")
    said = "The verbs, awaited." if is_async else "The verbs."
    methods = [_method(verb, is_async=is_async) for verb in verbs]
    return "\n\n".join([f'class {prefix}{_camel(noun)}Verbs({base}):\n    """{said}"""', *methods])


def _method(verb: Verb, *, is_async: bool) -> str:
    told = f", **told: Unpack[{verb.told}]" if verb.told else ""
    given = "told" if verb.told else "{}"
    call = (
        f'self._ask("{verb.address}", {given})'
        if verb.method == "GET"
        else f'self._write("{verb.method}", "{verb.address}", {given})'
    )
    return "\n".join(
        [
            f"    {'async ' if is_async else ''}def {verb.name}(self{told}) -> {verb.answer}:",
            textwrap.indent(_docstring(verb.doc), "        "),
            f"        return {'await ' if is_async else ''}{call}",
        ]
    )


def _docstring(doc: str) -> str:
    paragraphs = [textwrap.fill(" ".join(part.split()), 112) for part in doc.split("\n\n")]
    text = "\n\n".join(paragraphs)
    reason = "  # noqa: D205 - one sentence, longer than a line" if "\n" in paragraphs[0] else ""
    return f'"""\n{text}\n"""{reason}'


def _together(nouns: list[str]) -> str:
    names = {noun: (f"{_camel(noun)}Verbs", f"Async{_camel(noun)}Verbs") for noun in nouns}
    imports = [f"from onhand.client.verbs.{noun} import {', '.join(sorted(both))}" for noun, both in names.items()]
    return "\n".join(
        [
            f'"""The verbs of the service: one module for each noun.\n\n{_MADE}\n"""\n',
            *imports,
            '\n__all__ = ["AsyncVerbs", "Verbs"]\n\n',
            f'class Verbs({", ".join(plain for plain, _ in names.values())}):\n    """All verbs."""\n\n',
            f'class AsyncVerbs({", ".join(told for _, told in names.values())}):\n    """All verbs, awaited."""\n',
        ]
    )


def _formatted(path: str, text: str) -> str:
    """Let the formatter of the house have its way."""
    ruff = str(Path(sys.executable).with_name("ruff"))
    for command in (("check", "--select", "D213", "--fix-only", "-q"), ("format", "-q")):
        told = [ruff, *command, "--stdin-filename", str(CLIENT / path), "-"]
        text = subprocess.run(told, input=text, capture_output=True, check=True, text=True).stdout
    return text


def write() -> Iterator[Path]:
    """Write the modules where they belong, and remove those that are made no more."""
    modules = client_modules()
    for folder in ("shapes", "verbs"):
        for path in CLIENT.joinpath(folder).glob("*.py"):
            if f"{folder}/{path.name}" not in modules:
                path.unlink()
    for name, text in modules.items():
        path = CLIENT / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        yield path
