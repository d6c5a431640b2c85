"""
The rules: one file for each operation, with its command, its footprint and its decision.

To add an operation, add a file with a subclass of Command; importing this package finds it.
"""

from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules

from onhand.kernel.command import Command


def _find_operations() -> dict[str, type[Command]]:
    found: dict[str, type[Command]] = {}
    for module in iter_modules(__path__):
        for value in vars(import_module(f"{__name__}.{module.name}")).values():
            if isinstance(value, type) and issubclass(value, Command) and value is not Command:
                found[value.kind] = value
    return found


OPERATIONS: Mapping[str, type[Command]] = _find_operations()
"""Every operation's command by its kind, the word that stands in its postings."""
