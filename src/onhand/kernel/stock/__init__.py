"""Stock in the kernel: what is where, and what brings, takes, moves and corrects it."""
