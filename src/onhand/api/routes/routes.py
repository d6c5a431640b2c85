"""
Routes as data: an address, who may use it, and the operation or the question behind it.

Nothing is allowed that does not stand here, and a route without roles cannot be written.
"""

import inspect
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache, cached_property
from importlib import import_module
from pkgutil import iter_modules
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Union, get_args, get_origin, get_type_hints

from onhand.api.routes.commands import CommandShape, Schema, Shape, described, hints_of, shape_of, typed, wrong
from onhand.api.routes.fields import field_of
from onhand.api.routes.postings import POSTING
from onhand.kernel.accounts.roles import ADMIN, AUDITOR, CLERK, MANAGER, ROLES
from onhand.kernel.operations import BY_NAME
from onhand.kernel.posting import Posting
from onhand.ledger.surface import methods

if TYPE_CHECKING:
    from onhand.api.entry.calls import Call, RequestRecord
    from onhand.api.entry.sign_ins import SignInDesk
    from onhand.api.http.incoming import Incoming
    from onhand.api.http.problems import HttpAnswer

ALL = frozenset(ROLES)
TILLS = frozenset({CLERK, MANAGER, ADMIN})
MANAGERS = frozenset({MANAGER, ADMIN})
AUDITORS = frozenset({AUDITOR, ADMIN})
ADMINS = frozenset({ADMIN})


@dataclass(frozen=True, kw_only=True)
class Route:
    """
    What all routes have; `whole_org` says that a key which is limited to sites may not use it.

    `name` is what clients call it; without one, it is called like the operation or the question behind it.
    """

    path: str
    roles: frozenset[str]
    method: str
    whole_org: bool = False
    name: str = ""

    def __post_init__(self) -> None:
        """Refuse a route that nobody, or somebody unknown, may use."""
        if not self.roles or not self.roles <= ALL:
            raise ValueError(f"{self.method} {self.path} has no roles that are known")

    @cached_property
    def in_path(self) -> tuple[str, ...]:
        """The names of the parameters in the path."""
        return tuple(part[1:-1] for part in self.path.split("/") if part.startswith("{"))


Finish = Callable[["Call", Posting], Awaitable[Mapping[str, object]]]
"""Tells what is added to the answer once a posting was made."""


@dataclass(frozen=True, kw_only=True)
class Act(Route):
    """
    An operation behind an address; its body is read off the command.

    `fixed` are fields of the command that this address decides. With `member` the body is no command, but the one line
    in that field of it, as an item of `define`. `prepare` makes fields that the service chooses, such as the hash of a
    new key, and what to add to each answer; `finish` gives what is added only when the posting is new, not to a retry.
    """

    operation: str
    method: str = "POST"
    fixed: Mapping[str, object] = field(default_factory=dict)
    member: str | None = None
    prepare: "Callable[[Call], Prepared] | None" = None
    finish: "Finish | None" = None
    hidden: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Be called like the operation."""
        object.__setattr__(self, "name", self.name or self.operation)
        super().__post_init__()

    @cached_property
    def shape(self) -> CommandShape:
        """How the command travels."""
        kind = BY_NAME[self.operation]
        return CommandShape(kind, self.in_path, member=self.member, left_out=(*self.fixed, *self.hidden))

    @property
    def summary(self) -> str:
        """What it does, in the words of the command."""
        return inspect.getdoc(BY_NAME[self.operation]) or ""


class Prepared(NamedTuple):
    """Fields of a command that the service makes itself, and what it adds to the answer."""

    fields: Mapping[str, object]
    answer: Mapping[str, object]


class Parameter(NamedTuple):
    """One parameter of a question: how it is read from text, what it is, and whether it has to be told."""

    read: Callable[[str, str], Any]
    schema: Schema
    required: bool


@dataclass(frozen=True, kw_only=True)
class Ask(Route):
    """
    A question behind an address; its parameters are read off the method of the ledger, and its answer off the type.

    `renamed` gives parameters another name outside. `elsewhere` is the NOT_FOUND code to answer when a key that is
    limited to sites asks for a thing of another site; the code has one fact, which is the route's one parameter.
    `changes_with` says what alone can change the answer: the journal, or the version of the one thing that it is; None
    of an answer that hangs on the clock, on a projection, or on anything beside the journal.
    """

    question: str
    changes_with: Literal["journal", "version"] | None = None
    elsewhere: str = ""
    method: str = "GET"
    hidden: tuple[str, ...] = ()
    renamed: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Be called like the question."""
        object.__setattr__(self, "name", self.name or self.question)
        super().__post_init__()

    @cached_property
    def parameters(self) -> Mapping[str, Parameter]:
        """The parameters by the name that the ledger has for them."""
        function = methods()[self.question]
        hints = get_type_hints(function)
        return {
            name: _parameter(name, hints[name], parameter.default)
            for name, parameter in inspect.signature(function).parameters.items()
            if name not in {"self", *self.hidden}
        }

    @cached_property
    def answer(self) -> Shape:
        """How the answer travels."""
        hint = get_type_hints(methods()[self.question])["return"]
        return POSTING if getattr(hint, "__name__", "") == "Posting" else shape_of(hint, self.name, "rows")

    @property
    def summary(self) -> str:
        """What it answers, in the words of the ledger."""
        return inspect.getdoc(methods()[self.question]) or ""

    def outside(self, name: str) -> str:
        """Give the name that a parameter has outside."""
        return self.renamed.get(name, name)


@dataclass(frozen=True, kw_only=True)
class Special(Route):
    """
    An address with a handler of its own, and the schemas that cannot be read off anything.

    `takes_version` says that what it does may be based on a version, told by If-Match.
    """

    handle: "Callable[[Call], Awaitable[Any]]"
    summary: str
    body: Schema | None = None
    answer_schema: Schema
    query: Mapping[str, Schema] = field(default_factory=dict)
    headers: Mapping[str, Schema] = field(default_factory=dict)
    media_type: str = "application/json"
    is_write: bool = False
    takes_version: bool = False


@dataclass(frozen=True, kw_only=True)
class Door(Route):
    """An address that asks for no key, since it is where somebody gets in."""

    handle: "Callable[[Knock], Awaitable[HttpAnswer]]"
    summary: str
    body: Schema
    answer_schema: Schema


@dataclass(slots=True, kw_only=True)
class Knock:
    """A request at a door: not authenticated yet."""

    incoming: "Incoming"
    told: "RequestRecord"
    desk: "SignInDesk"
    address: str
    body: Any


def _parameter(name: str, hint: Any, default: object) -> Parameter:  # noqa: ANN401 - a type is no one type
    """
    Make a query parameter of an argument, by its type.

    A moment is a posting's number or a time; a list of texts is parted by commas; a pair is like invoice:536365. Whole
    numbers, days, times and booleans are read as such; all else is text.
    """
    required = default is inspect.Parameter.empty
    kinds = [kind for kind in get_args(hint) if kind is not NoneType] if _is_union(hint) else [hint]
    text: Schema = {"type": "string", "minLength": 1}
    meaning = {"description": field_of("", name).meaning}
    if set(kinds) == {int, datetime}:
        number, moment = shape_of(int), shape_of(datetime)
        return Parameter(
            lambda told, place: (
                number.read(typed(told, number.schema), place) if told.isdecimal() else moment.read(told, place)
            ),
            {"anyOf": [number.schema, moment.schema], **meaning},
            required,
        )
    if get_origin(hint) is not None and str in get_args(hint) and not _is_union(hint):
        return Parameter(lambda told, _: told.split(","), {**text, **meaning}, required)
    if any(get_origin(kind) is tuple for kind in kinds):
        return Parameter(_pair, {**text, "pattern": "^[^:]+:.+$", **meaning}, required)
    kind = kinds[0] if kinds[0] in {int, bool, datetime, date} and len(kinds) == 1 else str
    shape = shape_of(kind)
    schema = {**shape.schema, **meaning}
    if kind is str:
        schema["minLength"] = 1
    if name == "limit":
        schema |= {"minimum": 1, "maximum": 100, "default": min(int(str(default)), 50)}
    return Parameter(lambda told, place: shape.read(typed(told, shape.schema), place), schema, required)


def _pair(told: str, place: str) -> tuple[str, str]:
    kind, colon, number = told.partition(":")
    if not colon:
        raise wrong(place, "is not like invoice:536365")
    return kind, number


def _is_union(hint: Any) -> bool:  # noqa: ANN401 - a type is no one type
    return get_origin(hint) in {Union, UnionType}


@cache
def find_routes() -> tuple[Route, ...]:
    """Give the routes of all nouns, in the order of their files."""
    return tuple(route for routes in find_nouns().values() for route in routes)


@cache
def find_nouns() -> Mapping[str, tuple[Route, ...]]:
    """Give the routes of each noun, in the order of their files."""
    from onhand.api import nouns  # noqa: PLC0415 - the nouns are made of what stands here

    modules = {found.name: import_module(f"{nouns.__name__}.{found.name}") for found in iter_modules(nouns.__path__)}
    return {name: module.ROUTES for name, module in modules.items()}


__all__ = ["Act", "Ask", "Door", "Knock", "Route", "Special", "described", "find_nouns", "find_routes", "hints_of"]
