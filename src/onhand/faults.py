"""Breakdowns: what failed that is no answer, and whether trying again can help."""

from collections.abc import Mapping
from types import MappingProxyType

_NO_FACTS: Mapping[str, object] = MappingProxyType({})


class Fault(Exception):  # noqa: N818 - the vocabulary says fault; an error would be a second word for it
    """
    Something broke: a database out of reach, a folder without permission, a bug of ours.

    Args:
        code: Stable name, upper case; never used again for anything else.
        message: What happened and what to do about it, for people.
        retryable: Whether the same call can succeed later without anybody changing anything.
        facts: The particulars, for programs and logs; never a secret.
    """

    def __init__(self, *, code: str, message: str, retryable: bool, facts: Mapping[str, object] = _NO_FACTS) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.retryable = retryable
        self.facts = facts
