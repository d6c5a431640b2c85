"""The verbs `user create`, `user retire` and `user list`."""

import sys
from typing import Annotated

import typer

from onhand.cli.options import After, Limit
from onhand.cli.verb import DATABASE, Answer, Desk, verb
from onhand.extras import needs
from onhand.kernel.posting import Posting
from onhand.kernel.refusals import Refused

Name = Annotated[str, typer.Argument(metavar="NAME", show_default=False, help="How the user signs in.")]
RoleOption = Annotated[
    str, typer.Option("--role", metavar="ROLE", help="viewer, clerk, manager, auditor or admin.", show_default=False)
]
Sites = Annotated[
    list[str] | None,
    typer.Option("--site", metavar="SITE", help="Only at this site; more than once for more. Without it at all."),
]
FromStdin = Annotated[
    bool, typer.Option("--password-stdin", help="Read the password from the first line of the standard input.")
]


def register(app: typer.Typer) -> None:
    """Add the verbs."""
    users = typer.Typer(help="See to the users of an org.", no_args_is_help=True)
    verb(users, "create", panel=None, acts=True)(create)
    verb(users, "retire", panel=None, acts=True)(retire)
    verb(users, "list", panel=None, asks=True)(listed)
    app.add_typer(users, name="user", rich_help_panel=DATABASE)


async def create(
    desk: Desk, name: Name, role: RoleOption, site: Sites = None, password_stdin: FromStdin = False
) -> Posting:
    """Make a user, or change one: role, sites and, where one is told, password. A retired one is back."""
    about = desk.about
    if not password_stdin and not sys.stdin.isatty():
        async with desk.ledger() as stock:
            return await stock.accounts.define_user(user=name, role=role, sites=tuple(site or ()), **about)
    password = sys.stdin.readline().rstrip("\n") if password_stdin else typer.prompt("Password", hide_input=True)
    if desk.dry_run:
        raise Refused("INVALID_COMMAND", detail="a password is not set for a trial")
    from onhand.bootstrap import open_ledger

    with needs("service"):
        from onhand.credentials.passwords import define_user_with_password

    opened = await open_ledger(desk.config)
    async with opened.stock as stock:
        return await define_user_with_password(
            stock,
            opened.passwords,
            user=name,
            role=role,
            sites=tuple(site or ()),
            password=password,
            key=about["key"],
            actor=about["actor"],
        )


async def retire(desk: Desk, name: Name) -> Posting:
    """End what a user may do; what he did stays his."""
    async with desk.ledger() as stock:
        known = (await stock.accounts.list_users(name=name)).rows
        if not known:
            raise Refused("USER_NOT_FOUND", user=name)
        return await stock.accounts.define_user(
            user=name, role=known[0].role, sites=known[0].sites, retired=True, **desk.about
        )


async def listed(desk: Desk, after: After = None, limit: Limit = 50) -> Answer:
    """List the users of the org."""
    async with desk.ledger() as stock:
        page = await stock.accounts.list_users(after=after, limit=limit)
    users = [
        {"user": user.name, "role": user.role, "sites": list(user.sites), "retired": user.retired} for user in page
    ]
    return Answer(
        plain={"users": users, "after": page.after},
        shown=lambda: (
            [
                f"{user.name}  {user.role}  {', '.join(user.sites) or 'all sites'}{'  retired' if user.retired else ''}"
                for user in page
            ]
            or ["There are no users."]
        ),
    )
