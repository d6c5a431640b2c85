"""Worth on PostgreSQL: what stock is worth, its totals, and the daily report."""
