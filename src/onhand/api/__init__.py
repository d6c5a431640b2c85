"""
The service over HTTP.

Each noun has a file in `nouns` with its routes as data; what a route takes and gives is read off the command or the
question behind it, so an operation needs a line in a table and nothing else.
"""
