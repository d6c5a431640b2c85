"""Runs the blocks of a page as a reader would: in order, each in a process of its own, in one folder."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.docs.blocks import Block, matches, steps_of

_SECONDS_MAX = 60
_ROOT = Path(__file__).resolve().parents[2]
_KEPT = ("PATH", "HOME", "TMPDIR", "SYSTEMROOT")


def environment_of(system: Mapping[str, str], settings: Mapping[str, str]) -> dict[str, str]:
    """Give the environment of a reader: `onhand` on the path, the examples to import, no settings but those told."""
    kept = {name: system[name] for name in _KEPT if name in system}
    programs = Path(sys.executable).parent
    return {
        **kept,
        "PATH": f"{programs}:{kept.get('PATH', '')}",
        "PYTHONPATH": os.pathsep.join([*filter(None, [system.get("PYTHONPATH")]), str(_ROOT)]),
        "LANG": "C.UTF-8",
        "ONHAND_ACTOR": "ada",
        **settings,
    }


def run_page(text: str, folder: Path, environment: Mapping[str, str]) -> str | None:
    """
    Run the blocks of a page.

    Returns:
        What is wrong with the first block that does not do what the page says; None if all do.
    """
    for step in steps_of(text):
        done = _run(step.block, folder, environment)
        said = f"line {step.block.line}:\n{step.block.code}\nprinted:\n{done.stdout}"
        if done.returncode != step.block.exit_code:
            return f"exit code {done.returncode}, not {step.block.exit_code}, from {said}"
        if step.output is not None and not matches(step.output, done.stdout):
            return f"another output than the page shows, from {said}\nthe page shows:\n{step.output}"
    return None


def _run(block: Block, folder: Path, environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    script = folder / f"block-{block.line}"
    script.write_text(block.code, encoding="utf-8")
    interpreter = [sys.executable] if block.language == "python" else ["bash", "-eu", "-o", "pipefail"]
    return subprocess.run(
        [*interpreter, script],
        cwd=folder,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=_SECONDS_MAX,
        check=False,
    )
