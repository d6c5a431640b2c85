"""A PostgreSQL of one's own: created, started, shared by processes and stopped without an administrator."""

from onhand.embedded.addresses import Addresses
from onhand.embedded.server import ServerStatus, default_home, down, status, up

__all__ = ["Addresses", "ServerStatus", "default_home", "down", "status", "up"]
