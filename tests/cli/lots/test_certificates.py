"""Lab certificates from a file to metadata of lots: preview, wrong lines, contradictions, all or line by line."""

import gzip
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from onhand.cli.files.csv_file import FILE_BYTES_MAX, ROWS_MAX
from onhand.cli.files.table_file import UNPACKED_BYTES_MAX
from onhand.cli.lots.certificate_file import read_certificates
from onhand.faults import Fault
from onhand.kernel.lots.certificates import Number, original
from tests.cli.command_line import CommandLine
from tests.conftest import TestDatabase
from tests.faults.servers import query

THC = {"analysis": "cannabinoids", "key": "thc", "name": "THC", "units": "percent"}


def certificate(sample: str, thc: object = "21.50", **more: object) -> dict[str, object]:
    """Give a certificate of a sample."""
    return {"sample_id": sample, "results": [{**THC, "value": thc}], **more}


def write(file: Path, *lines: object) -> str:
    """Write lines as JSON, or as they are."""
    texts = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    file.write_text("\n".join(texts) + "\n", encoding="utf-8")
    return str(file)


@pytest.fixture
def lab(cli: CommandLine) -> CommandLine:
    """A command line whose ledger has the lots S-1, S-2 and S-3 of A, and S-3 of B too."""
    cli.done("define", "--site", "london", "--item", "A", "--item", "B", "--key", "define")
    cli.done("receive", "--site", "london", "A@S-1=1", "A@S-2=1", "A@S-3=1", "B@S-3=1", "--key", "po")
    return cli


def metadata(database: TestDatabase) -> dict[str, Any]:
    """Give what is told of each lot, by item and code."""
    rows = query(
        database.admin_url,
        "SELECT item.sku || '@' || lot.code, lot_metadata.facts FROM lot_metadata "
        "JOIN lot ON lot.id = lot_metadata.lot_id JOIN item ON item.id = lot.item_id ORDER BY 1",
    )
    return dict(rows)


def test_certificates_are_told_of_their_lots(lab: CommandLine, database: TestDatabase, tmp_path: Path) -> None:
    """L12, B24: after a preview that writes nothing, all certificates of a file are one posting, and once only."""
    file = write(tmp_path / "lab.jsonl", certificate("S-1", "ND"), certificate("S-2", 21.50))
    before = lab.postings()

    preview = lab.done("import", "certificates", file, "--dry-run")
    told_then = metadata(database)
    done = lab.done("import", "certificates", file, "--key", "lab")
    again = lab.done("import", "certificates", file, "--key", "lab")
    later = lab.done("import", "certificates", file, "--key", "later")

    assert (told_then, preview["dry_run"], preview["changed"], len(preview["told"])) == ({}, True, 2, 2)
    assert (done["certificates"], done["changed"], done["replayed"], again["replayed"]) == (2, 2, False, True)
    assert later["changed"] == 0
    assert [(row["line"], row["sku"], row["lot"]) for row in done["told"]] == [(1, "A", "S-1"), (2, "A", "S-2")]
    assert lab.postings() == before + 2
    facts = metadata(database)
    assert (facts["A@S-1"]["thc"], facts["A@S-2"]["thc"]) == ("ND", "21.5")
    assert facts["A@S-2"]["certificate"]["results"][0]["value"] == {"number": "21.5"}


def test_wrong_lines_are_told_and_stand_in_the_way(lab: CommandLine, database: TestDatabase, tmp_path: Path) -> None:
    """B24: each wrong line is told with its number and why; all or none tells none, row by row the others."""
    file = write(
        tmp_path / "lab.jsonl",
        certificate("S-1"),
        "{not json",
        "[1, 2]",
        certificate("S-9"),
        certificate("S-3"),
        {"results": []},
        "",
        certificate("bad\u0000code"),
        '{"sample_id": "S-2", "x": NaN}',
        certificate("S-2"),
    )
    wrong = [
        (2, "INVALID_COMMAND"),
        (3, "INVALID_COMMAND"),
        (4, "BATCH_NOT_FOUND"),
        (5, "INVALID_COMMAND"),
        (6, "INVALID_COMMAND"),
        (8, "INVALID_TEXT"),
        (9, "INVALID_COMMAND"),
    ]

    refused = lab.run("import", "certificates", file, "--json").json["refused"]
    none = metadata(database)
    shown = lab.run("import", "certificates", file)
    some = lab.done("import", "certificates", file, "--row-by-row", "--key", "lab")
    again = lab.done("import", "certificates", file, "--row-by-row", "--key", "lab")

    assert refused["code"] == "INVALID_COMMAND"
    assert [(row["line"], row["code"]) for row in refused["facts"]["rows"]] == wrong
    assert none == {}
    assert "line 5: A, B have a lot 'S-3'; tell --sku" in shown.err
    assert [(row["line"], row["code"]) for row in some["wrong"]] == wrong
    assert ([row["line"] for row in some["told"]], some["changed"]) == ([1, 10], 2)
    assert again["told"] == some["told"]
    assert set(metadata(database)) == {"A@S-1", "A@S-2"}


def test_the_item_and_the_field_may_be_told(lab: CommandLine, database: TestDatabase, tmp_path: Path) -> None:
    """L12: a code that two items have is told apart by --sku; another field may tell the lot."""
    file = write(tmp_path / "lab.jsonl", {**certificate("x"), "batch": "S-3"})

    lab.done("import", "certificates", file, "--sku", "B", "--lot-from", "batch", "--key", "lab")

    assert set(metadata(database)) == {"B@S-3"}


def test_contradictions_are_told_and_nothing_is_lost(lab: CommandLine, database: TestDatabase, tmp_path: Path) -> None:
    """L12: of a repeated sample the last certificate counts; what differs is told, and the others are kept."""
    file = write(
        tmp_path / "lab.jsonl",
        certificate("S-1", "20"),
        certificate("S-2", "5"),
        certificate("S-1", "21", notes_of_lab="again"),
        certificate("S-2", "5"),
        certificate("S-1", "560"),
    )

    done = lab.done("import", "certificates", file, "--key", "lab")
    shown = lab.run("import", "certificates", file, "--key", "lab")

    assert [(found["sample"], found["field"], found["lines"], found["values"]) for found in done["contradictions"]] == [
        ("S-1", "results.cannabinoids.thc", [1, 3, 5], ["20 percent", "21 percent", "560 percent"]),
        ("S-1", "notes_of_lab", [1, 3, 5], [None, "again", None]),
    ]
    assert [(left["line"], left["field"]) for left in done["left_out"]] == [(5, "thc")]
    facts = metadata(database)
    assert "custom" not in facts["A@S-2"]
    assert [one["results"][0]["value"] for one in facts["A@S-1"]["custom"]["certificates_before"]] == ["20", "21"]
    assert facts["A@S-1"]["certificate"]["results"][0]["value"] == "560"
    assert "lines 1, 3, 5: results.cannabinoids.thc differs: '20 percent', '21 percent', '560 percent'" in shown.err
    assert "line 5: thc is left out" in shown.err


@pytest.mark.parametrize(
    "results", [None, "ND", 7, {"a": 1}, [1, "x", None], [{}], [{"analysis": {}, "key": [], "value": {"deep": [1]}}]]
)
def test_results_of_any_form_are_kept(
    lab: CommandLine, database: TestDatabase, tmp_path: Path, results: object
) -> None:
    """L12: a certificate whose results are not what they should be is kept as it is, and ends in no traceback."""
    file = write(tmp_path / "lab.jsonl", {"sample_id": "S-1", "results": results}, {"sample_id": "S-1", "results": 1})

    lab.done("import", "certificates", file, "--key", "lab")

    (facts,) = metadata(database).values()
    (before,) = facts["custom"]["certificates_before"] if results != 1 else (None,)
    assert json.loads(json.dumps(original(before)["results"])) == json.loads(json.dumps(_spelled(results)))


def _spelled(value: object) -> object:
    """Give whole numbers as certificates are read: in their spelling."""
    if isinstance(value, dict):
        return {name: _spelled(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_spelled(part) for part in value]
    return str(value) if isinstance(value, int) else value


def test_a_file_that_is_no_file_of_certificates_is_told(tmp_path: Path) -> None:
    """B24: what is missing, too large, too long, or unpacks to too much is told before it is kept."""
    cases = {
        "missing": None,
        "half.gz": gzip.compress(b'{"sample_id": "S-1"}\n' * 1000)[:40],
        "bomb.gz": gzip.compress(b" " * (UNPACKED_BYTES_MAX + 1)),
        "large.gz": b"\x1f\x8b" + b"\x00" * FILE_BYTES_MAX,
        "long": b'{"sample_id": "S-1"}\n' * (ROWS_MAX + 1),
    }
    for name, content in cases.items():
        if content is not None:
            (tmp_path / name).write_bytes(content)
        with pytest.raises(Fault) as fault:
            read_certificates(tmp_path / name)
        assert fault.value.code == "FILE_UNREADABLE", name

    (tmp_path / "deep").write_bytes(b'{"a":' + b"[" * 100_000 + b"\n" + b"\xff\xfe\n" + b'{"x": "' + b"y" * 300_000)
    assert [trouble.line for trouble in read_certificates(tmp_path / "deep").troubles] == [1, 2, 3]


@pytest.mark.timeout(600)
def test_all_real_certificates_become_metadata_of_lots(
    cli: CommandLine, database: TestDatabase, tmp_path: Path, shared: Path
) -> None:
    """L12: all 6,693 real certificates are told of their 6,191 lots in one posting; each comes back as it was."""
    packed = shared / "data" / "ma-lab-results" / "lab_results.jsonl.gz"
    with gzip.open(packed, "rt", encoding="utf-8") as lines:
        certificates = [json.loads(line, parse_int=Number, parse_float=Number) for line in lines]
    samples = dict.fromkeys(str(one["sample_id"]) for one in certificates)
    rows = tmp_path / "lots.csv"
    rows.write_text("sku,quantity,lot\n" + "".join(f"SAMPLE,1,{sample}\n" for sample in samples), encoding="utf-8")
    cli.done("define", "--site", "lab", "--item", "SAMPLE", "--key", "define")
    cli.done("import", "receive", str(rows), "--site", "lab", "--key", "lots")

    done = cli.done("import", "certificates", str(packed), "--key", "certificates")

    assert (done["certificates"], len(done["told"]), done["changed"]) == (6693, 6191, 6191)
    # Of the six certificates with more than 100 percent, two are repetitions of others.
    assert (done["wrong"], Counter(left["field"] for left in done["left_out"])) == ([], {"cbd": 3, "thc": 1})
    assert len(done["contradictions"]) == 177
    kept = metadata(database)
    for number, one in enumerate(certificates):
        facts = kept[f"SAMPLE@{one['sample_id']}"]
        told = [facts["certificate"], *facts.get("custom", {}).get("certificates_before", ())]
        assert one in [original(part) for part in told], number
    assert len(kept) == 6191
