"""Offline in the kernel: what was sold without network, and waits to be deducted."""
