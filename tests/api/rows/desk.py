"""What every row does over HTTP before it comes to its point: things are made known, goods come, stock is looked at."""

from collections.abc import Mapping
from typing import Any

from tests.api.serving import Caller


def define(boss: Caller, sites: list[str], items: list[object]) -> None:
    """Make sites and items known; an item is a sku, or its fields."""
    told = [{"sku": item} if isinstance(item, str) else item for item in items]
    boss.done("/api/definitions", {"sites": [{"code": site} for site in sites], "items": told})


def receive(boss: Caller, site: str, *lines: tuple[str, int | str] | Mapping[str, object], **more: object) -> Any:  # noqa: ANN401 - a document
    """Take goods in: pairs of sku and quantity, or whole lines."""
    told = [{"sku": line[0], "quantity": line[1]} if isinstance(line, tuple) else line for line in lines]
    return boss.done("/api/receipts-of-goods", {"site": site, "lines": told, **more})


def balances(boss: Caller, site: str, sku: str, **narrowed: object) -> dict[str, str]:
    """Tell what a holding has in each state, but for what is zero; of several holdings, of the first."""
    rows = boss.get("/api/holdings", site=site, sku=sku, **narrowed).body["rows"]
    told = rows[0]["balances"] if rows else {}
    return {state: quantity for state, quantity in told.items() if quantity != "0" and state != "on_hand"}


def available(boss: Caller, site: str, sku: str) -> str:
    """Tell what is available of an item at a site, live."""
    return str(boss.get("/api/items/live", site=site, skus=sku).body[0]["balances"]["available"])


def head(boss: Caller) -> int:
    """Tell where the journal ends."""
    return int(boss.get("/api/journal").body["number"])


def new_key(boss: Caller, service: Any, name: str, role: str, *sites: str) -> Caller:  # noqa: ANN401 - a server
    """Make a key over HTTP, and give who has it."""
    made = boss.done("/api/keys", {"name": name, "role": role, "sites": list(sites)})
    caller: Caller = service.caller(made["api_key_text"])
    return caller
