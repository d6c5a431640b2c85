"""
Alarms: alerts about the ledger as a whole.

Revision ID: 0019
"""

from onhand.store.migrations.scripts import run_script

revision = "0019"
down_revision: str | None = "0018"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Add them."""
    run_script(__file__, "up")


def downgrade() -> None:
    """Take them away again."""
    run_script(__file__, "down")
