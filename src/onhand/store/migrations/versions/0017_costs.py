"""
Costs: what the goods of a holding are worth, and what goes with each movement.

Revision ID: 0017
"""

from onhand.store.migrations.scripts import run_script

revision = "0017"
down_revision: str | None = "0016"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Add the columns of values."""
    run_script(__file__, "up")


def downgrade() -> None:
    """Take them away again; what was told of values is gone from the rows."""
    run_script(__file__, "down")
