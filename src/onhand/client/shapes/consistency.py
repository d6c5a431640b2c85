"""
What lines and answers of consistency look like.

Made from /openapi.json by `make docs`; edit docs/generating/client.py, not this.
"""

from typing import TypedDict

from onhand.client.shapes.shared import Finding, Posting


class InconsistenciesAnswer(TypedDict):
    """Inconsistencies answer."""

    findings: list[Finding]  # What was found out of line.


class RepairInconsistenciesAnswer(TypedDict):
    """Repair inconsistencies answer."""

    findings: list[Finding]  # What was found out of line.
    postings: list[Posting]  # What brought it into line.
    dry_run: bool  # Whether it was computed only, and nothing written.
