"""The extras of the package, of which the base has none."""

from collections.abc import Iterator
from contextlib import contextmanager

from onhand.faults import Fault


@contextmanager
def needs(extra: str) -> Iterator[None]:
    """
    Import what an extra brings.

    Raises:
        Fault: EXTRA_MISSING where it is not installed.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        package = (error.name or "").partition(".")[0]
        if package in {"", "onhand"}:
            raise
        raise Fault(
            code="EXTRA_MISSING",
            message=f"This needs {package}, which is not installed: pip install 'onhand[{extra}]' brings it.",
            retryable=False,
            facts={"extra": extra, "package": package},
        ) from error
