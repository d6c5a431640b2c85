"""A watcher that notes what it sees."""

from examples.loaders.run import Trouble
from examples.loaders.summary import Control


class Notes:
    """Keeps all that a replay tells."""

    def __init__(self) -> None:
        self.control: Control | None = None
        self.steps: list[int] = []
        self.troubles: list[Trouble] = []

    def surveying(self, lines: int) -> None:
        """Nothing to keep."""

    def surveyed(self, control: Control) -> None:
        """Keep what the file holds."""
        self.control = control

    def replayed(self, lines: int) -> None:
        """Keep how far it came."""
        self.steps.append(lines)

    def trouble(self, trouble: Trouble) -> None:
        """Keep the line."""
        self.troubles.append(trouble)

    def why(self) -> dict[int, str]:
        """Give the reason of each line by its number in the file."""
        return {trouble.number: trouble.reason for trouble in self.troubles}
