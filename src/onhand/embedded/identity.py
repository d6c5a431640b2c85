"""Who runs the server: PostgreSQL refuses root, so root hands it to an unprivileged user."""

import os
import shutil
import stat
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from onhand.embedded.layout import lock_of, version_in
from onhand.faults import Fault

if sys.platform != "win32":
    import pwd

_SYSTEM_USER = "onhand"
_FALLBACK_USER = "nobody"
_KEEP = -1
_FOREIGN = "EMBEDDED_HOME_FOREIGN"
_ADVICE = "Set ONHAND_HOME to a folder elsewhere, or ONHAND_DATABASE_URL to a server of your own."


class ChildOptions(TypedDict):
    """The options of subprocess that make a child run as the server's user."""

    user: int | None
    group: int | None
    extra_groups: list[int] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """
    The user of the server and the owner of the files that lie beside it.

    Ids are -1 where nothing need change because the caller itself runs the server.
    """

    name: str
    uid: int = _KEEP
    gid: int = _KEEP
    owner_uid: int = _KEEP
    owner_gid: int = _KEEP

    @property
    def drops(self) -> bool:
        """Whether the server runs as somebody else than the caller."""
        return self.uid != _KEEP

    def child_options(self) -> ChildOptions:
        """How to start a program as the server's user."""
        if not self.drops:
            return ChildOptions(user=None, group=None, extra_groups=None)
        return ChildOptions(user=self.uid, group=self.gid, extra_groups=[])

    def give(self, folder: Path) -> None:
        """Make a folder of ours the server's."""
        if self.drops:
            os.chown(folder, self.uid, self.gid, follow_symlinks=False)

    def may_enter(self, folder: Path) -> bool:
        """Whether the server's user can reach what lies in a folder, judged by that folder's mode alone."""
        return not self.drops or not folder.exists() or self._has(folder, stat.S_IXUSR)

    def may_read(self, file: Path) -> bool:
        """Whether the server's user can read a file and enter every folder above it."""
        return not self.drops or (self.first_closed(file.parent) is None and self._has(file, stat.S_IRUSR))

    def first_closed(self, folder: Path) -> Path | None:
        """The outermost folder on the way down that the server's user cannot enter."""
        return next((step for step in [*reversed(folder.parents), folder] if not self.may_enter(step)), None)

    def _has(self, path: Path, bit: int) -> bool:
        facts = path.stat()
        shift = 0 if facts.st_uid == self.uid else 3 if facts.st_gid == self.gid else 6
        return bool(facts.st_mode & (bit >> shift))


def settle(home: Path) -> Identity:
    """
    Make the home if it is missing, and decide who runs the server in it.

    Only the home itself ever gets other permissions, and only if it is new, empty or ours already.

    Raises:
        Fault: EMBEDDED_HOME_UNREACHABLE if the unprivileged user cannot enter a folder above the home;
            EMBEDDED_HOME_FOREIGN if the home's cluster belongs to another user.
    """
    if sys.platform == "win32" or os.geteuid() != 0:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        return _caller(home)
    identity = _chosen_by_root(home)
    _refuse_closed(home.parent, identity)
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not identity.may_enter(home) and (lock_of(home).exists() or not any(home.iterdir())):
        os.chown(home, _KEEP, identity.gid)
        home.chmod(0o710)
    _refuse_closed(home, identity)
    return identity


def _refuse_closed(folder: Path, identity: Identity) -> None:
    closed = identity.first_closed(folder)
    if closed is None:
        return
    raise Fault(
        code="EMBEDDED_HOME_UNREACHABLE",
        message=f"PostgreSQL does not run as root, and the user {identity.name!r}, who is to run it instead, "
        f"cannot enter {closed}. {_ADVICE}",
        retryable=False,
        facts={"closed": str(closed), "user": identity.name},
    )


if sys.platform == "win32":

    def _caller(home: Path) -> Identity:
        del home  # Owners mean little here, and pg_ctl drops an administrator's rights by itself.
        return Identity(name="")

else:

    def _caller(home: Path) -> Identity:
        version = version_in(home)
        owner = home.stat().st_uid if version is None else (home / f"postgres{version}").stat().st_uid
        if version is not None and owner != os.geteuid():
            raise Fault(
                code=_FOREIGN,
                message=f"The database in {home} belongs to the user {_name(owner)!r}. {_ADVICE}",
                retryable=False,
                facts={"home": str(home), "owner": _name(owner)},
            )
        return Identity(name=_name(os.geteuid()))

    def _chosen_by_root(home: Path) -> Identity:
        """The owner of the home, or else of the data in it, or else the system user."""
        version = version_in(home)
        places = [home] if version is None else [home, home / f"postgres{version}"]
        owners = [(facts.st_uid, facts.st_gid) for place in places if place.exists() for facts in [place.stat()]]
        uid, gid = next((owner for owner in owners if owner[0] != 0), None) or _system_user()
        owner_uid, owner_gid = owners[0] if owners else (0, 0)
        return Identity(name=_name(uid), uid=uid, gid=gid, owner_uid=owner_uid, owner_gid=owner_gid)

    def _system_user() -> tuple[int, int]:
        if not _exists(_SYSTEM_USER) and (useradd := shutil.which("useradd")):
            options = ["--system", "--no-create-home", "--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin"]
            # Its failure is no matter: another process may have been faster, and there is a fallback.
            subprocess.run([useradd, *options, _SYSTEM_USER], check=False, capture_output=True)
        for name in (_SYSTEM_USER, _FALLBACK_USER):
            if _exists(name):
                entry = pwd.getpwnam(name)
                return entry.pw_uid, entry.pw_gid
        raise Fault(
            code="EMBEDDED_NO_USER",
            message=f"PostgreSQL does not run as root, and the system has no user {_SYSTEM_USER!r} to run it. "
            f"Create one, or run onhand as an ordinary user.",
            retryable=False,
        )

    def _exists(name: str) -> bool:
        try:
            pwd.getpwnam(name)
        except KeyError:
            return False
        return True

    def _name(uid: int) -> str:
        try:
            return pwd.getpwuid(uid).pw_name
        except KeyError:
            return str(uid)
