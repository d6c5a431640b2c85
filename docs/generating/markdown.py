# ruff: noqa: INP001 - docs is a folder of pages, not a package.
"""Markdown from docstrings and tables."""

import ast
import inspect
import re
from collections.abc import Iterable, Sequence

_SECTION = re.compile(r"(Args|Returns|Raises):")
_ENTRY = re.compile(r"(\*{0,2}[A-Za-z_]\w*): (.*)")
_WIDTH = 110


def page(title: str, source: str, *parts: str) -> str:
    """Put a page together, and say where it comes from."""
    note = f"<!-- Made from {source} by `make docs`; edit there, not here. -->"
    return "\n\n".join([f"# {title}", note, *(part.strip("\n") for part in parts if part.strip())]) + "\n"


def table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Draw a table."""
    lines = [list(columns), ["---"] * len(columns), *([_cell(cell) for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def code(text: object) -> str:
    """Set a name in the type of code; nothing for nothing."""
    return f"`{text}`" if text not in {None, ""} else ""


def docstring(thing: object) -> str:
    """Give a docstring as Markdown: its sections Args, Returns and Raises become lists."""
    return text_of(inspect.getdoc(thing) or "")


def text_of(doc: str) -> str:
    """Give a text with sections in Google's form as Markdown."""
    parts: list[str] = []
    entries: list[str] = []
    section = False
    for line in doc.splitlines():
        if _SECTION.fullmatch(line):
            section = True
            parts += ["", f"{line[:-1]}:".replace("Args", "Arguments"), ""]
        elif section and line.startswith("    "):
            entry = _ENTRY.fullmatch(line.strip()) if not line.startswith("     ") else None
            if entry:
                entries.append(f"- `{entry[1]}`: {entry[2]}")
            elif entries:
                entries[-1] += f" {line.strip()}"
            else:
                entries.append(line.strip())
        else:
            parts += [*entries, line]
            entries, section = [], section and not line.strip()
    return re.sub(r"\n{3,}", "\n\n", "\n".join([*parts, *entries])).strip()


def signature(name: str, function: ast.FunctionDef | ast.AsyncFunctionDef) -> str:
    """Write a signature as the source has it, without self, as an indented block; long ones take a line a parameter."""
    arguments = function.args
    if arguments.args and arguments.args[0].arg == "self":
        arguments.args.pop(0)
    if arguments.kwarg is not None:
        arguments.kwarg.annotation = None
    returns = "" if function.returns is None else f" -> {ast.unparse(function.returns)}".replace("'", "")
    told = [_spaced(part) for part in _parted(ast.unparse(arguments))]
    line = f"{name}({', '.join(told)}){returns}"
    if len(line) > _WIDTH:
        line = f"{name}(\n    " + ",\n    ".join(told) + f",\n){returns}"
    return "\n".join(f"    {part}" for part in line.splitlines())


def _parted(told: str) -> list[str]:
    """Part a list of parameters at the commas that lie in no brackets."""
    parts, depth, start = [], 0, 0
    for place, character in enumerate(told):
        depth += (character in "[(") - (character in "])")
        if character == "," and not depth:
            parts.append(told[start:place].strip())
            start = place + 1
    return [part for part in [*parts, told[start:].strip()] if part]


def _spaced(parameter: str) -> str:
    """Put spaces around the equals sign of a parameter that has a type."""
    named, equals, default = parameter.rpartition("=")
    return f"{named} = {default}" if equals and ":" in named else parameter


def _cell(cell: object) -> str:
    text = "" if cell is None else str(cell)
    return " ".join(text.replace("|", "\\|").split())
