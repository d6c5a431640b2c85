"""Cutting: which stocks to cut, and how, so that little is opened and offcuts come first."""
