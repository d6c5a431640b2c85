"""What is measured, for Prometheus: requests, batches, queue, refusals, commits, journal, streams, webhooks."""

from collections.abc import Iterable, Mapping

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from onhand.faults import Fault
from onhand.kernel.refusals import Refused
from onhand.ledger.engine.observing import Executed
from onhand.ledger.recipes.health import Health, HealthStatus
from onhand.ledger.recipes.questions import SiteMetrics
from onhand.ledger.webhooks.port import WebhookAnswer

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
_SIZES = (1, 2, 4, 8, 16, 32, 64, 128, 256, 512)


class ServiceMetrics:
    """The figures of one server, in a registry of their own."""

    def __init__(self) -> None:
        registry = self.registry = CollectorRegistry()
        self._of_requests: dict[tuple[str, str, int], tuple[Counter, Histogram]] = {}
        """The series of requests that there were; looking one up by its labels takes longer than counting."""
        self.requests = Counter(
            "onhand_requests", "Requests by route and status.", ["method", "route", "status"], registry=registry
        )
        self.seconds = Histogram(
            "onhand_request_seconds",
            "How long requests took.",
            ["method", "route"],
            registry=registry,
            buckets=_SECONDS,
        )
        self.in_flight = Gauge("onhand_requests_in_flight", "Requests that wait for their answer.", registry=registry)
        self.waiting = Gauge("onhand_commands_waiting", "Commands that wait for their batch.", registry=registry)
        self.commands_waiting = 0
        """How many they are; the gauge reads it when it is asked."""
        self.waiting.set_function(lambda: self.commands_waiting)
        self.batches = Counter("onhand_batches", "Batches executed.", registry=registry)
        self.batch_size = Histogram("onhand_batch_commands", "Commands in a batch.", registry=registry, buckets=_SIZES)
        self.batch_seconds = Histogram(
            "onhand_batch_seconds", "How long a batch took, its commit included.", registry=registry, buckets=_SECONDS
        )
        self.commit_seconds = Histogram(
            "onhand_commit_seconds", "How long writing and committing took.", registry=registry, buckets=_SECONDS
        )
        self.refusals = Counter("onhand_refusals", "Refusals by code.", ["code"], registry=registry)
        self.problems = Counter("onhand_problems", "Problems answered, by code.", ["code"], registry=registry)
        self.faults = Counter("onhand_faults", "Breakdowns by code.", ["code"], registry=registry)
        self.journal = Gauge(
            "onhand_journal_number", "The last posting known here, by org.", ["org"], registry=registry
        )
        self.streams = Gauge("onhand_streams", "Live streams open.", registry=registry)
        self.lag = Gauge(
            "onhand_journal_lag",
            "Postings that the slowest live stream has still to tell, by org.",
            ["org"],
            registry=registry,
        )
        self.alerts = Gauge("onhand_alerts", "Alerts that stand, by org and rule.", ["org", "rule"], registry=registry)
        at = ["org", "site"]
        self.deducted = Gauge("onhand_deductions", "Deducted transactions, ever.", at, registry=registry)
        self.deducted_24h = Gauge("onhand_deductions_24h", "Deducted in the last day.", at, registry=registry)
        self.refused_24h = Gauge("onhand_deductions_refused_24h", "Refused in the last day.", at, registry=registry)
        self.queued = Gauge(
            "onhand_offline_sales", "The queue of offline sales.", ["org", "site", "status"], registry=registry
        )
        self.health = Gauge(
            "onhand_health", "0 healthy, 1 warning, 2 critical; each check.", ["org", "check"], registry=registry
        )
        self.webhooks = WebhookFigures(registry)
        self.healthy = Gauge("onhand_database_up", "1 where the database answered last.", registry=registry)

    def observe_request(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count a request by method, route and status, and how long it took."""
        children = self._of_requests.get((method, route, status))
        if children is None:
            children = self.requests.labels(method, route, str(status)), self.seconds.labels(method, route)
            self._of_requests[method, route, status] = children
        counter, histogram = children
        counter.inc()
        histogram.observe(seconds)

    def observe_org(self, org_id: int, number: int, alerts: Mapping[str, int]) -> None:
        """Note where the journal of an org ends, and how many alerts of each rule stand."""
        self.journal.labels(str(org_id)).set(number)
        for rule, count in alerts.items():
            self.alerts.labels(str(org_id), rule).set(count)

    def observe_sites(self, org_id: int, sites: Iterable[SiteMetrics]) -> None:
        """Note how the deductions of each site of an org go, and its queue of offline sales."""
        for site in sites:
            place = (str(org_id), site.site)
            self.deducted.labels(*place).set(site.deducted)
            self.deducted_24h.labels(*place).set(site.deducted_24h)
            self.refused_24h.labels(*place).set(site.refused_24h)
            for status, count in site.queue.items():
                self.queued.labels(*place, status).set(count)

    def observe_health(self, org_id: int, health: Health) -> None:
        """Note what each check of an org found: 0 is healthy, 1 a warning, 2 critical."""
        for check in health.checks:
            self.health.labels(str(org_id), check.name).set(list(HealthStatus).index(check.status))

    def observe_batch(self, executed: Executed) -> None:
        """Count a batch, its commits, and what became of its commands."""
        self.batches.inc()
        self.batch_size.observe(len(executed.requests))
        self.batch_seconds.observe(executed.span.seconds)
        for commit in executed.commits:
            self.commit_seconds.observe(commit.seconds)
        for outcome in executed.outcomes:
            if isinstance(outcome, Refused):
                self.refusals.labels(outcome.code).inc()
            elif isinstance(outcome, Fault):
                self.faults.labels(outcome.code).inc()

    def text(self) -> bytes:
        """Give all figures as Prometheus reads them."""
        return generate_latest(self.registry)


class WebhookFigures:
    """What is told of webhooks; every server of a database tells the same."""

    def __init__(self, registry: CollectorRegistry) -> None:
        to = ["org", "webhook"]
        self.deliveries = Gauge(
            "onhand_webhook_deliveries",
            "Tries to tell a webhook, ever: delivered, refused, unanswered.",
            [*to, "outcome"],
            registry=registry,
        )
        self.lag = Gauge(
            "onhand_webhook_lag", "Postings that a webhook has still to be told or passed over.", to, registry=registry
        )
        self.disabled = Gauge("onhand_webhook_disabled", "1 where a webhook is disabled.", to, registry=registry)

    def observe(self, org_id: int, number: int, webhooks: Iterable[WebhookAnswer]) -> None:
        """Note what became of the tries of each webhook of an org, and how far it is behind where the journal ends."""
        for webhook in webhooks:
            which = (str(org_id), webhook.name)
            self.deliveries.labels(*which, "delivered").set(webhook.delivered)
            self.deliveries.labels(*which, "refused").set(webhook.refused)
            self.deliveries.labels(*which, "unanswered").set(webhook.unanswered)
            self.lag.labels(*which).set(max(number - webhook.number, 0))
            self.disabled.labels(*which).set(webhook.status == "disabled")
