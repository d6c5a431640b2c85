"""Pieces in the kernel: named pieces, what is made and cut of them, and where they came from."""
