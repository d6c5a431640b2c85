"""
What lines and answers of accounts look like.

Made from /openapi.json by `make docs`; edit docs/generating/client.py, not this.
"""

from typing import TypedDict


class KeyAnswer(TypedDict):
    """Key answer."""

    id: int  # The number by which the thing is known in its org.
    version: int  # The version, a whole number; another one than told is refused.
    name: str  # The name.
    role: str  # viewer, clerk, manager, auditor or admin.
    sites: list[str]  # Sites, by their codes.
    expires_at: str | None  # When it ends: RFC 3339 with a time zone.
    revoked: bool  # Whether it was revoked.


class UserAnswer(TypedDict):
    """User answer."""

    id: int  # The number by which the thing is known in its org.
    version: int  # The version, a whole number; another one than told is refused.
    name: str  # The name.
    role: str  # viewer, clerk, manager, auditor or admin.
    sites: list[str]  # Sites, by their codes.
    retired: bool  # Whether it is out of use.
