"""The nouns of the service: one file each, with its routes as data."""
