"""Promises on the command line: reservations, the line of those who wait, and what becomes of both."""
