"""
The verbs of the service: one module for each noun.

Made from /openapi.json by `make docs`; edit docs/generating/client.py, not this.
"""

from onhand.client.verbs.accounts import AccountsVerbs, AsyncAccountsVerbs
from onhand.client.verbs.catalog import AsyncCatalogVerbs, CatalogVerbs
from onhand.client.verbs.commerce import AsyncCommerceVerbs, CommerceVerbs
from onhand.client.verbs.lots import AsyncLotsVerbs, LotsVerbs
from onhand.client.verbs.offline import AsyncOfflineVerbs, OfflineVerbs
from onhand.client.verbs.pieces import AsyncPiecesVerbs, PiecesVerbs
from onhand.client.verbs.planning import AsyncPlanningVerbs, PlanningVerbs
from onhand.client.verbs.promises import AsyncPromisesVerbs, PromisesVerbs
from onhand.client.verbs.recipes import AsyncRecipesVerbs, RecipesVerbs
from onhand.client.verbs.sales import AsyncSalesVerbs, SalesVerbs
from onhand.client.verbs.serials import AsyncSerialsVerbs, SerialsVerbs
from onhand.client.verbs.service import AsyncServiceVerbs, ServiceVerbs
from onhand.client.verbs.stock import AsyncStockVerbs, StockVerbs
from onhand.client.verbs.trust import AsyncTrustVerbs, TrustVerbs
from onhand.client.verbs.webhooks import AsyncWebhooksVerbs, WebhooksVerbs
from onhand.client.verbs.worth import AsyncWorthVerbs, WorthVerbs

__all__ = ["AsyncVerbs", "Verbs"]


class Verbs(
    AccountsVerbs,
    CatalogVerbs,
    CommerceVerbs,
    LotsVerbs,
    OfflineVerbs,
    PiecesVerbs,
    PlanningVerbs,
    PromisesVerbs,
    RecipesVerbs,
    SalesVerbs,
    SerialsVerbs,
    ServiceVerbs,
    StockVerbs,
    TrustVerbs,
    WebhooksVerbs,
    WorthVerbs,
):
    """All verbs."""


class AsyncVerbs(
    AsyncAccountsVerbs,
    AsyncCatalogVerbs,
    AsyncCommerceVerbs,
    AsyncLotsVerbs,
    AsyncOfflineVerbs,
    AsyncPiecesVerbs,
    AsyncPlanningVerbs,
    AsyncPromisesVerbs,
    AsyncRecipesVerbs,
    AsyncSalesVerbs,
    AsyncSerialsVerbs,
    AsyncServiceVerbs,
    AsyncStockVerbs,
    AsyncTrustVerbs,
    AsyncWebhooksVerbs,
    AsyncWorthVerbs,
):
    """All verbs, awaited."""
