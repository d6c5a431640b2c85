"""The settings of an org: which there are, what they mean, and what they are where nobody has chosen."""

from collections.abc import Callable, Mapping
from typing import NamedTuple
from zoneinfo import ZoneInfo

from onhand.kernel.refusals import Refused
from onhand.kernel.text import check_code


class KnownSetting(NamedTuple):
    """One setting: what holds where nobody has chosen, what it means, and the check of a value."""

    default: str
    meaning: str
    check: Callable[[str], object]


def check_setting(name: object, value: object) -> None:
    """Refuse a setting that there is not, or a value that it cannot have."""
    check_code(name, "setting")
    known = SETTINGS.get(str(name))
    if known is None:
        raise Refused("INVALID_COMMAND", detail=f"there is no setting {name}; there are {', '.join(SETTINGS)}")
    known.check(check_code(value, str(name)))


def zone_of(value: str) -> ZoneInfo:
    """Read a time zone by its name in the IANA database, such as Europe/London."""
    try:
        return ZoneInfo(value)
    except (ValueError, KeyError, OSError) as error:
        raise Refused("INVALID_COMMAND", detail=f"there is no time zone {value}") from error


def _check_currency(value: str) -> None:
    if not (len(value) == 3 and value.isascii() and value.isalpha() and value.isupper()):  # noqa: PLR2004 - ISO 4217
        raise Refused("INVALID_COMMAND", detail=f"{value} is no currency; one is like GBP")


SETTINGS: Mapping[str, KnownSetting] = {
    "time_zone": KnownSetting("UTC", "The zone in which the org's days begin, as Europe/London.", zone_of),
    "currency": KnownSetting("EUR", "The currency of all amounts, as GBP; it only names them.", _check_currency),
}
"""Every setting by its name."""
