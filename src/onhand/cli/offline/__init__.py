"""Offline on the command line: what was sold without network, and waits to be deducted."""
