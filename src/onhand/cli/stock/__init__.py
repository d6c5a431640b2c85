"""Stock on the command line: what is where, and what brings, takes, moves and corrects it."""
