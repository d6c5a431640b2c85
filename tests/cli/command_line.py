"""Runs command lines as a user does, and keeps what they printed."""

import json
from dataclasses import dataclass
from typing import Any

import pytest

from onhand.cli.edge import answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What a command line came to."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:  # noqa: ANN401 - each verb has a document of its own
        """The one JSON document on stdout; fails where there is anything else."""
        return json.loads(self.out)

    @property
    def refused(self) -> str:
        """The code of the refusal on stdout."""
        return str(self.json["refused"]["code"])


class CommandLine:
    """A shell whose environment points to the database of a test."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Read what is printed from pytest."""
        self._capsys = capsys

    def run(self, *arguments: str) -> Result:
        """Run one command line; no traceback may ever show."""
        self._capsys.readouterr()
        code = answer(arguments)
        printed = self._capsys.readouterr()
        assert "Traceback" not in printed.out + printed.err
        return Result(code=code, out=printed.out, err=printed.err)

    def done(self, *arguments: str) -> Any:  # noqa: ANN401 - each verb has a document of its own
        """Run one command line that must be done; give its JSON document."""
        result = self.run(*arguments, "--json")
        assert result.code == 0, result.out + result.err
        return result.json

    def stocked(self) -> None:
        """Make two sites and two items known, and receive some of both in london."""
        self.done(
            "define", "--site", "london", "--site", "paris", "--item", "A=Apple", "--item", "B", "--key", "define"
        )
        self.done("receive", "--site", "london", "A=10", "B@L1=2.5", "--key", "po-1")

    def available(self, sku: str, site: str = "london") -> str:
        """Tell what is available of an item at a site; zero where it has never been."""
        holdings = self.done("stock", sku, "--site", site)["holdings"]
        return str(holdings[0]["available"]) if holdings else "0"

    def postings(self) -> int:
        """Count the postings of the journal."""
        return int(self.done("verify")["postings"])
