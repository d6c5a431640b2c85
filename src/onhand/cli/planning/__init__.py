"""Planning on the command line: what is ordered from suppliers, and when to order more."""
