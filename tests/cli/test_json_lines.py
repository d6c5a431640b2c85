"""Lines as JSON objects: every verb that takes lines reads them alike."""

from collections.abc import Iterator

import pytest
import typer.main

from onhand.cli.building import build
from onhand.cli.values import LINE_LENGTH_MAX
from tests.cli.command_line import CommandLine

WRONG = {
    '{"sku": "A", "sku": "B", "quantity": "1"}': "a member stands twice in one object",
    '{"sku": "A", "quantity": NaN}': "NaN is no number of JSON",
    '{"sku": "A", "quantity": Infinity}': "Infinity is no number of JSON",
    '{"sku": "A", "quantity": 0.5}': "0.5 is a float; write decimals as text",
    '{"sku": "A", "quantity": 1e2}': "1e2 is a float; write decimals as text",
    '{"sku": "A", "quantity": 99999999999999999999}': "a number has more than 64 bits",
    '{"sku": "A", "quantity": "1"} x': "Extra data",
    '{"sku": ' + "[" * (LINE_LENGTH_MAX - 100) + "}": "it is nested too deeply",
    '{"sku": "' + "A" * LINE_LENGTH_MAX + '", "quantity": "1"}': f"it is longer than {LINE_LENGTH_MAX} characters",
    "{sku: A}": "Expecting property name",
}
LEAST = 14
"""So many verbs take lines at least; a walk that finds fewer has lost its way."""


def _takers(command: object, words: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Give the words and required values of each verb that takes lines, but for the lines."""
    for name, verb in getattr(command, "commands", {}).items():
        yield from _takers(verb, (*words, name))
    parameters = getattr(command, "params", [])
    if any(str(parameter.metavar).startswith("LINES") for parameter in parameters):
        told = list(words)
        for parameter in parameters:
            if not str(parameter.metavar).startswith("LINES") and parameter.required:
                told += [parameter.opts[0], "1"] if parameter.opts[0].startswith("-") else ["1"]
        yield tuple(told)


TAKERS = list(_takers(typer.main.get_command(build())))


def test_the_walk_finds_the_verbs() -> None:
    """The walk knows a verb of each reader, and as many as there were when it was written."""
    assert len(TAKERS) >= LEAST
    assert {"sell", "receive"} <= {words[0] for words in TAKERS}
    assert any("invoice" in words for words in TAKERS)


@pytest.mark.parametrize("words", TAKERS, ids=" ".join)
def test_lines_that_are_not_strict_json_are_refused_by_each_verb_alike(
    words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """L6: whichever verb is told such a line, it refuses it in the same words; no database is there to be asked."""
    monkeypatch.setenv("ONHAND_DATABASE_URL", "postgresql://nowhere.invalid/none")
    cli = CommandLine(capsys)
    for line, reason in WRONG.items():
        refused = cli.run(*words, line, "--json").json["refused"]

        assert refused["code"] == "INVALID_COMMAND", line[:60]
        assert f"is no JSON object: {reason}" in refused["facts"]["detail"], line[:60]
