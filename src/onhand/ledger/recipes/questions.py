"""The questions of recipes: are they in order, how much is deducted, and which receipt took what."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from onhand.kernel.canonical import microseconds
from onhand.kernel.exact import ZERO, quantity_sum
from onhand.kernel.refusals import Refused
from onhand.kernel.text import check_code
from onhand.ledger.asking import LIMIT_MAX, Asking, check_codes, check_page
from onhand.ledger.core.answers import Page
from onhand.ledger.core.wanted import FIRST_HOLDING, NUMBER_MAX, HoldingSpot, Where
from onhand.ledger.engine.acting import Acting
from onhand.ledger.lots.alerts import alert_counts
from onhand.ledger.namespace import Namespace, question
from onhand.ledger.recipes.deduction_meter import DeductionMeter, hour_of
from onhand.ledger.recipes.health import Figures, Health, checks_of
from onhand.ledger.recipes.port import DeductionTrail, MappingAnswer, Use, Variance

DAY = timedelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteMetrics:
    """
    The figures of a site; those that end in `_24h` are of the last day.

    `queue` has how many offline sales are in which status, `oldest_waiting` when the first of those arrived that wait.
    """

    site: str
    deducted: int
    deducted_24h: int
    voided: int
    refused: int
    refused_24h: int
    queue: dict[str, int]
    oldest_waiting: datetime | None

    @property
    def success_rate_24h(self) -> float | None:
        """The part of the last day's deductions that was not refused; None where nobody tried."""
        tried = self.deducted_24h + self.refused_24h
        return self.deducted_24h / tried if tried else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Metrics:
    """
    The figures of all sites, the alerts that stand by their rules, and how long deductions took.

    The latency is that of the last thousand deductions of this process.
    """

    sites: tuple[SiteMetrics, ...]
    alerts: dict[str, int]
    latency_p50_ms: float | None
    latency_p99_ms: float | None

    def prometheus(self) -> str:
        """Write the figures in the text format of Prometheus."""
        lines: list[str] = []
        for name, kind, help_text, values in self._families():
            lines += [f"# HELP onhand_{name} {help_text}", f"# TYPE onhand_{name} {kind}"]
            lines += [f"onhand_{name}{_labels(labels)} {value}" for labels, value in values]
        return "".join(f"{line}\n" for line in lines)

    def _families(self) -> list[tuple[str, str, str, list[tuple[dict[str, str], float]]]]:
        by_site = [({"site": site.site}, site) for site in self.sites]
        queue = [
            ({**labels, "status": status}, float(count))
            for labels, site in by_site
            for status, count in site.queue.items()
        ]
        latency = [({"quantile": "0.5"}, self.latency_p50_ms), ({"quantile": "0.99"}, self.latency_p99_ms)]
        return [
            ("deductions_total", "counter", "Deducted transactions.", [(at, site.deducted) for at, site in by_site]),
            ("deductions_24h", "gauge", "Of the last day.", [(at, site.deducted_24h) for at, site in by_site]),
            ("deductions_voided", "gauge", "Voided, in whole or part.", [(at, site.voided) for at, site in by_site]),
            (
                "deductions_refused_total",
                "counter",
                "Refused.",
                [(at, site.refused) for at, site in by_site],
            ),
            ("deductions_refused_24h", "gauge", "Of the last day.", [(at, site.refused_24h) for at, site in by_site]),
            ("alerts", "gauge", "Alerts that stand.", [({"rule": rule}, count) for rule, count in self.alerts.items()]),
            ("offline_sales", "gauge", "The queue of offline sales.", queue),
            (
                "deduction_milliseconds",
                "gauge",
                "How long the last deductions of this process took.",
                [(labels, value) for labels, value in latency if value is not None],
            ),
        ]


class RecipeQuestions(Namespace):
    """Health, metrics, and the trail from the receipt to each ingredient and back."""

    _name = "recipes"

    def __init__(self, acting: Acting, asking: Asking, meter: DeductionMeter) -> None:
        super().__init__(acting, asking)
        self._meter = meter

    @question
    async def health(self) -> Health:
        """
        Look whether recipes and deductions are in order: healthy, warning or critical, check by check.

        Any check can fail: what it looks for is read from the database, not remembered.
        """
        now = datetime.now(UTC)
        head = await self._reading.head()
        checks = await checks_of(self._reading.recipes, head.number, microseconds(now))
        metrics = await self.metrics()
        figures = Figures(
            deducted=sum(site.deducted_24h for site in metrics.sites),
            refused=sum(site.refused_24h for site in metrics.sites),
            oldest_waiting=min((site.oldest_waiting for site in metrics.sites if site.oldest_waiting), default=None),
        )
        return Health(checks=(*checks, *figures.checks(now)))

    @question
    async def metrics(self) -> Metrics:
        """Give the figures of each site; what other processes have not told yet of their refusals is not in them."""
        since = datetime.now(UTC) - DAY
        recipes = self._reading.recipes
        deductions = {row.site: row for row in await recipes.deduction_counts(await self._reading.number_at(since))}
        refusals = {row.site: row for row in await recipes.refusal_counts(hour_of(since))}
        untold = self._meter.untold()
        queue = await recipes.queue_counts()
        sites = sorted({*deductions, *refusals, *untold, *(row.site for row in queue)})
        return Metrics(
            sites=tuple(
                SiteMetrics(
                    site=site,
                    deducted=deductions[site].deducted if site in deductions else 0,
                    deducted_24h=deductions[site].recent if site in deductions else 0,
                    voided=deductions[site].voided if site in deductions else 0,
                    refused=(refusals[site].refused if site in refusals else 0) + untold.get(site, 0),
                    refused_24h=(refusals[site].recent if site in refusals else 0) + untold.get(site, 0),
                    queue={row.status: row.sales for row in queue if row.site == site},
                    oldest_waiting=min(
                        (row.oldest for row in queue if row.site == site and row.status in _WAITING), default=None
                    ),
                )
                for site in sites
            ),
            alerts=dict(await alert_counts(self._reading)),
            latency_p50_ms=self._meter.latency_ms(0.5),
            latency_p99_ms=self._meter.latency_ms(0.99),
        )

    @question
    async def available(self, site: str) -> dict[str, Decimal]:
        """Give what is available of each item at a site, over all its holdings."""
        check_codes(site=site)
        found = await self._reading.find(Where(site))
        sums: dict[str, Decimal] = {}
        spot: HoldingSpot | None = FIRST_HOLDING
        while spot is not None:
            rows, last = await self._reading.holdings(found, spot, LIMIT_MAX, empty=True)
            for holding in rows:
                so_far = sums.get(holding.place.sku, ZERO)
                sums[holding.place.sku] = quantity_sum([so_far, holding.balances.available])
            spot = None if last is None else HoldingSpot(*last)
        return sums

    @question
    async def deduction_trail(self, site: str, transaction: str) -> DeductionTrail:
        """Follow a receipt to each ingredient: which lot it came from, by which posting, and what is voided."""
        check_code(transaction, "transaction")
        check_codes(site=site)
        found = await self._reading.find(Where(site))
        receipt = await self._reading.recipes.receipt(found.site_id or 0, site, transaction)
        if receipt is None:
            raise Refused("TRANSACTION_NOT_FOUND", site=site, transaction=transaction)
        return receipt

    @question
    async def list_uses(
        self,
        site: str,
        sku: str,
        lot: str | None = None,
        *,
        after: str | None = None,
        limit: int = 50,
    ) -> Page[Use]:
        """Follow an ingredient back to the receipts that took it or gave it back, newest first."""
        check_page(limit)
        check_codes(site=site, sku=sku, lot=lot)
        cursor = await self._cursor("ingredient_trail", site, sku, lot)
        (before,) = cursor.read(after, int) or (NUMBER_MAX,)
        found = await self._reading.find(Where(site=site, sku=sku, lot=lot))
        rows = await self._reading.recipes.uses(found, before, limit + 1)
        return cursor.page(rows, limit, lambda use: (use.number,))

    @question
    async def list_mappings(self, site: str, *, after: str | None = None, limit: int = 50) -> Page[MappingAnswer]:
        """List what the ingredients of recipes are at a site, in the order of their names, then of the units."""
        check_page(limit)
        check_codes(site=site)
        cursor = await self._cursor("mappings", site)
        ingredient, unit = cursor.read(after, str, str) or ("", "")
        found = await self._reading.find(Where(site))
        rows = await self._reading.recipes.mappings(found.site_id or 0, (ingredient, unit), limit + 1)
        return cursor.page(rows, limit, lambda mapping: (mapping.ingredient, mapping.unit))

    @question
    async def list_ingredient_items(self, site: str) -> tuple[str, ...]:
        """Give the items that ingredients are at a site, by their skus."""
        check_codes(site=site)
        found = await self._reading.find(Where(site))
        return tuple(await self._reading.recipes.mapped_items(found.site_id or 0))

    @question
    async def list_variances(
        self, site: str, sku: str | None = None, *, after: str | None = None, limit: int = 50
    ) -> Page[Variance]:
        """List what was counted at a site beside what was booked there then, newest first."""
        check_page(limit)
        check_codes(site=site, sku=sku)
        cursor = await self._cursor("variances", site, sku)
        number, line = cursor.read(after, int, int) or (NUMBER_MAX, 0)
        found = await self._reading.find(Where(site=site, sku=sku))
        rows = await self._reading.recipes.variances(found, (number, line), limit + 1)
        return cursor.page(rows, limit, lambda variance: (variance.number, variance.line))


_WAITING = frozenset({"pending", "insufficient_stock"})


def _labels(labels: dict[str, str]) -> str:
    escaped = [
        (name, value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")) for name, value in labels.items()
    ]
    return "{" + ",".join(f'{name}="{value}"' for name, value in escaped) + "}"
