"""
The operations: each has a file in the folder of its family, with its command, footprint and decision.

To add an operation, add a file with a subclass of Command; importing this module finds it.
"""

import re
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


def name_of(kind: type[Command]) -> str:
    """Give the name of an operation, which is its class's in small letters: RecallLot is recall_lot."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", kind.__name__).lower()


BY_NAME: Mapping[str, type[Command]] = {name_of(kind): kind for kind in OPERATIONS.values()}
"""Every operation's command by its name, the one word for it wherever it is asked for."""
