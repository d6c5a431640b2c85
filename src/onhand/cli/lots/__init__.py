"""Lots on the command line: lots from intake to recall, what is known and told of them, and alerts."""
