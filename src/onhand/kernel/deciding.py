"""Deciding: a command is let loose on a draft, and a refusal leaves the book as it was."""

from onhand.kernel.command import Command
from onhand.kernel.draft import Draft


def run(command: Command, draft: Draft) -> None:
    """
    Let a command decide; a refusal drops the draft and is raised on.

    Raises:
        Refused: What the rule answered.
    """
    try:
        command.decide(draft)
    except BaseException:
        draft.drop()
        raise
