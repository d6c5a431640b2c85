"""
The life of single items as a dashboard shows it: their last steps, whatever else the journal holds.

Revision ID: 0015
"""

from onhand.store.migrations.scripts import run_script

revision = "0015"
down_revision: str | None = "0014"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Make the last steps easy to find."""
    run_script(__file__, "up")


def downgrade() -> None:
    """Take them away again."""
    run_script(__file__, "down")
