"""Acting: from a write to a posting, the same way for every operation."""

from collections.abc import Awaitable, Mapping
from typing import Any

import msgspec

from onhand.api.entry.calls import Call
from onhand.api.http.problems import HttpAnswer, Problem
from onhand.api.routes.commands import CommandShape, wrong
from onhand.api.routes.postings import write_posting
from onhand.api.routes.routes import Act, Finish
from onhand.faults import Fault
from onhand.kernel.command import Command
from onhand.kernel.posting import Posting
from onhand.kernel.refusals import Refused
from onhand.kernel.within import Within, keeps_to, touches_only

_VERSION_DIGITS_MAX = 9


def act(route: Act, call: Call) -> Awaitable[HttpAnswer]:
    """Do what a write asks for, or compute it only."""
    prepared = None if route.prepare is None else route.prepare(call)
    told = {**route.fixed, **({} if prepared is None else prepared.fields)}
    return act_as(
        call,
        route.shape,
        call.body,
        call.in_path,
        told=told,
        more={} if prepared is None else prepared.answer,
        finish=route.finish,
    )


async def act_as(
    call: Call,
    shape: CommandShape,
    body: object,
    in_path: Mapping[str, str],
    *,
    told: Mapping[str, object] | None = None,
    more: Mapping[str, object] | None = None,
    finish: Finish | None = None,
) -> HttpAnswer:
    """
    Execute the command that a body and a path tell.

    Args:
        call: Whose it is, with its key, version and query.
        shape: How the command travels.
        body: What came.
        in_path: What the path tells.
        told: Fields of the command that neither body nor path holds, as the route fixes or makes them.
        more: What is added to the answer when it was done.
        finish: Tells what is added to the answer of the first time alone, as a secret that is shown once.
    """
    dry_run = is_trial(call)
    about: dict[str, object] = {"key": key_of(call), "actor": call.holder.name, **(told or {})}
    version = version_of(call)
    if version is not None:
        if not shape.has_version:
            raise Problem("IF_MATCH_UNUSABLE")
        about["version"] = version
    posting = await post(call, shape.read(body, in_path, about), dry_run=dry_run)
    document = write_posting(posting)
    document["dry_run"] = dry_run
    if not dry_run:
        document |= more or {}
        if finish is not None and not posting.replayed:
            document |= await finish(call, posting)
    headers = {} if dry_run else {"Location": f"/api/postings/{posting.number}"}
    if posting.replayed:
        headers["Idempotency-Replayed"] = "true"
    return HttpAnswer(200 if dry_run or posting.replayed else 201, msgspec.json.encode(document), headers)


async def post(call: Call, command: Command, *, dry_run: bool) -> Posting:
    """Execute a command for whoever calls; one that is limited to sites touches no other."""
    (outcome,) = await post_all(call, [command], dry_run=dry_run)
    if isinstance(outcome, Posting):
        return outcome
    raise outcome


async def post_all(call: Call, commands: list[Command], *, dry_run: bool) -> list[Posting | Refused | Fault]:
    """Execute commands in order, each on its own."""
    sites = call.sites
    limited: list[Any] = commands if sites is None else [Within(command, sites) for command in commands]
    trace = call.told.trace
    call.metrics.commands_waiting += len(commands)
    if trace is not None:
        trace.handed_in(limited)
    try:
        outcomes = await call.stock.bulk(limited, dry_run=dry_run)
    finally:
        call.metrics.commands_waiting -= len(commands)
        if trace is not None:
            trace.answered(limited)
    if sites is None:
        return outcomes
    return [await _seen(call, command, outcome, sites) for command, outcome in zip(commands, outcomes, strict=True)]


def is_trial(call: Call) -> bool:
    """Read whether a write is a dry run: `dry_run` is the one parameter that the query of a write may have."""
    if not call.query:
        return False
    if call.query.keys() - {"dry_run"}:
        raise wrong("the query", "knows dry_run only")
    if call.query["dry_run"] not in {"true", "false"}:
        raise wrong("dry_run", "is not true or false")
    return call.query["dry_run"] == "true"


def key_of(call: Call) -> str:
    """Give the idempotency key of a write; raises Problem where there is none."""
    incoming = call.incoming
    key = incoming.headers.get("idempotency-key")
    if key is None or incoming.times(b"idempotency-key") != 1:
        raise Problem("IDEMPOTENCY_KEY_MISSING")
    return key


def version_of(call: Call) -> int | None:
    """Give the version that a write is based on; raises Problem for what is none."""
    if_match = call.incoming.headers.get("if-match")
    if if_match is None:
        return None
    bare = if_match[1:-1]
    is_one = call.incoming.times(b"if-match") == 1 and if_match.startswith('"') and if_match.endswith('"')
    if not is_one or not bare.isascii() or not bare.isdecimal() or len(bare) > _VERSION_DIGITS_MAX:
        raise Problem("IF_MATCH_UNUSABLE")
    return int(bare)


async def _seen(
    call: Call, command: Command, outcome: Posting | Refused | Fault, sites: frozenset[str]
) -> Posting | Refused | Fault:
    """Let a key that is limited to sites see no posting of another, not even by its key."""
    if not isinstance(outcome, Posting) or not outcome.replayed or touches_only(outcome, sites):
        return outcome
    found = [(await call.stock.catalog.get_site(site)).id for site in sites]
    if keeps_to(outcome, command, sites, found):
        return outcome
    return Refused("POSTING_NOT_FOUND", number=outcome.number)
