"""What is measured, for Prometheus: requests, batches, queue, refusals, commits, journal, streams."""

from collections.abc import Mapping

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from onhand.faults import Fault
from onhand.kernel.refusals import Refused
from onhand.ledger.observing import Executed

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
_SIZES = (1, 2, 4, 8, 16, 32, 64, 128, 256, 512)


class Metrics:
    """The figures of one server, in a registry of their own."""

    def __init__(self) -> None:
        """Begin at zero."""
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
        self.in_flight = Gauge("onhand_requests_in_flight", "Requests under way.", registry=registry)
        self.waiting = Gauge("onhand_commands_waiting", "Commands that wait for their batch.", registry=registry)
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
