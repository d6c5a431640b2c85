"""
Deciding: a command is let loose on a draft, and a refusal leaves the book as it was.

What follows from movements of lots and of units, whatever the command, is drafted after it decided.
"""

from onhand.kernel.command import Command
from onhand.kernel.draft import Draft
from onhand.kernel.lots.following import follow_lots
from onhand.kernel.serials.following import follow_serials


def run(command: Command, draft: Draft) -> None:
    """
    Let a command decide, and lots and serials follow; a refusal drops the draft and is raised on.

    Raises:
        Refused: What the rule answered.
    """
    try:
        command.decide(draft)
        for movement in draft.movements:
            if movement.place.lot is not None:
                follow_lots(draft)
                break
        follow_serials(draft, command)
    except BaseException:
        draft.drop()
        raise
