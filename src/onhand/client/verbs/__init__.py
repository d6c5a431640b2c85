"""
The verbs of the service: one module for each noun.

Made from /openapi.json by `make docs`; edit docs/generating/client.py, not this.
"""

from onhand.client.verbs.accounts import AccountsVerbs, AsyncAccountsVerbs
from onhand.client.verbs.catalog import AsyncCatalogVerbs, CatalogVerbs
from onhand.client.verbs.consistency import AsyncConsistencyVerbs, ConsistencyVerbs
from onhand.client.verbs.journal import AsyncJournalVerbs, JournalVerbs
from onhand.client.verbs.lifecycle import AsyncLifecycleVerbs, LifecycleVerbs
from onhand.client.verbs.lots import AsyncLotsVerbs, LotsVerbs
from onhand.client.verbs.orders import AsyncOrdersVerbs, OrdersVerbs
from onhand.client.verbs.pieces import AsyncPiecesVerbs, PiecesVerbs
from onhand.client.verbs.planning import AsyncPlanningVerbs, PlanningVerbs
from onhand.client.verbs.recipes import AsyncRecipesVerbs, RecipesVerbs
from onhand.client.verbs.reservations import AsyncReservationsVerbs, ReservationsVerbs
from onhand.client.verbs.sales import AsyncSalesVerbs, SalesVerbs
from onhand.client.verbs.serials import AsyncSerialsVerbs, SerialsVerbs
from onhand.client.verbs.service import AsyncServiceVerbs, ServiceVerbs
from onhand.client.verbs.stock import AsyncStockVerbs, StockVerbs
from onhand.client.verbs.totals import AsyncTotalsVerbs, TotalsVerbs
from onhand.client.verbs.webhooks import AsyncWebhooksVerbs, WebhooksVerbs

__all__ = ["AsyncVerbs", "Verbs"]


class Verbs(
    AccountsVerbs,
    CatalogVerbs,
    ConsistencyVerbs,
    JournalVerbs,
    LifecycleVerbs,
    LotsVerbs,
    OrdersVerbs,
    PiecesVerbs,
    PlanningVerbs,
    RecipesVerbs,
    ReservationsVerbs,
    SalesVerbs,
    SerialsVerbs,
    ServiceVerbs,
    StockVerbs,
    TotalsVerbs,
    WebhooksVerbs,
):
    """All verbs."""


class AsyncVerbs(
    AsyncAccountsVerbs,
    AsyncCatalogVerbs,
    AsyncConsistencyVerbs,
    AsyncJournalVerbs,
    AsyncLifecycleVerbs,
    AsyncLotsVerbs,
    AsyncOrdersVerbs,
    AsyncPiecesVerbs,
    AsyncPlanningVerbs,
    AsyncRecipesVerbs,
    AsyncReservationsVerbs,
    AsyncSalesVerbs,
    AsyncSerialsVerbs,
    AsyncServiceVerbs,
    AsyncStockVerbs,
    AsyncTotalsVerbs,
    AsyncWebhooksVerbs,
):
    """All verbs, awaited."""
