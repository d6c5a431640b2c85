"""Who reads JSON: one strict reader for what others wrote, and a list of those who read what we wrote ourselves."""

import ast

from tests.tidy.tree import PACKAGE, python_files, spot

STRICT = "kernel/strict_json.py"
OWN = {
    "api/openapi/docs_page.py": "the description that the service has just made",
    "api/openapi/examples.py": "the story and its recorded answers, which are files of the package",
    "cli/running/bench.py": "the figures that our own measurement wrote, floats among them",
    "client/calling.py": "the answers and events of the service, decimals of a plan as floats among them",
    "client/outbox.py": "the rows of the outbox's own file",
    "embedded/addresses.py": "the passwords of the cluster's own file, in a room that knows no other",
    "kernel/lots/metadata.py": "canonical JSON that was written a moment before",
    "ledger/cursors.py": "a cursor whose signature was checked",
    "store/database/answering.py": "rows of the database, which PostgreSQL has checked",
    "store/core/history.py": "rows of the database, which PostgreSQL has checked",
    "store/engine/postings.py": "rows of the database, which PostgreSQL has checked",
    "store/lots/reading.py": "rows of the database, which PostgreSQL has checked",
}
"""Who reads JSON with another reader, and why nothing can be hidden in what is read."""

_READERS = {"loads", "load", "JSONDecoder", "decode", "json"}
_MODULES = {"json", "msgspec.json", "orjson", "response"}


def _reads_json(tree: ast.Module) -> bool:
    return any(
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in _READERS
        and ast.unparse(node.func.value) in _MODULES
        for node in ast.walk(tree)
    ) or any(
        isinstance(node, ast.ImportFrom) and node.module in _MODULES and {part.name for part in node.names} & _READERS
        for node in ast.walk(tree)
    )


def test_json_of_others_has_one_reader() -> None:
    """Nobody but the strict reader reads JSON, save those listed; and nobody is listed who does not."""
    readers = {
        spot(path).removeprefix("src/onhand/")
        for path in python_files("src/onhand")
        if _reads_json(ast.parse(path.read_text(encoding="utf-8")))
    }

    assert PACKAGE.joinpath(STRICT).is_file()
    assert readers == {STRICT, *OWN}
