"""One command that measures onhand beside its peers, in the same run on the same server: `make bench`."""
