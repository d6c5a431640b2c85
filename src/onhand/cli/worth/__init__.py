"""Worth on the command line: what stock is worth, its totals, and the daily report."""
