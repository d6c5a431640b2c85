"""The question `verify`: whether everything is as it was written."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onhand.cli.exits import Exit
from onhand.cli.printing import say
from onhand.cli.values import unreadable
from onhand.cli.verb import QUESTIONS, Answer, Desk, verb
from onhand.kernel.refusals import Refused

if TYPE_CHECKING:
    from onhand.ledger.core.answers import JournalHead

Seal = Annotated[
    Path | None,
    typer.Option("--seal", metavar="FILE", help="Write the signed head of the journal here, to be kept elsewhere."),
]
SealKey = Annotated[
    Path | None,
    typer.Option(
        "--seal-key",
        metavar="FILE",
        help="The private key that signs; made if it is not there. Default: seal.key in the home.",
    ),
]
Against = Annotated[
    Path | None,
    typer.Option("--against", metavar="FILE", help="A head that was sealed before; the journal must still hold it."),
]
PublicKey = Annotated[
    str | None,
    typer.Option(
        "--public-key",
        metavar="HEX|FILE",
        help="With --against: the key that must have signed the head, as `--seal` told it, or a file that holds it.",
    ),
]


def register(app: typer.Typer) -> None:
    """Add the question."""
    verb(app, "verify", panel=QUESTIONS, asks=True)(verify)


async def verify(
    desk: Desk,
    against: Against = None,
    public_key: PublicKey = None,
    seal: Seal = None,
    seal_key: SealKey = None,
) -> Answer:
    """Prove the ledger from its rows: chain, balances, entities, keys and reversals."""
    if public_key is not None and against is None:
        raise Refused("INVALID_COMMAND", detail="--public-key is about the head of --against FILE")
    known = None if public_key is None else _public_key(public_key)
    async with desk.ledger() as stock:
        with desk.progress() as progress:
            task = progress.add_task("verifying", total=None)

            def tell(done: int, total: int) -> None:
                progress.update(task, completed=done, total=total)

            verification = await stock.verify(against=against, public_key=known, progress=tell)
    if seal is not None:
        if verification.ok:
            _seal(verification.head, seal, seal_key or _default_key(desk))
        else:
            say("Nothing was sealed, since something is wrong.", style="bold red")
    from onhand.cli import plain, shown

    return Answer(
        plain=plain.verification(verification),
        shown=lambda: shown.verification(verification),
        exit=Exit.DONE if verification.ok else Exit.CHECK_FAILED,
    )


def _public_key(told: str) -> bytes:
    from onhand.ledger.trust.seal import read_public_key

    return read_public_key(told)


def _default_key(desk: Desk) -> Path:
    """One key for all seals of a home, so that one public key checks them all."""
    from onhand import embedded

    home = desk.config.home or embedded.default_home()
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unreadable(home, error) from error
    return home / "seal.key"


def _seal(head: "JournalHead", file: Path, key_file: Path) -> None:
    """Vouch for a head that was just proved; one that was not is never sealed."""
    from onhand.ledger.trust.seal import load_key, sign_head, write_head

    try:
        is_new = not key_file.exists()
        signed = sign_head(head, load_key(key_file))
        write_head(signed, file)
    except OSError as error:
        raise unreadable(file, error) from error
    if is_new:
        say(f"A key to sign with was made in {key_file}. Keep it where the database's keepers cannot reach it.")
    say(f"The public key is {signed.public_key.hex()}.")
    say(f"The journal is sealed up to posting {head.number} in {file}. Keep that file elsewhere.")
