"""Worth in the kernel: what stock is worth, its totals, and the daily report."""
