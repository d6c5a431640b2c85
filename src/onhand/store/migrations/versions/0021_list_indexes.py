"""
Lists that read a page and no more: indexes in the order in which lots and holdings are listed.

Revision ID: 0021
"""

from onhand.store.migrations.scripts import run_script

revision = "0021"
down_revision: str | None = "0020"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Order the lists by indexes."""
    run_script(__file__, "up")


def downgrade() -> None:
    """Take these indexes away again."""
    run_script(__file__, "down")
