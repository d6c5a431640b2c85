"""A daily report as people read it."""

from collections.abc import Iterator, Mapping
from typing import Any

from rich.console import RenderableType
from rich.text import Text

from onhand.cli.tables import kind, table


def report_shown(data: Mapping[str, Any]) -> Iterator[RenderableType]:
    """Show a daily report; `Any`, since it is as it stands in the journal."""
    yield Text(f"Report of {data['day']} ({data['time_zone']}):", style="bold")
    postings = data["postings"]
    told = ", ".join(f"{count} {kind(name)}" for name, count in postings.items()) or "none"
    yield Text(f"  postings          {told}")
    yield Text(f"  open reservations {data['open_reservations']}")
    yield Text(f"  sold              {data['gross']} {data['currency']}")
    if data["vat"]:
        rows = [(f"{rate['vat_rate']} %", rate["net"], rate["vat"], rate["gross"]) for rate in data["vat"]]
        yield table(["VAT rate", "net", "VAT", "gross"], rows)
