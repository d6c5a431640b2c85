"""
What the ledger and each family of it stand on: verbs, which hand commands in, and questions, which ask a store.

Both go through a gate: `Acting` for what is done, `Asking` for what is asked. Whoever watches is told there.
"""

from collections.abc import Callable, Coroutine, Iterable
from functools import wraps
from typing import Any, ClassVar, Concatenate, ParamSpec, TypeVar

from onhand.kernel.command import Command
from onhand.kernel.posting import Posting
from onhand.ledger.asking import Asking
from onhand.ledger.core.port import Reading
from onhand.ledger.cursors import Cursor
from onhand.ledger.engine.acting import About, Acting, command_fields
from onhand.ledger.engine.request import Outcome

Its = TypeVar("Its", bound="Namespace")
Told = ParamSpec("Told")
Answer = TypeVar("Answer")
NamespaceMethod = Callable[Concatenate[Its, Told], Coroutine[Any, Any, Answer]]


class Namespace:
    """Some verbs and questions about one subject; `_name` is the word by which a ledger has them."""

    _name: ClassVar[str] = ""

    def __init__(self, acting: Acting, asking: Asking) -> None:
        self._acting = acting
        self._asking = asking

    @property
    def _reading(self) -> Reading:
        return self._asking.reading

    @property
    def _org_id(self) -> int:
        return self._asking.org_id

    @property
    def _actor(self) -> str:
        """Who acts where a verb is not told."""
        return self._acting.actor

    def _told(self, about: About) -> dict[str, Any]:
        """Give the fields that every command has, of what a verb was told beside its own."""
        return command_fields(about, self._acting.actor)

    async def _do(self, command: Command, about: About) -> Posting:
        """Execute the command of a verb, or compute its posting only."""
        return await self._post(command, dry_run=bool(about.get("dry_run", False)))

    async def _post(self, command: Command, *, dry_run: bool = False) -> Posting:
        """Execute a command; raises Refused or Fault."""
        (outcome,) = await self._acting.submit((command,), dry_run=dry_run)
        if isinstance(outcome, Posting):
            return outcome
        raise outcome

    async def _bulk(self, commands: Iterable[Command], *, dry_run: bool = False) -> list[Outcome]:
        """Execute commands in order, each on its own."""
        return await self._acting.submit(tuple(commands), dry_run=dry_run)

    async def _cursor(self, *question: object) -> Cursor:
        """Bind cursors to a question: the name of the list, and all that narrows or orders it."""
        return Cursor(await self._reading.cursor_key(), question)

    @classmethod
    def _called(cls, method: str) -> str:
        """Give the name by which users know a method: `sell`, or `lots.list`."""
        return f"{cls._name}.{method}" if cls._name else method


def verb(method: NamespaceMethod[Its, Told, Answer]) -> NamespaceMethod[Its, Told, Answer]:
    """Let whoever watches be told of a verb also where it is refused before it hands a command in."""
    name = method.__name__

    @wraps(method)
    async def act(self: Its, /, *args: Told.args, **kwargs: Told.kwargs) -> Answer:
        gate = self._acting
        if gate.is_unwatched:
            return await method(self, *args, **kwargs)
        return await gate.watched(self._called(name), method(self, *args, **kwargs))

    return act


def question(method: NamespaceMethod[Its, Told, Answer]) -> NamespaceMethod[Its, Told, Answer]:
    """Have a question asked through the gate of all questions."""
    name = method.__name__

    @wraps(method)
    async def ask(self: Its, /, *args: Told.args, **kwargs: Told.kwargs) -> Answer:
        return await self._asking.ask(self._called(name), method(self, *args, **kwargs))

    return ask
