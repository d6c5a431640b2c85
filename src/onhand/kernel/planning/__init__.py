"""Planning in the kernel: what is ordered from suppliers, and when to order more."""
