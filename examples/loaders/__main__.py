"""
Two public data sets through a ledger, every line accounted for: a retailer's invoices, and the orders of a pizza place.

    python -m examples.loaders replay FILE
    python -m examples.loaders backtest FILE --last DAY --until DAY

A format is read and classified by a module of its own (`online_retail`, `pizza_place`); `plan` turns lines into
commands, `run` puts them through the ledger, `summary` shows that the classes add up to what the file holds.
"""

import sys
from collections.abc import Sequence

import typer

from examples.loaders import backtest, replay_verb
from onhand.cli.edge import answer


def load(arguments: Sequence[str]) -> int:
    """Run one command line; give its exit code, which means what it means of `onhand`."""
    return answer(arguments, build=_app)


def _app(arguments: Sequence[str]) -> typer.Typer:
    del arguments
    app = typer.Typer(
        help="Put public data sets through a ledger.", no_args_is_help=True, pretty_exceptions_enable=False
    )
    replay_verb.register(app)
    backtest.register(app)
    return app


if __name__ == "__main__":
    sys.exit(load(sys.argv[1:]))
