"""
The operations: each has a file in the folder of its family, with its command, footprint and decision.

To add an operation, add a file with a subclass of Command; importing this module finds it.
"""

from collections.abc import Mapping
from importlib import import_module
from pkgutil import walk_packages

from onhand import kernel
from onhand.kernel.command import Command


def _find_operations() -> dict[str, type[Command]]:
    found: dict[str, type[Command]] = {}
    for module in walk_packages(kernel.__path__, f"{kernel.__name__}."):
        for value in vars(import_module(module.name)).values():
            if isinstance(value, type) and issubclass(value, Command) and value is not Command:
                found[value.kind] = value
    return found


OPERATIONS: Mapping[str, type[Command]] = _find_operations()
"""Every operation's command by its kind, the word that stands in its postings."""
