"""No committed file says where, with what or on which machine it was made."""

import re
from pathlib import Path

import pytest

from tests.tidy.tree import ROOT, committed_files, spot

# The files that must say a word that is forbidden elsewhere, each with its reason.
MAY_SAY = {
    (".gitignore", "lock file"): "Keeping the lock file out means naming it.",
}


def word(*parts: str) -> str:
    """A pattern for a word, given in parts so that this file does not hold the word itself."""
    return re.escape("".join(parts))


def forbidden() -> dict[str, re.Pattern[str]]:
    """Each forbidden kind of word and its pattern."""
    folders = "|".join((word("wo", "rk"), word("ro", "ot")))
    machine = [rf"(?<![\w.-])/(?:{folders})(?![\w-])", word("/ho", "me/") + r"\w", word("/tm", "p/") + r"\w"]
    registries = [
        word("pypi", ".org"),
        word("python", "hosted"),
        word("registry.", "npmjs"),
        word("npm", "js.com"),
        word("deb.", "debian"),
        word("proxy.", "golang"),
        word("/opt/", "pypi"),
        word("/opt/", "wheels"),
    ]
    tools = [word("Cla", "ude"), word("Anth", "ropic"), word("Chat", "GPT"), word("Open", "AI"), word("Co", "pilot")]
    tools += [word("sub", "agent"), rf"\b{word('L', 'LM')}s?\b", rf"\bAI[- ]{word('gen', 'erated')}"]
    return {
        "path of a machine": re.compile("|".join(machine)),
        "registry": re.compile("|".join(registries), re.IGNORECASE),
        "AI tool": re.compile("|".join(tools), re.IGNORECASE),
        "lock file": re.compile(word("uv", ".lock")),
    }


def forbidden_words(name: str, text: str) -> list[str]:
    """Each line that holds a forbidden word."""
    return [
        f"{name}:{number} {kind}: {line.strip()[:120]}"
        for kind, pattern in forbidden().items()
        if (name, kind) not in MAY_SAY
        for number, line in enumerate(text.splitlines(), start=1)
        if pattern.search(line)
    ]


def text_of(path: Path) -> str:
    """The text of a file; empty if it is not text."""
    content = path.read_bytes()
    return "" if b"\0" in content else content.decode("utf-8", errors="replace")


def test_no_committed_file_holds_a_forbidden_word() -> None:
    """Committed text names no machine path, registry, AI tool or lock file."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a checkout, so nothing is committed")
    files = committed_files()

    findings = [finding for path in files for finding in forbidden_words(spot(path), text_of(path))]

    assert files
    assert not findings, "\n".join(findings)


def test_no_lock_file_is_committed() -> None:
    """The versions stand in constraints.txt; a lock file would name a registry."""
    names = {path.name for path in committed_files()} if (ROOT / ".git").exists() else set()

    assert "uv" + ".lock" not in names


@pytest.mark.parametrize(
    "line",
    [
        "see /wo" + "rk/shared",
        "HOME=/ro" + "ot/",
        "HOME is /ro" + "ot.",
        "cd /ho" + "me/ann",
        "open /tm" + "p/onhand.sock",
        "https://py" + "pi.org/simple",
        "https://files.python" + "hosted.org",
        "https://registry." + "npmjs.org",
        "made with cla" + "ude",
        "a sub" + "agent wrote it",
        "an L" + "LM",
        "rm uv" + ".lock",
    ],
)
def test_a_forbidden_word_is_found(line: str) -> None:
    """Control: each kind of word is found, on its line."""
    findings = forbidden_words("README.md", f"first\n{line}\n")

    assert len(findings) == 1
    assert findings[0].startswith("README.md:2 ")


def test_plain_words_pass() -> None:
    """Control: words that only resemble the forbidden ones are left alone."""
    assert not forbidden_words("README.md", "a framework/host, the root / home of it, PyPI, an agent of the buyer\n")
