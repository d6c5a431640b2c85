"""
Charges: what each VAT rate of an order comes to, and an index for what came back on invoices.

Revision ID: 0018
"""

from onhand.store.migrations.scripts import run_script

revision = "0018"
down_revision: str | None = "0017"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Add them."""
    run_script(__file__, "up")


def downgrade() -> None:
    """Take them away again."""
    run_script(__file__, "down")
