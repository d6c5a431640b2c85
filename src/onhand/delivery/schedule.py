"""When a failed delivery is tried again. Pure: chance comes as an argument."""

from dataclasses import dataclass

from onhand.faults import Fault

_SPREAD = 0.25
RETRY_AFTER_SECONDS_MAX = 86_400


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """
    How long to wait after each failure in a row; the last wait is repeated until it is given up.

    The waits add up to about five days, of which the first minutes have most tries: a receiver that is started anew
    misses little, one that is down over a weekend is found again.
    """

    wait_seconds: tuple[float, ...] = (5, 30, 120, 600, 1800, 3600, 7200, 14_400, 28_800)
    give_up_seconds: float = 5 * 86_400
    timeout_seconds: float = 20

    def __post_init__(self) -> None:
        """Refuse what would call a receiver all the time, or never."""
        if (
            not self.wait_seconds
            or min(self.wait_seconds) <= 0
            or self.timeout_seconds <= 0
            or self.give_up_seconds <= 0
        ):
            message = "The times of webhooks are above zero, and there is at least one wait."
            raise Fault(code="SETTING_INVALID", message=message, retryable=False)

    def wait(self, failures: int, retry_after: float | None, chance: float) -> float:
        """
        Give the seconds until the next try.

        Args:
            failures: How many tries failed in a row, this one included.
            retry_after: What the receiver asked for; followed up to a day, and never to come sooner.
            chance: From 0 to 1; makes the wait up to a quarter longer, so that receivers are not all called at once.
        """
        planned = self.wait_seconds[min(failures, len(self.wait_seconds)) - 1] * (1 + _SPREAD * chance)
        return max(planned, min(retry_after or 0, RETRY_AFTER_SECONDS_MAX))
