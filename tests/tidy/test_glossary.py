"""The glossary has every word of the vocabulary, once each, in the order of the alphabet, and says where it lives."""

import re

from tests.tidy.test_rows import section
from tests.tidy.tree import PACKAGE, ROOT

GLOSSARY = ROOT / "docs" / "explanation" / "glossary.md"
SENTENCES_MAX = 3

_ENTRY = re.compile(r"^- \*\*([^*]+)\*\* \(([a-z, ]+)\)\. (\S.*(?:\n {2}.*)*)$", re.MULTILINE)
_TEXTBOOK = re.compile(r"^\| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
_END = re.compile(r"(?<!\.)\.(?=\s|$)")


def entries(text: str) -> list[tuple[str, list[str], str]]:
    """The entries in order: the word, its rooms, and what is said of it."""
    return [(word, rooms.split(", "), said) for word, rooms, said in _ENTRY.findall(text)]


def textbook(text: str) -> list[tuple[str, str]]:
    """The names that textbooks have, each with the word of this house."""
    return [row for row in _TEXTBOOK.findall(text) if row not in {("---", "---"), ("in textbooks", "here")}]


def misplaced(words: list[str]) -> list[str]:
    """The first word that is not where the alphabet has it, if there is one."""
    ordered = sorted(words, key=str.casefold)
    return [word for word, right in zip(words, ordered, strict=True) if word != right][:1]


def findings(text: str, vocabulary: list[str], rooms: set[str]) -> list[str]:
    """What is wrong with a glossary."""
    found = entries(text)
    words = [word for word, _, _ in found]
    names = textbook(text)
    lines = [line for line in text.splitlines() if line.startswith("- ")]
    long = [word for word, _, said in found if not 1 <= len(_END.findall(said)) <= SENTENCES_MAX]
    return [
        *[f"{line} is no entry" for line in lines if not _ENTRY.match(line)],
        *[f"{word} stands twice" for word in sorted({word for word in words if words.count(word) > 1})],
        *[f"{word} is out of order" for word in (*misplaced(words), *misplaced([name for name, _ in names]))],
        *[f"{word} is missing" for word in vocabulary if word not in words],
        *[f"{name} is {word}, which is missing" for name, word in names if word not in words],
        *[f"{word}: there is no room {room}" for word, lives, _ in found for room in lives if room not in rooms],
        *[f"{word} has not one to three sentences" for word in long],
    ]


def test_the_glossary_is_whole() -> None:
    """Each word of the specification's vocabulary has one entry, in order, short, and in rooms that there are."""
    vocabulary = [
        word
        for words, _ in _TEXTBOOK.findall(section("Vocabulary"))
        for word in words.split(", ")
        if word not in {"word", "---"}
    ]
    rooms = {"all", "tests", "docs", *(path.name for path in PACKAGE.iterdir() if path.is_dir())}

    assert len(vocabulary) > 20
    assert not findings(GLOSSARY.read_text(encoding="utf-8"), vocabulary, rooms)


def test_what_is_wrong_is_found() -> None:
    """Control: an odd entry, a double one, one out of order, too long or in no room, and missing words are found."""
    text = (
        "| in textbooks | here |\n| --- | --- |\n| saga | checkout |\n| cache | act |\n\n"
        "- **lot** (kernel). Goods.\n- **act** (attic). One. Two...\n  three. Four. Five.\n"
        "- **lot** (kernel). Twice.\n- **kit**: odd.\n"
    )

    assert findings(text, ["act", "journal"], {"kernel"}) == [
        "- **kit**: odd. is no entry",
        "lot stands twice",
        "lot is out of order",
        "saga is out of order",
        "journal is missing",
        "saga is checkout, which is missing",
        "act: there is no room attic",
        "act has not one to three sentences",
    ]
