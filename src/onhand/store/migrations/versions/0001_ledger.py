"""
The ledger core: catalogue, lots, units, holdings, reservations, transfers, and the journal.

Revision ID: 0001
"""

from onhand.store.migrations.scripts import run_script

revision = "0001"
down_revision: str | None = None
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Make the ledger's tables, guards and policies."""
    run_script(__file__, "up")


def downgrade() -> None:
    """Take them away again."""
    run_script(__file__, "down")
