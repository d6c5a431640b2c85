"""A request as it comes: what the service reads of it, and no more; the framework has found its route already."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from litestar.types import HTTPScope, Receive

WHOLE = "is_whole"
"""In the state of a request: its body was there before anybody asked for it, so nobody need wait for it."""


class Incoming:
    """One request; its headers by name in lower case, of those that are told twice the first."""

    __slots__ = ("headers", "method", "path", "query", "receive", "scope")

    def __init__(self, scope: "HTTPScope", receive: "Receive") -> None:
        """Take a request of the framework."""
        self.scope = scope
        self.receive = receive
        self.method: str = scope["method"]
        self.path: str = scope["path"]
        self.query: bytes = scope["query_string"]
        self.headers: Mapping[str, str] = {
            name.decode("latin-1"): value.decode("latin-1") for name, value in reversed([*scope["headers"]])
        }

    @property
    def is_whole(self) -> bool:
        """Whether the body is there already."""
        return WHOLE in self.scope["state"]

    def times(self, name: bytes) -> int:
        """Count how often a header is told."""
        return sum(told == name for told, _ in self.scope["headers"])
