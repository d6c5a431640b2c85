"""A command that waits for its batch, and what can become of it."""

from onhand.faults import Fault
from onhand.kernel.canonical import key_hash
from onhand.kernel.command import Command
from onhand.kernel.posting import Posting
from onhand.kernel.refusals import Refused

Outcome = Posting | Refused | Fault
"""What became of a command: done, refused, or broken down without a trace."""


class Request:
    """A command with the hashes by which a retry is known."""

    __slots__ = ("command", "dry_run", "fingerprint", "key_hash")

    def __init__(self, command: Command, *, dry_run: bool = False) -> None:
        self.command = command
        self.dry_run = dry_run
        self.key_hash = key_hash(command.key)
        self.fingerprint = command.fingerprint()
