"""One data folder of PostgreSQL: made, launched, found and stopped, whatever was killed before."""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from onhand.embedded.addresses import ADMIN
from onhand.embedded.binaries import Binaries
from onhand.embedded.identity import Identity
from onhand.embedded.launching import environment, launch, remove_traces
from onhand.embedded.layout import Layout, log_tail, sync_folder, write_private
from onhand.embedded.locks import is_held, lifeline
from onhand.embedded.polling import deadline_after, tries
from onhand.embedded.processes import answers, is_alive, living_postmaster, members, postmaster_in_file
from onhand.embedded.settings import LOCALES, TUNING
from onhand.faults import Fault

_LEFTOVER_SECONDS_MAX = 5.0
_ENDING_SECONDS_MAX = 0.5


def lives(layout: Layout) -> bool:
    """Whether the server of a home lives, be it out of sight in another container that shares the home."""
    if living_postmaster(layout.data) is not None or answers(postmaster_in_file(layout.data)):
        return True
    if members(layout.data):
        return False
    # A process that is ending is out of sight a moment before it lets go of its locks.
    return all(is_held(layout.lifeline) for _ in tries(deadline_after(_ENDING_SECONDS_MAX)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """A data folder with the programs and the user that run it."""

    layout: Layout
    identity: Identity
    binaries: Binaries

    def is_made(self) -> bool:
        """Whether the data folder is there; it appears whole or not at all."""
        return (self.layout.data / "PG_VERSION").exists()

    def make(self, passwords: Mapping[str, str]) -> None:
        """
        Make the data folder, under another name until it is complete. Call it with the home locked.

        Raises:
            Fault: EMBEDDED_INIT_FAILED with what initdb said.
        """
        home, prefix = self.layout.home, self.layout.unfinished_prefix
        for abandoned in home.glob(f"{prefix}*"):
            shutil.rmtree(abandoned, ignore_errors=True)
        unfinished = Path(tempfile.mkdtemp(prefix=prefix, dir=home))
        try:
            secret = unfinished / "password"
            write_private(secret, passwords[ADMIN], uid=self.identity.uid, gid=self.identity.gid)
            self.identity.give(unfinished)
            self._initdb(unfinished / "data", secret)
            (unfinished / "data").rename(self.layout.data)
            sync_folder(home)
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)

    def start(self, deadline: float) -> bool:
        """
        Launch the server unless it lives, and wait until it listens. Call it with the home locked.

        Returns:
            Whether it was launched by this call.

        Raises:
            Fault: EMBEDDED_START_FAILED with the end of the server's log.
        """
        pid = living_postmaster(self.layout.data)
        launched = pid is None
        if pid is None:
            if answers(postmaster_in_file(self.layout.data)):
                return False
            self._end_leftovers()
            with lifeline(self.layout.lifeline, self.identity) as descriptor:
                if descriptor is None:
                    return False
                remove_traces(self.layout, self.identity)
                pid = launch(self.layout, self.identity, self.binaries, descriptor)
        if pid is None:
            raise self.start_failed()
        for _ in tries(deadline):
            # Alive is asked first, so that a server seen dead has had its last chance to write the file.
            alive = is_alive(pid)
            if living_postmaster(self.layout.data) and postmaster_in_file(self.layout.data):
                return launched
            if not alive:
                raise self.start_failed()
        return launched

    def stop(self, deadline: float) -> None:
        """
        Stop the server; open transactions are rolled back. Call it with the home locked.

        Raises:
            Fault: EMBEDDED_ELSEWHERE if it runs out of sight, EMBEDDED_STOP_FAILED if it takes too long.
        """
        data = self.layout.data
        if living_postmaster(data) is None:
            raise Fault(
                code="EMBEDDED_ELSEWHERE",
                message=f"The database in {data} is run by another container or machine; stop it there.",
                retryable=False,
                facts={"data": str(data)},
            )
        self._run("pg_ctl", "stop", "-D", str(data), "-m", "fast", "-W")
        if any(not lives(self.layout) and not members(data) for _ in tries(deadline)):
            return
        raise Fault(
            code="EMBEDDED_STOP_FAILED",
            message=f"The database in {data} has not stopped yet; it may still be writing what it must.",
            retryable=True,
            facts={"data": str(data), "log": log_tail(self.layout.log)},
        )

    def start_failed(self) -> Fault:
        """The fault that tells how a server died, in its own words."""
        tail = log_tail(self.layout.log)
        return Fault(
            code="EMBEDDED_START_FAILED",
            message=f"PostgreSQL stopped while it was starting. The end of its log in {self.layout.log}:\n{tail}",
            retryable=False,
            facts={"data": str(self.layout.data), "log": tail},
        )

    def _initdb(self, data: Path, secret: Path) -> None:
        options = ["--username", ADMIN, "--pwfile", str(secret), "--encoding=UTF8", "--data-checksums"]
        options += ["--auth=scram-sha-256", *(f"--set={name}={value}" for name, value in TUNING.items())]
        said = ""
        for locale in LOCALES[self.layout.version]:
            answer = self._run("initdb", "-D", str(data), *options, *locale)
            if answer.returncode == 0:
                return
            said = f"{answer.stdout}\n{answer.stderr}".strip()
        raise Fault(
            code="EMBEDDED_INIT_FAILED",
            message=f"PostgreSQL could not make its data folder in {self.layout.home}:\n{said}",
            retryable=False,
            facts={"home": str(self.layout.home)},
        )

    def _end_leftovers(self) -> None:
        """
        End the children that a killed server left, since any of them may still write.

        What they had not committed is lost as with any crash; what they had is replayed from the log.
        """
        for name in ("SIGQUIT", "SIGKILL"):
            for pid in members(self.layout.data):
                with suppress(ProcessLookupError):
                    os.kill(pid, getattr(signal, name))
            if any(not members(self.layout.data) for _ in tries(deadline_after(_LEFTOVER_SECONDS_MAX))):
                return

    def _run(self, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [self.binaries.program(program), *arguments],
            check=False,
            capture_output=True,
            text=True,
            errors="replace",
            cwd=self.layout.home,
            env=environment(),
            **self.identity.child_options(),
        )
