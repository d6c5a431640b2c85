"""
What lines and answers look like: one module for each noun.

Made from /openapi.json by `make docs`; edit docs/generating/client.py, not this.
"""
