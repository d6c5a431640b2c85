# ruff: noqa: INP001 - docs is a folder of pages, not a package.
"""The tables of rooms and of families in ARCHITECTURE.md, from the table that the tidy tests enforce and the tree."""

from collections.abc import Iterator
from pathlib import Path

from docs.generating.markdown import code, table
from tests.tidy.rooms import FAMILIES, LAYERS, NEIGHBOURS, ROOMS

ARCHITECTURE = Path(__file__).resolve().parents[2] / "ARCHITECTURE.md"
_PACKAGE = ARCHITECTURE.parent / "src" / "onhand"
_BEGIN = "<!-- Made from tests/tidy/rooms.py by `make docs`; edit there, not here. -->\n"
_END = "<!-- Up to here. -->\n"


def architecture(text: str) -> str:
    """Write the tables anew into the text of ARCHITECTURE.md."""
    before, _, rest = text.partition(_BEGIN)
    _, _, after = rest.partition(_END)
    rooms = table(["room", "what it does", "may import"], _rooms())
    families = table(["family", "what it is about", *LAYERS, "api", "in the kernel it knows"], _families())
    words = (
        "Each family has one word, which is its folder in every layer, and its file in `api/nouns`. Inside, the files "
        "have the same names: `verbs.py`, `questions.py`, `answers.py` and `port.py` in the ledger, `reading.py` with "
        "its SQL beside it in the store, and in the kernel a file for each thing, a file for each operation, and "
        "`refusals.py`. What concerns stock is the `core` of ledger and store."
    )
    return f"{before}{_BEGIN}\n{rooms}\n\n{words}\n\n{families}\n\n{_END}{after}"


def _rooms() -> Iterator[tuple[str, str, str]]:
    for name, room in ROOMS.items():
        path = "__init__.py" if name == "onhand" else f"{name}/" if (_PACKAGE / name).is_dir() else f"{name}.py"
        nothing = "the standard library" if name == "kernel" else "nothing of ours"
        yield code(path), room.does, ", ".join(code(one) for one in room.may_import) or nothing


def _families() -> Iterator[tuple[str, ...]]:
    for word, about in FAMILIES.items():
        layers = [_folder(layer, word) for layer in LAYERS]
        noun = "x" if (_PACKAGE / "api" / "nouns" / f"{word}.py").is_file() else ""
        yield code(word), about, *layers, noun, ", ".join(NEIGHBOURS["kernel"].get(word, ()))


def _folder(layer: str, word: str) -> str:
    """Say whether a layer has a folder for a family; what it has of stock may be its core."""
    if (_PACKAGE / layer / word).is_dir():
        return "x"
    return "core" if word == "stock" and (_PACKAGE / layer / "core").is_dir() else ""
