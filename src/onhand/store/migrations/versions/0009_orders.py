"""
Orders: serials, customers, invoices, payments and orders.

Revision ID: 0009
"""

from onhand.store.migrations.scripts import run_script

revision = "0009"
down_revision: str | None = "0008"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Make the tables of documents and serials."""
    run_script(__file__, "up")


def downgrade() -> None:
    """Take them away again."""
    run_script(__file__, "down")
