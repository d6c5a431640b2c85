"""What one load brought, and how samples of several rounds become one figure."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from statistics import median


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """
    The figures of one load, or the medians of several.

    Attributes:
        rate: Sales (or whatever the case counts) per second.
        p50_ms: Half of the callers waited at most so long.
        p99_ms: 99 in 100 waited at most so long.
        wal_bytes: What the server wrote to its log for each sale.
    """

    rate: float
    p50_ms: float
    p99_ms: float
    wal_bytes: float


def sample_of(latencies: Sequence[float], *, count: int, seconds: float, wal_bytes: int) -> Sample:
    """Condense one load: the seconds that each call took, and how many sales they were, as a call may hold many."""
    if not latencies or not count:
        raise RuntimeError("not one call was answered while the load was measured; ask for more --seconds")
    ordered = sorted(latencies)
    return Sample(
        rate=count / seconds,
        p50_ms=_at(ordered, 0.50) * 1000,
        p99_ms=_at(ordered, 0.99) * 1000,
        wal_bytes=wal_bytes / count,
    )


def medians(samples: Sequence[Sample]) -> Sample:
    """The median of each figure for itself."""
    return Sample(**{field.name: median(getattr(sample, field.name) for sample in samples) for field in fields(Sample)})


def _at(ordered: Sequence[float], share: float) -> float:
    """The smallest value that is not exceeded by that share of all."""
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]
