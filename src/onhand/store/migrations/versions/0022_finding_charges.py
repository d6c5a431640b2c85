"""
Finding charges: where invoices and orders began and ceased to be charged.

Revision ID: 0022
"""

from onhand.store.migrations.scripts import run_script

revision = "0022"
down_revision: str | None = "0021"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Add them."""
    run_script(__file__, "up")


def downgrade() -> None:
    """Take them away again."""
    run_script(__file__, "down")
