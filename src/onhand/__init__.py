"""
Keeps stock: never oversells, loses nothing, explains every number and can undo every act.

    async with onhand.connect() as stock:
        await stock.receive(site="london", lines=[("85123A", 600)], key="po-1")
        sale = await stock.sell(site="london", lines=[("85123A", 6)], key="till-7/000123")
        await stock.revert(number=sale.number, reason="voided", key="till-7/000124")
"""

from importlib import import_module

from onhand.exports import PLACES

_MODULES = {name: module for module, names in PLACES.items() for name in names}
__all__ = sorted(_MODULES)  # noqa: PLE0605 - type checkers read the stub beside this file


def __getattr__(name: str) -> object:
    """Load what is exported when it is first asked for."""
    module = _MODULES.get(name)
    if module is None:
        raise AttributeError(f"module 'onhand' has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(module), name)
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_MODULES})
