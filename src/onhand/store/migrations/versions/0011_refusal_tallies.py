"""
Tallies of refused deductions.

Revision ID: 0011
"""

from onhand.store.migrations.scripts import run_script

revision = "0011"
down_revision: str | None = "0010"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Make the table."""
    run_script(__file__, "up")


def downgrade() -> None:
    """Take it away again."""
    run_script(__file__, "down")
