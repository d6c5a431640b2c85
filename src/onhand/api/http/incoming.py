"""A request as it comes: what the service reads of it, and no more; the framework has found its route already."""

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Mapping

    from litestar.types import HTTPScope, Receive

WHOLE = "is_whole"
"""In the state of a request: its body was there before anybody asked for it, so nobody need wait for it."""

ROOT = "/api"
"""Below this address stand all routes."""
SLASH = "\udc2f"
"""Stands for a slash that was told as %2F, which is part of a name; whatever comes over HTTP cannot hold it itself."""
_ENCODED_SLASH = re.compile(b"%2[fF]")


class Incoming:
    """One request; its headers by name in lower case, of those that are told twice the first."""

    __slots__ = ("headers", "method", "path", "query", "receive", "scope")

    def __init__(self, scope: "HTTPScope", receive: "Receive") -> None:
        """Take a request of the framework."""
        self.scope = scope
        self.receive = receive
        self.method: str = scope["method"]
        self.path = _path_of(scope)
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
        told = [*self.scope["headers"]]
        if len(self.headers) == len(told):
            return int(name.decode() in self.headers)  # none is told twice, as nearly always
        return sum([found == name for found, _ in told])


def _path_of(scope: "HTTPScope") -> str:
    """Give the path below the root, decoded; a slash that was told as %2F is still told apart from one that parts."""
    raw = scope["raw_path"]
    if b"%2" not in raw or not _ENCODED_SLASH.search(raw):
        return scope["path"]
    return SLASH.join(unquote(part.decode("latin-1")) for part in _ENCODED_SLASH.split(raw)).removeprefix(ROOT)
