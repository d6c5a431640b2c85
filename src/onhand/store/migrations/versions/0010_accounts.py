"""
Accounts: users, their passwords, and API keys.

Revision ID: 0010
"""

from onhand.store.migrations.scripts import run_script

revision = "0010"
down_revision: str | None = "0009"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Make the accounts."""
    run_script(__file__, "up")


def downgrade() -> None:
    """Take them away again."""
    run_script(__file__, "down")
