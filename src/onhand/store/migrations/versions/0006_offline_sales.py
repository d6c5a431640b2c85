"""
The queue of offline sales.

Revision ID: 0006
"""

from onhand.store.migrations.scripts import run_script

revision = "0006"
down_revision: str | None = "0005"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Make the queue, with its guards."""
    run_script(__file__, "up")


def downgrade() -> None:
    """Take it away again."""
    run_script(__file__, "down")
