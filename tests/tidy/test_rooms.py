"""Every room and every folder of a family is known by name, and ARCHITECTURE.md tells of them what is so."""

from pathlib import Path

import pytest

from docs.generating.architecture import ARCHITECTURE, architecture
from tests.tidy.rooms import FAMILIES, LAYERS, NEIGHBOURS, OTHER_FOLDERS, ROOMS
from tests.tidy.tree import PACKAGE, python_files


def rooms() -> set[str]:
    """The rooms that there are: folders and modules below the package, and the package."""
    names = {path.relative_to(PACKAGE).parts[0].removesuffix(".py") for path in python_files("src/onhand")}
    return {"onhand" if name == "__init__" else name for name in names}


def folders_of(room: Path) -> set[str]:
    """The folders below a room that hold files, by their paths from there."""
    return {
        path.relative_to(room).as_posix()
        for path in room.rglob("*")
        if path.is_dir() and path.name != "__pycache__" and any(one.is_file() for one in path.iterdir())
    }


def unknown_folders(room: str, folders: set[str]) -> set[str]:
    """The folders below a room that are neither a family's nor one that the room is known to have."""
    families = FAMILIES.keys() if room in LAYERS else set()
    return folders - families - OTHER_FOLDERS.get(room, frozenset())


def test_each_room_has_a_row() -> None:
    """The table of rooms names all that there are, and no other."""
    assert rooms() == ROOMS.keys()


@pytest.mark.parametrize("room", sorted(path.name for path in PACKAGE.iterdir() if (path / "__init__.py").is_file()))
def test_each_folder_is_a_family_or_known(room: str) -> None:
    """A folder below a layer has the word of a family, the same in every layer, or is named as something else."""
    folders = folders_of(PACKAGE / room)

    assert not unknown_folders(room, folders)
    assert folders >= OTHER_FOLDERS.get(room, frozenset())


def test_each_family_lives_in_the_ledger_or_in_the_kernel() -> None:
    """A word that no folder of the inner layers has is the word of no family."""
    assert {word for layer in ("kernel", "ledger") for word in folders_of(PACKAGE / layer)} >= FAMILIES.keys()


def test_the_table_of_neighbours_names_folders_only() -> None:
    """What the table of neighbours names stands in the layer."""
    for layer, rows in NEIGHBOURS.items():
        assert {*rows, *(other for others in rows.values() for other in others)} <= folders_of(PACKAGE / layer)


def test_the_architecture_tells_of_the_rooms_what_is_so() -> None:
    """The tables of ARCHITECTURE.md are what `make docs` writes from the table of rooms and from the tree."""
    text = ARCHITECTURE.read_text(encoding="utf-8")

    assert architecture(text) == text, "run `make docs`"


@pytest.mark.parametrize(("room", "folder"), [("kernel", "rules"), ("ledger", "files"), ("api", "lots"), ("jobs", "x")])
def test_an_unknown_folder_is_found(room: str, folder: str) -> None:
    """Control: a folder that is no family's, or stands in a room without families, is found."""
    assert unknown_folders(room, {folder}) == {folder}
