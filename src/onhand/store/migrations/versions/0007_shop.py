"""
The shop: prices, VAT rates, barcodes, options of products, settings, and receipts.

Revision ID: 0007
"""

from onhand.store.migrations.scripts import run_script

revision = "0007"
down_revision: str | None = "0006"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Make the tables of the shop."""
    run_script(__file__, "up")


def downgrade() -> None:
    """Take them away again."""
    run_script(__file__, "down")
