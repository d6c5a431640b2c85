"""
Outcomes of webhooks: how many tries were taken, refused and not answered at all.

Revision ID: 0023
"""

from onhand.store.migrations.scripts import run_script

revision = "0023"
down_revision: str | None = "0022"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Add them."""
    run_script(__file__, "up")


def downgrade() -> None:
    """Take them away again."""
    run_script(__file__, "down")
