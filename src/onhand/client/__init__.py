"""
What runs beside a till or in a program without a ledger of its own: an outbox that loses nothing, and a client.

    with Client("http://127.0.0.1:8000", key) as shop:
        shop.sell(site="london", lines=[{"sku": "A", "quantity": 6}], key="till-7/000123")
        for holding in shop.every(shop.holdings, site="london"):
            print(holding["sku"], holding["balances"]["available"])

There is a verb for each operation and question of the service, typed by its description: what it is told, with units,
stands in `onhand.client.verbs`, what lines and answers look like in `onhand.client.shapes`.

The client sends a write again, with the same key, where a retry can help; so it is done once.
"""

from typing import TYPE_CHECKING, Any

from onhand.extras import needs

if TYPE_CHECKING:
    from onhand.client.asynchronous import AsyncClient
    from onhand.client.calling import Answer, Event, ServiceProblem
    from onhand.client.synchronous import Client

__all__ = ["Answer", "AsyncClient", "Client", "Event", "ServiceProblem"]

_ROOMS = {"AsyncClient": "asynchronous", "Client": "synchronous"}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - a module's attributes have types of their own
    """Load the client when it is first asked for, since a till may run without the library behind it."""
    if name in __all__:
        from importlib import import_module  # noqa: PLC0415 - see above

        with needs("client"):
            return getattr(import_module(f"onhand.client.{_ROOMS.get(name, 'calling')}"), name)
    raise AttributeError(f"module 'onhand.client' has no attribute {name!r}")
