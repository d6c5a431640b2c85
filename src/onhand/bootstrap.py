"""
The composition root: the only place that knows everybody.

Builds a ledger from the settings: finds or starts the database, brings an embedded one's schema up to date, and puts
store and engine together.
"""

import asyncio
import os
import sys
from collections.abc import Generator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, NamedTuple, cast

from onhand.config import Config
from onhand.extras import needs
from onhand.faults import Fault
from onhand.kernel.refusals import Refused
from onhand.ledger.engine.attempts import Attempts
from onhand.ledger.engine.batcher import QUEUE_REQUESTS_MAX, Batcher
from onhand.ledger.engine.logging import OperationLog, Teller
from onhand.ledger.engine.observing import BatchObserver, Executed, Observed
from onhand.ledger.stock import Stock
from onhand.ledger.sync import Synchronous
from onhand.store.accounts.passwords import Passwords
from onhand.store.accounts.sign_ins import Sessions, SignInTimes
from onhand.store.core.reading import PostgresReading
from onhand.store.database.database import Database
from onhand.store.database.jobs import PostgresJobs
from onhand.store.database.revision import check_schema
from onhand.store.engine.statements import Statements

if TYPE_CHECKING:
    from onhand.api.http.admission import Front
    from onhand.api.http.tracing import Tracing
    from onhand.delivery.schedule import Schedule
    from onhand.jobs.plan import JobPlan
    from onhand.ledger.sync_stock import SyncStock
    from onhand.logs import Log, Logger


class Urls(NamedTuple):
    """How to reach a database: as the engine, and as the owner who migrates."""

    engine: str
    owner: str


class OpenedLedger(NamedTuple):
    """An open ledger, the hashes of its users' passwords, and the jobs of its workers."""

    stock: Stock
    passwords: Passwords
    jobs: PostgresJobs


class Ledger(NamedTuple):
    """The open ledger of an org, with what its users sign in by."""

    org_id: int
    stock: Stock
    passwords: Passwords
    sessions: Sessions
    secret: bytes


class connect:  # noqa: N801 - used like a function, awaited or entered
    """
    Open a ledger: `async with onhand.connect() as stock`, or `stock = await onhand.connect()`.

    Args:
        url: A PostgreSQL server of your own; without one, and without ONHAND_DATABASE_URL, the embedded one runs.
        home: The folder of the embedded server.
        org: The code of the org.
        actor: Who acts, where a verb is not told.

    Raises:
        Fault: The database cannot be reached or used, or its schema is not this version's.
    """

    def __init__(
        self,
        url: str | None = None,
        *,
        home: Path | str | None = None,
        org: str | None = None,
        actor: str | None = None,
    ) -> None:
        config = Config.from_environment()
        self._config = replace(
            config,
            database_url=url or config.database_url,
            owner_url=url or config.owner_url,
            home=Path(home) if home is not None else config.home,
            org=org or config.org,
            actor=actor or config.actor,
        )
        self._stock: Stock | None = None

    def __await__(self) -> Generator[object, None, Stock]:
        return open_stock(self._config).__await__()

    async def __aenter__(self) -> Stock:
        self._stock = await open_stock(self._config)
        return self._stock

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._stock is not None:
            await self._stock.close()


def connect_sync(
    url: str | None = None, *, home: Path | str | None = None, org: str | None = None, actor: str | None = None
) -> "SyncStock":
    """Open a ledger for a program without an event loop: the same verbs without `await`; safe for threads."""
    opening = connect(url, home=home, org=org, actor=actor)

    async def opened() -> Stock:
        return await opening

    return cast("SyncStock", Synchronous(opened))


async def open_stock(config: Config, *, statements: Statements | None = None) -> Stock:
    """Put a ledger together; see `open_ledger`."""
    return (await open_ledger(config, statements=statements)).stock


async def open_ledger(config: Config, *, statements: Statements | None = None) -> OpenedLedger:
    """
    Put a ledger together, with the passwords of its users and the jobs of its workers.

    Args:
        config: Says which database and which org.
        statements: Replaces the SQL, for tests that take a protection out.
    """
    urls = await asyncio.to_thread(database_urls, config)
    database = Database(urls.engine, is_direct=config.database_url is None, statements=statements)
    try:
        await database.open()
        org_id = await _org_id(database, config)
    except BaseException:
        await database.close()
        raise
    session = database.session(org_id)
    attempts = Attempts(session, _today)
    log = open_log(config, "off")
    operations = None if log is None else OperationLog(_teller(log.logger), org_id=org_id, actor=config.actor)
    reading = PostgresReading(database.readers, database.statements, org_id)
    closing = (session, database) if log is None else (session, database, log)
    stock = Stock(Batcher(attempts), reading, org_id=org_id, actor=config.actor, closing=closing, log=operations)
    return OpenedLedger(stock, database.passwords(org_id), database.jobs(org_id))


def _teller(logger: "Logger") -> Teller:
    """Make what writes a line for each operation."""
    from onhand.api.http.problems import status_of_error
    from onhand.logs import tell

    def teller(context: Mapping[str, object], error: BaseException | None) -> None:
        status = 200 if error is None else status_of_error(error)
        message = "done" if error is None else "refused" if isinstance(error, Refused) else "failed"
        tell(logger, message, context, error, status)

    return teller


def open_log(config: Config, without: str) -> "Log | None":
    """Open the log that the settings ask for, if any; `without` is what they say where nobody said anything."""
    level = config.log or without
    if level == "off":
        return None
    from onhand import logs

    try:
        return logs.open_log(level, config.log_file)
    except OSError as error:
        message = f"The log cannot be written to {str(config.log_file)!a}: {error.strerror}."
        raise Fault(code="SETTING_INVALID", message=message, retryable=False) from error


async def open_ledgers(
    config: Config,
    observer: BatchObserver,
    *,
    readers_max: int = 8,
    queue_commands: int = QUEUE_REQUESTS_MAX,
    times: SignInTimes | None = None,
) -> "Ledgers":
    """Put the ledgers of a database together, for a service; each is opened when it is first asked for."""
    urls = await asyncio.to_thread(database_urls, config)
    database = Database(urls.engine, readers_max=readers_max, is_direct=config.database_url is None)
    try:
        await database.open()
    except BaseException:
        await database.close()
        raise
    return Ledgers(database, observer, queue_commands, times or SignInTimes())


class Ledgers:
    """The ledgers of all orgs of a database, on one pool of readers."""

    def __init__(self, database: Database, observer: BatchObserver, queue_commands: int, times: SignInTimes) -> None:
        """Open ledgers of a database with bounded queues, and let an observer know of each batch."""
        self._queue_commands = queue_commands
        self._times = times
        self._database = database
        self._observer = observer
        self._opened: dict[int, Ledger] = {}
        self._opening = asyncio.Lock()

    async def get(self, org_id: int) -> Ledger:
        """Give the ledger of an org; raises Fault ORG_UNKNOWN where there is no such org."""
        found = self._opened.get(org_id)
        if found is not None:
            return found
        async with self._opening:
            if org_id not in self._opened:
                self._opened[org_id] = await self._open(org_id)
            return self._opened[org_id]

    async def find(self, code: str) -> Ledger | None:
        """Give the ledger of an org by its code; None where there is no such org."""
        try:
            return await self.get(await self._database.find_org(code))
        except Fault as fault:
            if fault.code == "ORG_UNKNOWN":
                return None
            raise

    async def ping(self) -> None:
        """Raise Fault where the database does not answer."""
        await PostgresReading(self._database.readers, self._database.statements, 0).accounts.ping()

    def opened(self) -> Mapping[int, Ledger]:
        """Give the ledgers that are open."""
        return dict(self._opened)

    async def close(self) -> None:
        """Let what waits be executed, then close all."""
        for ledger in self._opened.values():
            await ledger.stock.close()
        await self._database.close()

    async def _open(self, org_id: int) -> Ledger:
        database = self._database
        reading = PostgresReading(database.readers, database.statements, org_id)
        await reading.head()
        session = database.session(org_id)
        executor = Observed(session, _today, self._observer)
        batcher = Batcher(executor, queue_requests_max=self._queue_commands)
        stock = Stock(batcher, reading, org_id=org_id, actor="service", closing=(session,))
        passwords = database.passwords(org_id)
        return Ledger(
            org_id=org_id,
            stock=stock,
            passwords=passwords,
            sessions=database.sessions(org_id, self._times),
            secret=await passwords.service_secret(),
        )


async def create_service(config: Config) -> "Front":
    """Make the application that `onhand serve` runs."""
    with needs("service"):
        from onhand.api.app import create_app
        from onhand.api.http.limits import Limits
        from onhand.api.http.metrics import ServiceMetrics

    log = open_log(config, "info")
    limits, metrics = Limits.from_environment(), ServiceMetrics()
    tracing = _tracing(os.environ.get("ONHAND_TRACES"))

    def observe(executed: Executed) -> None:
        metrics.observe_batch(executed)
        if tracing is not None:
            tracing.executed(executed)

    ledgers = await open_ledgers(config, observe, queue_commands=limits.queue_commands)
    token = os.environ.get("ONHAND_METRICS_TOKEN") or None
    try:
        return create_app(
            ledgers,
            limits=limits,
            metrics=metrics,
            logger=None if log is None else log.logger,
            metrics_token=token,
            tracing=tracing,
        )
    except BaseException:
        await ledgers.close()  # its connections would keep a process alive that serves nothing
        raise


def _tracing(told: str | None) -> "Tracing | None":
    """Open the traces that a setting asks for; raises Fault where the extra is not installed."""
    if not told:
        return None
    try:
        from onhand.api.http.tracing import open_tracing
    except ImportError as error:
        raise Fault(
            code="SETTING_INVALID",
            message="ONHAND_TRACES needs the extra: pip install 'onhand[telemetry]'.",
            retryable=False,
        ) from error
    return open_tracing(told)


def connections_within(service: "Front") -> "type[asyncio.Protocol] | str":
    """Give the protocol with which connections to a service are served, within its limits."""
    if sys.platform == "win32":
        return "auto"
    from onhand.api.http.connections import protocol_within

    return protocol_within(service)


def database_urls(config: Config) -> Urls:
    """
    Find the database, and see to its schema.

    The embedded one is started and upgraded; one of your own is only looked at, since `onhand db upgrade` is the
    owner's to call.
    """
    if config.database_url is None:
        from onhand import embedded

        addresses = embedded.up(config.home or embedded.default_home(), version=config.postgres_version)
        if not check_schema(addresses.owner_url).is_current:
            from onhand.store.database.schema import upgrade_schema

            upgrade_schema(addresses.owner_url)
        return Urls(addresses.engine_url, addresses.owner_url)
    status = check_schema(config.database_url)
    if not status.is_current:
        raise Fault(
            code="SCHEMA_NOT_CURRENT",
            message=f"The database has schema {status.current or 'none'}, this version needs {status.newest}. "
            "`onhand db upgrade` brings it there.",
            retryable=False,
            facts={"current": status.current, "newest": status.newest},
        )
    return Urls(config.database_url, config.owner_url or config.database_url)


def owner_url(config: Config) -> str:
    """Find the database as its owner reaches it, whatever schema it has; the embedded one is started."""
    if config.database_url is None:
        from onhand import embedded

        return embedded.up(config.home or embedded.default_home(), version=config.postgres_version).owner_url
    return config.owner_url or config.database_url


async def run_worker(config: Config, plan: "JobPlan", schedule: "Schedule", *, until_idle: bool = False) -> None:
    """Run the worker of an org until it is stopped, or until nothing is left to do."""
    from onhand.api.routes.postings import write_posting

    with needs("worker"):
        from onhand.delivery.deliverer import Deliverer
        from onhand.delivery.sending import Sender
        from onhand.jobs.worker import OrgWorker

    opened = await open_ledger(config)
    sender = Sender(config.webhook_local_hosts, timeout_seconds=schedule.timeout_seconds)
    async with opened.stock as stock, sender:
        # A webhook is told of a posting in the words of the service.
        deliverer = Deliverer(stock, sender, write_posting, schedule, plan.stalled_seconds)
        await OrgWorker(opened.jobs, stock, plan, deliverer).run(until_idle=until_idle)


async def create_org(config: Config) -> int:
    """Make the org that the settings name, with an empty journal, or find the one that is there; give its id."""
    urls = await asyncio.to_thread(database_urls, config)
    database = Database(urls.engine)
    try:
        await database.open()
        return await database.create_org(config.org)
    finally:
        await database.close()


async def create_next_org(config: Config, stem: str) -> str:
    """Make the next org of a series, stem-1, stem-2 and so on; give its code."""
    urls = await asyncio.to_thread(database_urls, config)
    database = Database(urls.engine)
    try:
        await database.open()
        number = 1
        while await _is_known(database, f"{stem}-{number}"):
            number += 1
        await database.create_org(f"{stem}-{number}")
        return f"{stem}-{number}"
    finally:
        await database.close()


async def _is_known(database: Database, code: str) -> bool:
    try:
        await database.find_org(code)
    except Fault as fault:
        if fault.code == "ORG_UNKNOWN":
            return False
        raise
    return True


async def _org_id(database: Database, config: Config) -> int:
    """Find the org; the org "main" of a new database is made by whoever comes first."""
    try:
        return await database.find_org(config.org)
    except Fault as fault:
        if fault.code != "ORG_UNKNOWN" or config.org != "main":
            raise
        return await database.create_org("main")


def _today() -> date:
    return datetime.now(UTC).date()
