"""Lines come out of a file as they stand in it, whatever the file is like."""

import gzip
from pathlib import Path

import pytest

from examples.loaders.reading import LINE_BYTES_MAX, TextLine, read_lines
from onhand.faults import Fault


def lines_of(path: Path, content: bytes) -> list[TextLine]:
    """Read a file of this content."""
    path.write_bytes(content)
    return list(read_lines(path))


def test_plain_and_compressed_files_read_alike(tmp_path: Path) -> None:
    """Compression is told by the content, not by the name of the file."""
    content = "a,b\nc\u00a3,d\n".encode()

    plain = lines_of(tmp_path / "plain.gz", content)
    compressed = lines_of(tmp_path / "compressed.csv", gzip.compress(content))

    assert plain == compressed == [TextLine(1, "a,b"), TextLine(2, "c\u00a3,d")]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", []),
        (b"\n\r\n\n", []),
        (b"\xef\xbb\xbfa\n", [(1, "a")]),
        (b"a\r\nb\r\n", [(1, "a"), (2, "b")]),
        (b"a\n\nb", [(1, "a"), (3, "b")]),
        (b"a\n\xef\xbb\xbfb\n", [(1, "a"), (2, "\ufeffb")]),
        (b"a\x00b\n", [(1, "a\x00b")]),
        (b"a\xffb\n", [(1, "a\udcffb")]),
        (b'a,"b\nc\n', [(1, 'a,"b'), (2, "c")]),
    ],
)
def test_line_breaks_marks_and_blank_lines(tmp_path: Path, content: bytes, expected: list[tuple[int, str]]) -> None:
    """Lines keep their numbers, blank ones left out; only a mark at the very beginning is taken off."""
    assert [tuple(line) for line in lines_of(tmp_path / "file", content)] == expected


def test_a_line_at_the_bound_is_read_and_one_byte_more_is_not(tmp_path: Path) -> None:
    """A line of absurd length is reported without being kept, and the next one is read."""
    at, above, far = b"x" * LINE_BYTES_MAX, b"y" * (LINE_BYTES_MAX + 1), b"z" * 3_000_000

    lines = lines_of(tmp_path / "file", b"\n".join([at, above, far, b"end"]))

    assert lines == [TextLine(1, at.decode()), TextLine(2, None), TextLine(3, None), TextLine(4, "end")]


def test_an_absurd_last_line_without_a_break_ends(tmp_path: Path) -> None:
    """The end of the file ends a line that is too long."""
    assert lines_of(tmp_path / "file", b"y" * (LINE_BYTES_MAX + 1)) == [TextLine(1, None)]


def test_a_file_that_cannot_be_read_is_a_fault(tmp_path: Path) -> None:
    """What is missing, no file, cut short or corrupt is told with its path, never as a traceback."""
    whole = gzip.compress(b"a,b\n" * 10_000)
    cut, corrupt = tmp_path / "cut.gz", tmp_path / "corrupt.gz"
    cut.write_bytes(whole[: len(whole) // 2])
    corrupt.write_bytes(whole[:20] + b"\xff\x00\xff" + whole[23:])

    for path in (tmp_path / "missing", tmp_path, cut, corrupt):
        with pytest.raises(Fault) as caught:
            list(read_lines(path))

        assert caught.value.code == "FILE_UNREADABLE"
        assert caught.value.facts == {"path": str(path)}
        assert not caught.value.retryable
