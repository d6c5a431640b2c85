"""The SQL of the store: named statements, read from the files beside this module."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import LiteralString

_HEADER = re.compile(r"^-- (\w+) --$", re.MULTILINE)

Statements = Mapping[str, LiteralString]
"""SQL by name; literal, since it comes from the package's own files."""


@cache
def load_statements() -> Statements:
    """Read all statements; a name that stands twice is a defect of the package."""
    found: dict[str, LiteralString] = {}
    for path in sorted((Path(__file__).parent / "sql").glob("*.sql")):
        parts = _HEADER.split(path.read_text(encoding="utf-8"))
        for name, text in zip(parts[1::2], parts[2::2], strict=True):
            if name in found:
                raise LookupError(f"the statement {name} stands twice, the second time in {path.name}")
            found[name] = _without_comments(text)
    return found


def _without_comments(text: str) -> LiteralString:
    return "\n".join(line for line in text.splitlines() if not line.startswith("--")).strip()
