"""
What all verbs have in common: shared options, a ledger to work on, an answer to print.

A verb is a function that takes a `Desk` and options of its own, and returns an `Answer` or a posting. It may be a
coroutine. Refusals and faults go through; `edge` prints them and chooses the exit code.
"""

import asyncio
import inspect
import sys
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from inspect import Parameter
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import uuid4

import typer

from onhand.cli import options
from onhand.cli.exits import Exit
from onhand.cli.printing import paper, print_json, say, write_nowhere
from onhand.cli.values import document_of, time_of
from onhand.config import Config
from onhand.kernel.text import check_code

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.progress import Progress

    from onhand.kernel.posting import Posting
    from onhand.ledger.engine.acting import About
    from onhand.ledger.stock import Stock

ACTS = "Acts"
QUESTIONS = "Questions"
DATABASE = "Database"
START = "Start here"
FILES = "Files"
PANELS = (START, ACTS, QUESTIONS, FILES, DATABASE)
"""The groups in which `onhand --help` lists the verbs, in order."""

VerbFunction = TypeVar("VerbFunction", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """
    What a verb has to say.

    `plain` is what `--json` prints: JSON values, quantities as plain decimals. `shown` gives what people see, and is
    called only for them.
    """

    plain: Mapping[str, object]
    shown: Callable[[], Iterable["RenderableType"]]
    exit: Exit = Exit.DONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Where a verb works: the settings, who asks and why, and how to show progress."""

    config: Config
    json: bool
    dry_run: bool = False
    key: str | None = None
    reason: str | None = None
    document: tuple[str, str] | None = None
    occurred_at: datetime | None = None

    @property
    def about(self) -> "About":
        """Give who, when and why for one act; a key that is made up is told here, before anything is sent."""
        return {
            "key": self.key if self.key is not None else _new_key(dry_run=self.dry_run),
            "actor": self.config.actor,
            "reason": self.reason,
            "document": self.document,
            "occurred_at": self.occurred_at,
            "dry_run": self.dry_run,
        }

    @asynccontextmanager
    async def ledger(self, *, org: str | None = None) -> AsyncIterator["Stock"]:
        """Open the ledger of the org."""
        with self.waiting("opening the database"):
            from onhand.bootstrap import open_stock

            stock = await open_stock(replace(self.config, org=org or self.config.org))
        async with stock:
            yield stock

    @contextmanager
    def waiting(self, what: str) -> Iterator[None]:
        """Show on a terminal that something is under way whose length is not known."""
        console = paper(stderr=True)
        if not console.is_terminal:
            yield
            return
        with console.status(what):
            yield

    @contextmanager
    def progress(self) -> Iterator["Progress"]:
        """Show on a terminal how far something is."""
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        console = paper(stderr=True)
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as progress:
            yield progress


def verb(
    app: typer.Typer, name: str, *, panel: str | None, acts: bool = False, asks: bool = False
) -> Callable[[VerbFunction], VerbFunction]:
    """
    Make a function a verb of the command line.

    Args:
        app: Gets the verb.
        name: What the user types.
        panel: Under which heading `onhand --help` lists it.
        acts: Whether it writes to the ledger, and so can be told who, why, when and under which key.
        asks: Whether it works on the ledger of an org.
    """
    shared = [*(_ACTING if acts else []), *(_ASKING if acts or asks else []), _JSON]

    def add(function: VerbFunction) -> VerbFunction:
        own = list(inspect.signature(function).parameters.values())[1:]
        parameters = [parameter.replace(kind=Parameter.KEYWORD_ONLY) for parameter in [*own, *shared]]
        names = {parameter.name for parameter in shared}

        def command(**given: Any) -> int:  # noqa: ANN401 - whatever the function's options are
            desk = _desk({name: given.pop(name) for name in names}, acts=acts)
            try:
                return _print(desk, _call(function, desk, given))
            except BrokenPipeError:
                # Nobody reads any more; what is still to be flushed goes nowhere.
                write_nowhere()
                return Exit.PIPE_CLOSED
            except KeyboardInterrupt:
                say("Interrupted. What was under way is done wholly or not at all; its key tells at a retry.")
                return Exit.INTERRUPTED

        command.__doc__ = function.__doc__
        # Typer reads these: the function's own options, then the shared ones.
        command.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]  # PEP 362 says it may be set
        command.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
        app.command(name, rich_help_panel=panel)(command)
        return function

    return add


def settings(org: str | None = None, actor: str | None = None) -> Config:
    """
    Read the settings from the environment, with what the command line says instead.

    Raises:
        Fault: SETTING_INVALID for a setting that cannot be read.
        Refused: INVALID_TEXT for what cannot be the code of an org.
    """
    config = Config.from_environment()
    chosen = config.org if org is None else org
    return replace(config, org=check_code(chosen, "org"), actor=config.actor if actor is None else actor)


def _call(function: Callable[..., Any], desk: Desk, given: Mapping[str, Any]) -> Any:  # noqa: ANN401 - an answer or a posting
    if inspect.iscoroutinefunction(function):
        return asyncio.run(function(desk, **given))
    return function(desk, **given)


def _print(desk: Desk, answer: "Answer | Posting") -> int:
    """Print an answer, and give the exit code."""
    if not isinstance(answer, Answer):
        answer = posted(desk, answer)
    if desk.json:
        print_json(answer.plain)
    else:
        console = paper()
        for part in answer.shown():
            console.print(part)
    sys.stdout.flush()
    return int(answer.exit)


def posted(desk: Desk, posting: "Posting", **more: object) -> Answer:
    """Answer with the posting that was made; `more` is added to the JSON document."""
    from onhand.cli import plain, shown

    dry_run = desk.dry_run
    return Answer(
        plain={**plain.posting(posting), "dry_run": dry_run, **more},
        shown=lambda: shown.posting(posting, dry_run=dry_run),
    )


def _desk(common: Mapping[str, Any], *, acts: bool) -> Desk:
    config = settings(common.get("org"), common.get("actor"))
    if not acts:
        return Desk(config=config, json=common["json"])
    return Desk(
        config=config,
        json=common["json"],
        dry_run=common["dry_run"],
        key=common["key"],
        reason=common["reason"],
        document=document_of(common["document"]),
        occurred_at=time_of(common["occurred_at"], "occurred_at"),
    )


def _new_key(*, dry_run: bool) -> str:
    """Make a key up, and tell it, so that a retry can use it."""
    key = f"cli/{uuid4()}"
    if not dry_run:
        say(f"for a retry: --key {key}", style="dim")
    return key


def _option(name: str, annotation: object, default: object = None) -> Parameter:
    return Parameter(name, Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


_JSON = _option("json", options.Json, default=False)
_ASKING = [_option("org", options.Org)]
_ACTING = [
    _option("key", options.Key),
    _option("actor", options.Actor),
    _option("reason", options.Reason),
    _option("document", options.Document),
    _option("occurred_at", options.OccurredAt),
    _option("dry_run", options.DryRun, default=False),
]
