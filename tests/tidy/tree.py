"""The files that the tidy tests walk."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "onhand"


def python_files(*folders: str) -> list[Path]:
    """Each Python file below the folders, whether git knows it yet or not."""
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def committed_files() -> list[Path]:
    """Each file that git tracks and that still stands in the working tree."""
    answer = subprocess.run(
        ["git", "-c", f"safe.directory={ROOT}", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    return [ROOT / name for name in answer.stdout.split("\0") if name and (ROOT / name).is_file()]


def spot(path: Path) -> str:
    """The path as a finding prints it."""
    return path.relative_to(ROOT).as_posix()
