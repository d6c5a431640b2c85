"""
Lots: statuses, and what an intake tells of them; vendors and brands.

Revision ID: 0005
"""

from onhand.store.migrations.scripts import run_script

revision = "0005"
down_revision: str | None = "0004"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Give lots their statuses and facts."""
    run_script(__file__, "up")


def downgrade() -> None:
    """Take them away again."""
    run_script(__file__, "down")
