"""Serials in the kernel: single items under their serial numbers, and whether they are where they should be."""
