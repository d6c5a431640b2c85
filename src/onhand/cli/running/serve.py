"""The verb `serve`."""

import asyncio
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from onhand.cli.printing import say
from onhand.cli.values import whole_number
from onhand.cli.verb import DATABASE, Answer, Desk, verb
from onhand.extras import needs
from onhand.pauses import shorten_pauses

if TYPE_CHECKING:
    from collections.abc import Callable

Host = Annotated[str, typer.Option("--host", metavar="ADDRESS", help="Where to listen; only this machine unless told.")]
Port = Annotated[int, typer.Option("--port", metavar="N", parser=whole_number, help="0 takes any that is free.")]
Uds = Annotated[str | None, typer.Option("--uds", metavar="PATH", help="Listen on a unix socket instead.")]


def register(app: typer.Typer) -> None:
    """Add the verb."""
    verb(app, "serve", panel=DATABASE)(serve)


def serve(desk: Desk, host: Host = "127.0.0.1", port: Port = 8000, uds: Uds = None) -> Answer:
    """
    Serve the ledgers of all orgs over HTTP, until it is stopped; /docs tells how to use it.

    What waits is executed before it ends. Logs go to stderr, one JSON line for each request.
    """
    with asyncio.Runner(loop_factory=_loop_factory()) as runner:
        runner.run(_serve(desk, host, port, uds))
    return Answer(plain={"stopped": True}, shown=lambda: ["Stopped."])


def _loop_factory() -> "Callable[[], asyncio.AbstractEventLoop] | None":
    if sys.platform == "win32":
        return None
    with needs("service"):
        import uvloop

    return uvloop.new_event_loop


async def _serve(desk: Desk, host: str, port: int, uds: str | None) -> None:
    with needs("service"):
        import uvicorn

    from onhand.bootstrap import connections_within, create_service
    from onhand.logs import hear_everybody

    class Announcing(uvicorn.Server):
        """A server that says where it is reached, once it is."""

        async def startup(self, sockets: object = None) -> None:
            await super().startup(sockets)  # type: ignore[arg-type]  # it is handed on
            if self.started:
                name = uds or self.servers[0].sockets[0].getsockname()
                place = name if uds else f"http://{name[0]}:{name[1]}"
                say(f"onhand serves at {place}; /docs describes it, Ctrl-C stops it.")

    service = await create_service(desk.config)
    hear_everybody(service.logger)
    shorten_pauses()
    config = uvicorn.Config(
        service,
        http=connections_within(service),
        ws="none",
        host=host,
        port=port,
        uds=uds,
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=False,
        proxy_headers=False,
        timeout_keep_alive=75,
        timeout_graceful_shutdown=30,
    )
    await Announcing(config).serve()
