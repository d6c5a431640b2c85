"""
Recipes in versions, mappings of their ingredients to items of a site, and what sales deducted.

Revision ID: 0003
"""

from onhand.store.migrations.scripts import run_script

revision = "0003"
down_revision: str | None = "0002"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Make the tables of recipes, with their guards."""
    run_script(__file__, "up")


def downgrade() -> None:
    """Take them away again."""
    run_script(__file__, "down")
