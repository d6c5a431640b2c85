"""What a proposal to order says, and on which terms it is made."""

from dataclasses import dataclass
from math import ceil

from onhand.faults import Fault
from onhand.kernel.exact import QuantityDecimal

DAYS_MAX = 366
_WEEK = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderTerms:
    """
    How orders are made.

    `lead_days` pass until ordered goods come, `review_days` until one orders again. `safety` is how many standard
    deviations of the forecast's error are kept in stock; 1.64 meets demand in 95 of 100 rounds. So many `weeks` are
    looked back.
    """

    lead_days: int = 14
    review_days: int = 7
    safety: float = 1.64
    weeks: int = 26

    def __post_init__(self) -> None:
        """Refuse what cannot be planned."""
        if not all(1 <= told <= DAYS_MAX for told in (self.lead_days, self.review_days, self.weeks)):
            raise Fault(code="SETTING_INVALID", message="Days and weeks of planning are 1 to 366.", retryable=False)

    @property
    def horizon(self) -> int:
        """How many weeks are forecast."""
        return ceil((self.lead_days + self.review_days) / _WEEK)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """
    What is known of an item at a site, and how much of it to order.

    `is_set` says that somebody has set point and target. `method` is the forecast that is used; `beats_naive` says
    whether it did better than repeating the last week, and where it did not, that is what is used. `error` is by how
    much the forecast was off on average in the backtest, over its horizon; None where there was too little history.
    """

    sku: str
    available: QuantityDecimal
    incoming: QuantityDecimal
    point: QuantityDecimal
    target: QuantityDecimal
    is_set: bool
    quantity: QuantityDecimal
    weekly: QuantityDecimal
    days_of_cover: float | None
    method: str
    beats_naive: bool
    error: QuantityDecimal | None
