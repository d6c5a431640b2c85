"""The verbs `key create`, `key revoke` and `key list`."""

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from onhand.cli.accounts.user import RoleOption, Sites
from onhand.cli.options import After, Limit
from onhand.cli.values import time_of, whole_number
from onhand.cli.verb import DATABASE, Answer, Desk, verb
from onhand.kernel.posting import Posting
from onhand.kernel.refusals import Refused

if TYPE_CHECKING:
    from rich.console import RenderableType

Name = Annotated[str, typer.Argument(metavar="NAME", show_default=False, help="Whose key it is, as till-7.")]
KeyNumber = Annotated[
    int, typer.Argument(metavar="NUMBER", parser=whole_number, show_default=False, help="The number of the key.")
]
ExpiresAt = Annotated[
    str | None, typer.Option("--expires-at", metavar="TIME", help="When it ends by itself: 2026-12-31T00:00:00Z.")
]


def register(app: typer.Typer) -> None:
    """Add the verbs."""
    keys = typer.Typer(help="See to the API keys of an org.", no_args_is_help=True)
    verb(keys, "create", panel=None, acts=True)(create)
    verb(keys, "revoke", panel=None, acts=True)(revoke)
    verb(keys, "list", panel=None, asks=True)(listed)
    app.add_typer(keys, name="key", rich_help_panel=DATABASE)


async def create(desk: Desk, name: Name, role: RoleOption, site: Sites = None, expires_at: ExpiresAt = None) -> Answer:
    """Make an API key and show it once; only its hash is stored."""
    from onhand.credentials.keys import make_key

    if desk.dry_run:
        raise Refused("INVALID_COMMAND", detail="a key is not made for a trial")
    until = time_of(expires_at, "expires_at")
    async with desk.ledger() as stock:
        key = make_key(stock.org_id)
        posting = await stock.accounts.create_key(
            name=name, role=role, sites=tuple(site or ()), key_hash=key.key_hash, expires_at=until, **desk.about
        )
    number = posting.made("api_key")

    def show() -> "Iterator[RenderableType]":
        # Written as it is, since a console would break a long line.
        sys.stdout.write(f"{key.text}\n")
        yield f"Key {number} of {name}, in the role {role}. It is shown this once: keep it where secrets are kept."

    return Answer(plain={"key": key.text, "number": number, "name": name, "role": role}, shown=show)


async def revoke(desk: Desk, number: KeyNumber) -> Posting:
    """End an API key, for ever; every server refuses it within a second."""
    async with desk.ledger() as stock:
        return await stock.accounts.revoke_key(api_key=number, **desk.about)


async def listed(desk: Desk, after: After = None, limit: Limit = 50) -> Answer:
    """List the API keys of the org; what they are is known to nobody here."""
    async with desk.ledger() as stock:
        page = await stock.accounts.list_keys(after=after, limit=limit)
    keys = [
        {
            "number": key.id,
            "name": key.name,
            "role": key.role,
            "sites": list(key.sites),
            "expires_at": None if key.expires_at is None else key.expires_at.isoformat(),
            "revoked": key.revoked,
        }
        for key in page
    ]
    return Answer(
        plain={"keys": keys, "after": page.after},
        shown=lambda: (
            [
                f"{key.id}  {key.name}  {key.role}  {', '.join(key.sites) or 'all sites'}"
                f"{'  revoked' if key.revoked else ''}"
                for key in page
            ]
            or ["There are no keys."]
        ),
    )
