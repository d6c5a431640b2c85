"""Every link within the documentation leads somewhere."""

import re
from pathlib import Path

import pytest

from tests.docs.blocks import pages

ROOT = Path(__file__).resolve().parents[2]

_FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ +(.+)$", re.MULTILINE)


def anchors(text: str) -> set[str]:
    """The anchors of a page's headings, as a code host makes them."""
    return {
        re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")
        for heading in _HEADING.findall(_FENCED.sub("", text))
    }


def broken_links(page: Path) -> list[str]:
    """Each relative link of a page that leads to no file or to no heading of it."""
    broken = []
    for link in _LINK.findall(_FENCED.sub("", page.read_text(encoding="utf-8"))):
        if re.match(r"[a-z]+:", link):
            continue
        name, _, anchor = link.partition("#")
        target = page.parent / name if name else page
        if not target.exists() or (anchor and anchor not in anchors(target.read_text(encoding="utf-8"))):
            broken.append(link)
    return broken


@pytest.mark.parametrize("page", [path.relative_to(ROOT).as_posix() for path in pages(ROOT)])
def test_links_lead_somewhere(page: str) -> None:
    """Each relative link of a page leads to a file, and its anchor to a heading."""
    assert broken_links(ROOT / page) == []


def test_a_broken_link_is_found(tmp_path: Path) -> None:
    """Control: a missing file and a missing heading are found; what is right or elsewhere passes."""
    (tmp_path / "other.md").write_text("# One `two` three\n", encoding="utf-8")
    page = tmp_path / "page.md"
    page.write_text(
        "# Here\n[a](other.md) [b](other.md#one-two-three) [c](#here) [d](https://example.org/x) [e](gone.md) "
        "[f](other.md#gone) [g](#gone)\n```sh\n[h](not-a-link.md)\n```\n",
        encoding="utf-8",
    )

    assert broken_links(page) == ["gone.md", "other.md#gone", "#gone"]
