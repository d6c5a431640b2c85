"""Files on the command line: read, bounded and checked, and written."""
