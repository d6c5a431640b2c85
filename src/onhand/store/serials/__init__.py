"""Serials on PostgreSQL: single items under their serial numbers, and whether they are where they should be."""
