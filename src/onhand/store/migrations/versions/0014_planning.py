"""
Planning: purchases that are expected, and reorder points.

Revision ID: 0014
"""

from onhand.store.migrations.scripts import run_script

revision = "0014"
down_revision: str | None = "0013"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Make the tables of planning."""
    run_script(__file__, "up")


def downgrade() -> None:
    """Take them away again."""
    run_script(__file__, "down")
