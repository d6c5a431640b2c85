"""
The catalogue of refusals: every "no" that onhand can answer; each family has a file of its own.

A refusal changes nothing. Its code is stable and never reused; its facts say what a caller needs to act on it.
"""

from collections.abc import Mapping

from onhand.kernel.accounts.refusals import ENTRIES as ACCOUNTS
from onhand.kernel.catalog.refusals import ENTRIES as CATALOG
from onhand.kernel.commerce.refusals import ENTRIES as COMMERCE
from onhand.kernel.lots.refusals import ENTRIES as LOTS
from onhand.kernel.pieces.refusals import ENTRIES as PIECES
from onhand.kernel.planning.refusals import ENTRIES as PLANNING
from onhand.kernel.promises.refusals import ENTRIES as PROMISES
from onhand.kernel.recipes.refusals import ENTRIES as RECIPES
from onhand.kernel.refusal_entry import Entry
from onhand.kernel.stock.refusals import ENTRIES as STOCK
from onhand.kernel.webhooks.refusals import ENTRIES as WEBHOOKS

_FAMILIES = (
    STOCK,
    PIECES,
    COMMERCE,
    PROMISES,
    RECIPES,
    LOTS,
    CATALOG,
    ACCOUNTS,
    PLANNING,
    WEBHOOKS,
)

CATALOGUE: Mapping[str, Entry] = {entry.code: entry for family in _FAMILIES for entry in family}
"""All refusals by code, family after family, each in order of precedence."""


class Refused(Exception):  # noqa: N818 - a refusal is an answer, not an error
    """
    An answer "no": a stable code and the facts; nothing was changed.

    Facts are plain JSON values; quantities in them are plain decimals.
    """

    def __init__(self, code: str, **facts: object) -> None:
        """Refuse with a code of the catalogue and its facts."""
        super().__init__(code)
        self.code = code
        self.facts = facts

    def __str__(self) -> str:
        """Give the sentence of the catalogue with the facts filled in."""
        facts = {name: _fact_text(value) for name, value in self.facts.items()}
        return CATALOGUE[self.code].sentence.format_map(facts)

    def __reduce__(self) -> tuple[object, ...]:
        """Let a refusal travel between processes with its facts."""
        return (_rebuild, (self.code, self.facts))


def _rebuild(code: str, facts: dict[str, object]) -> Refused:
    return Refused(code, **facts)


def _fact_text(value: object) -> str:
    if isinstance(value, list | tuple):
        return "; ".join(_fact_text(part) for part in value)
    if isinstance(value, Mapping):
        if "requested" in value:
            return _shortage_text(value)
        return ", ".join(f"{name} {_fact_text(part)}" for name, part in value.items() if part is not None)
    return str(value)


def _shortage_text(shortage: Mapping[object, object]) -> str:
    place = " ".join(str(shortage[name]) for name in ("sku", "lot", "unit", "location") if shortage.get(name))
    text = f"{place} at {shortage['site']}: need {shortage['requested']}, have {shortage['available']}"
    blocked = shortage.get("blocked")
    if not isinstance(blocked, list):
        return text
    parts = [f"{part['quantity']} of lot {part['lot']}, {part['because']}" for part in blocked]
    return f"{text} (and what cannot be sold: {', '.join(parts)})"
