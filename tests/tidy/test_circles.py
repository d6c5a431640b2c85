"""No two modules need each other, not even for the names of types: whoever reads one need not turn round."""

from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter

import pytest

from tests.tidy.test_imports import imported_names, module_of
from tests.tidy.tree import python_files


def circle_in(sources: Mapping[str, tuple[str, bool]]) -> list[str]:
    """
    Find a circle of modules that import each other, wherever in them.

    Args:
        sources: The text of each module by its dotted name, and whether it is a package, whose way in is no import.
    """
    needs: dict[str, set[str]] = {}
    for module, (source, is_package) in sources.items():
        package = module if is_package else module.rpartition(".")[0]
        found = {name for _, name in imported_names(source, package)}
        known = {name if name in sources else name.rpartition(".")[0] for name in found} & sources.keys()
        needs[module] = {name for name in known if name != module and not module.startswith(f"{name}.")}
    try:
        TopologicalSorter(needs).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def test_no_modules_need_each_other() -> None:
    """The modules of onhand can be read from the innermost to the outermost."""
    sources = {
        module_of(path): (path.read_text(encoding="utf-8"), path.stem == "__init__") for path in python_files("src")
    }

    assert len(sources) > 300
    assert circle_in(sources) == []


@pytest.mark.parametrize("way", ["from a.y import Y", "def late() -> None:\n    import a.y"])
def test_a_circle_is_found(way: str) -> None:
    """Control: two modules that import each other are found, also where one does it late."""
    sources = {"a": ("", True), "a.x": (way, False), "a.y": ("from .x import X", False)}

    assert {*circle_in(sources)} == {"a.x", "a.y"}
