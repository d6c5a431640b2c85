"""
Totals of items, kept by reading the journal on.

Revision ID: 0008
"""

from onhand.store.migrations.scripts import run_script

revision = "0008"
down_revision: str | None = "0007"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Make the tables of the projection."""
    run_script(__file__, "up")


def downgrade() -> None:
    """Take them away again."""
    run_script(__file__, "down")
