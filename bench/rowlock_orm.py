"""The row-lock service as most teams write it: SQLAlchemy's ORM, a thread and a session for each request."""

import random
import threading
from concurrent.futures import ThreadPoolExecutor
from time import perf_counter

from psycopg.conninfo import conninfo_to_dict
from sqlalchemy import URL, BigInteger, Engine, create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from bench.baskets import basket
from bench.cases import Load, Workload
from bench.loop import settle
from bench.sample import Sample, sample_of
from bench.server import Server


class _Tables(DeclarativeBase):
    pass


class _Stock(_Tables):
    __tablename__ = "stock"
    site_id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(primary_key=True)
    available: Mapped[int] = mapped_column(BigInteger)


class _Movement(_Tables):
    __tablename__ = "movement"
    key: Mapped[str] = mapped_column(primary_key=True)
    line: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int]
    item_id: Mapped[int]
    quantity: Mapped[int] = mapped_column(BigInteger)
    before: Mapped[int] = mapped_column(BigInteger)
    after: Mapped[int] = mapped_column(BigInteger)
    actor: Mapped[str]


class OrmRowLockService:
    """As many threads and connections as callers."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._runs = 0

    def run(self, load: Load, workload: Workload, seconds: int) -> Sample:
        """Warm up, then measure."""
        self._runs += 1
        callers = _Callers(_engine(self._server.peers_url, load.callers), workload, f"orm{self._runs}")
        with ThreadPoolExecutor(load.callers) as threads:
            done = [threads.submit(callers.call, caller) for caller in range(load.callers)]
            try:
                callers.wait(workload.warm_seconds)
                settle()
                wal_before = self._server.wal_position()
                begin = perf_counter()
                callers.wait(seconds)
                end = perf_counter()
                wal_after = self._server.wal_position()
            finally:
                callers.stop.set()
        latencies = [finish - start for future in done for start, finish in future.result() if begin <= finish < end]
        callers.engine.dispose()
        return sample_of(latencies, count=len(latencies), seconds=end - begin, wal_bytes=wal_after - wal_before)


class _Callers:
    """What the threads share."""

    def __init__(self, engine: Engine, workload: Workload, prefix: str) -> None:
        self.engine = engine
        self.stop = threading.Event()
        self._workload = workload
        self._prefix = prefix

    def wait(self, seconds: float) -> None:
        """Let the callers work."""
        self.stop.wait(seconds)

    def call(self, caller: int) -> list[tuple[float, float]]:
        """Sell until told to stop; the start and the finish of each sale."""
        chooser = random.Random(caller)
        times: list[tuple[float, float]] = []
        while not self.stop.is_set():
            start = perf_counter()
            items = basket(chooser, self._workload)
            with Session(self.engine) as session, session.begin():
                sell(session, f"{self._prefix}-{caller}/{len(times)}", items)
            times.append((start, perf_counter()))
        return times


def sell(session: Session, key: str, items: list[int]) -> None:
    """
    Sell one of each item: look for the key, lock, check, write.

    Raises:
        RuntimeError: The key came before, or too little is there; neither happens in the benchmark.
    """
    if session.scalar(select(_Movement.key).where(_Movement.key == key).limit(1)) is not None:
        raise RuntimeError(f"{key} was sold before")
    # The order of the locks keeps two sales from waiting for each other in a ring.
    locked = select(_Stock).where(_Stock.site_id == 1, _Stock.item_id.in_(items)).order_by(_Stock.item_id)
    stock = {row.item_id: row for row in session.scalars(locked.with_for_update())}
    for line, item in enumerate(items, start=1):
        row = stock[item]
        before = row.available
        if before < 1:
            raise RuntimeError(f"too little of item {item}")
        row.available = before - 1
        session.add(
            _Movement(
                key=key, line=line, site_id=1, item_id=item, quantity=1, before=before, after=before - 1, actor="till"
            )
        )


def _engine(url: str, connections: int) -> Engine:
    info = conninfo_to_dict(url)
    address = URL.create(
        "postgresql+psycopg",
        username=str(info["user"]),
        password=str(info["password"]),
        database=str(info["dbname"]),
        query={"host": str(info["host"]), "port": str(info["port"])},
    )
    return create_engine(address, pool_size=connections, max_overflow=0)
