"""Accounts on the command line: users, keys and roles."""
