"""The rows of pieces.md over HTTP."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from tests.api.rows.desk import balances, define, head
from tests.api.serving import Answered, Caller


@pytest.fixture(scope="module", autouse=True)
def _works(boss: Caller) -> None:
    """A pipe works."""
    define(boss, ["works"], [{"sku": "HDPE", "measure": "m"}, {"sku": "SPRINKLER", "measure": "piece"}])


def _roll(boss: Caller, code: str, size: str = "100", site: str = "works") -> str:
    made = {"sku": "HDPE", "kind": "roll", "size": size, "codes": [code]}
    boss.done("/api/productions", {"site": site, "made": [made]})
    return code


def _spares(boss: Caller, **counts: int) -> list[str]:
    codes = [code.replace("_", "-") for code in counts]
    made = [
        {"sku": "SPRINKLER", "kind": "spare", "size": count, "length": "6", "codes": [code]}
        for code, count in zip(codes, counts.values(), strict=True)
    ]
    boss.done("/api/productions", {"site": "works", "made": made})
    return codes


def _made(posting: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Give what a posting made: names and sizes."""
    return [(part["unit"], part["quantity"]) for part in posting["movements"] if part["from"] == "made"]


def _cut(boss: Caller, piece: str, *lengths: str, **more: object) -> Any:  # noqa: ANN401 - a document
    return boss.done("/api/cuts", {"cuttings": [{"piece": piece, "lengths": [*lengths], **more}]})


def _status(boss: Caller, piece: str) -> str:
    return str(boss.get(f"/api/pieces/{piece}").body["status"])


def test_production_makes_rolls_bundles_and_spares(boss: Caller) -> None:
    """P1: two rolls of a length, a bundle of a size and piece length, and a count of spares, in one posting."""
    made = [
        {"sku": "HDPE", "kind": "roll", "size": "100.5", "pieces": 2, "codes": ["P1-R1", "P1-R2"]},
        {"sku": "SPRINKLER", "kind": "bundle", "size": 10, "length": "6", "codes": ["P1-B"]},
        {"sku": "SPRINKLER", "kind": "spare", "size": 7, "length": "6", "codes": ["P1-S"]},
    ]
    posting = boss.done("/api/productions", {"site": "works", "made": made})
    bundle = boss.get("/api/pieces/P1-B").body

    assert _made(posting) == [("P1-R1", "100.5"), ("P1-R2", "100.5"), ("P1-B", "10"), ("P1-S", "7")]
    assert (bundle["kind"], bundle["size"], bundle["length"], bundle["status"]) == ("bundle", "10", "6", "available")
    assert bundle["creator"] == posting["number"]
    wrong = boss.post("/api/productions", {"site": "works", "made": [{"sku": "HDPE", "kind": "coil", "size": 1}]})
    assert (wrong.status // 100, wrong.body["status"]) == (4, wrong.status)


def test_pieces_are_made_out_of_unnamed_stock(boss: Caller) -> None:
    """P2: cut pieces and spares get names out of unnamed stock, and tell for ever which posting made them."""
    boss.done("/api/receipts-of-goods", {"site": "works", "lines": [{"sku": "HDPE", "quantity": "20"}]})
    told = {"site": "works", "sku": "HDPE", "piece_kind": "cut", "sizes": ["6", "4.5"]}
    posting = boss.done("/api/piece-creations", told)
    too_much = boss.post("/api/piece-creations", {**told, "sizes": ["9.6"]})
    (first, _), (second, _) = _made(posting)

    assert [size for _, size in _made(posting)] == ["6", "4.5"]
    assert {boss.get(f"/api/pieces/{code}").body["creator"] for code in (first, second)} == {posting["number"]}
    assert (too_much.status, too_much.code) == (400, "INSUFFICIENT_INVENTORY")
    boss.done("/api/sales", {"site": "works", "lines": [{"sku": "HDPE", "quantity": "9.5"}]})


def test_a_cut_adds_up_to_the_smallest_unit(boss: Caller) -> None:
    """P3: 100 m are 30 + 20.5 in pieces, 48.490001 left, 1 thrown away and two cuts' widths of 0.0049995."""
    roll = _roll(boss, "P3-R")
    posting = _cut(boss, roll, "30", "20.5", kerf="0.004999", waste="1")
    used = [
        (part["unit"], part["to"], part["quantity"]) for part in posting["movements"] if part["from"] == "available"
    ]
    sizes = [size for _, size in _made(posting)]

    assert used[0][:2] == ("P3-R", "used")
    # 100 = 30 + 20.5 + 1 + 3 x 0.004999 + 48.485003: the rest is cut off as well
    assert sizes == ["30", "20.5", "48.485003"]
    family = boss.get(f"/api/pieces/{roll}/family").body
    assert len(family["descendants"]) == 3
    too_long = boss.post("/api/cuts", {"cuttings": [{"piece": _roll(boss, "P3-S"), "lengths": ["60", "40.000001"]}]})
    assert (too_long.status, _status(boss, "P3-S")) == (400, "available")


def test_pieces_are_kept_for_a_piece_of_work(boss: Caller) -> None:
    """P4: nobody else can cut or sell what is kept; a part of it is let go; who keeps it can cut it; it can expire."""
    first, second = _roll(boss, "P4-R1"), _roll(boss, "P4-R2")
    ends = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
    kept = boss.done("/api/piece-reservations", {"pieces": [first, second], "expires_at": ends})
    number = kept["reservation"]
    cut = boss.post("/api/cuts", {"cuttings": [{"piece": first, "lengths": ["1"]}]})
    sold = boss.post("/api/dispatches", {"pieces": [second]})
    again = boss.post("/api/piece-reservations", {"pieces": [second]})
    boss.done(f"/api/piece-reservations/{number}/release", {"pieces": [second]})
    statuses = (_status(boss, first), _status(boss, second))
    early = boss.post(f"/api/reservations/{number}/expire")
    boss.done("/api/cuts", {"cuttings": [{"piece": first, "lengths": ["1"]}], "reservation": number})

    assert {answer.code for answer in (cut, sold, again)} == {"PIECES_RESERVED"}
    assert (cut.body["facts"]["pieces"], sold.body["facts"]["pieces"]) == ([first], [second])
    assert statuses == ("reserved", "available")
    assert early.status == 400
    assert _status(boss, first) == "used"
    assert boss.get("/api/reservations", id=number).body["rows"][0]["status"] == "committed"


def test_spares_are_combined_to_bundles(boss: Caller) -> None:
    """P5: 7 and 5 spares give two bundles of 5 and a remainder of 2; too few, and those of others, are refused."""
    spares = _spares(boss, P5_A=7, P5_B=5)
    posting = boss.done("/api/combinations", {"pieces": spares, "bundle_size": 5, "bundles": 2})
    few = _spares(boss, P5_C=4)
    short = boss.post("/api/combinations", {"pieces": few, "bundle_size": 5, "bundles": 1})
    boss.done("/api/piece-reservations", {"pieces": few})
    kept = boss.post("/api/combinations", {"pieces": few, "bundle_size": 2, "bundles": 1})

    assert [size for _, size in _made(posting)] == ["5", "5", "2"]
    assert [_status(boss, code) for code in spares] == ["used", "used"]
    assert short.status == 400
    assert {"5", "4", 5, 4} & {*short.body["facts"].values()} in ({"5", "4"}, {5, 4}), short.body
    assert (kept.code, kept.body["facts"]["pieces"]) == ("PIECES_RESERVED", ["P5-C"])


def test_a_cut_and_a_combination_are_undone_precisely(boss: Caller) -> None:
    """P7: by posting number; the answer names what came back and what went; a second time is refused."""
    roll, spares = _roll(boss, "P7-R"), _spares(boss, P7_A=4, P7_B=3)
    cut = _cut(boss, roll, "30", "20")
    combined = boss.done("/api/combinations", {"pieces": spares, "bundle_size": 3, "bundles": 2})
    wrong = boss.post(f"/api/combinations/{cut['number']}/reversal")
    uncut = boss.done(f"/api/cuts/{cut['number']}/reversal", {"reason": "wrong roll"}, key="p7-uncut")
    apart = boss.done(f"/api/combinations/{combined['number']}/reversal", {"reason": "wrong size"})
    again = boss.post(f"/api/cuts/{cut['number']}/reversal")
    retried = boss.post(f"/api/cuts/{cut['number']}/reversal", {"reason": "wrong roll"}, key="p7-uncut")

    assert wrong.status == 400
    assert (uncut["restored"], sorted(uncut["removed"])) == ([roll], sorted(code for code, _ in _made(cut)))
    assert (sorted(apart["restored"]), sorted(apart["removed"])) == (
        spares,
        sorted(code for code, _ in _made(combined)),
    )
    assert (again.code, retried.status, retried.body["restored"]) == ("ALREADY_REVERTED", 200, [roll])
    assert [_status(boss, code) for code in (roll, *spares)] == ["available"] * 3
    assert {_gone(boss, code).code for code, _ in (*_made(cut), *_made(combined))} == {"PIECE_NOT_FOUND"}


def _gone(boss: Caller, piece: str) -> Answered:
    return boss.post("/api/dispatches", {"pieces": [piece]})


def test_any_other_posting_is_undone_too(boss: Caller) -> None:
    """P7: a dispatch and a production are undone by their numbers, with what came back and what went."""
    roll = _roll(boss, "P7-X")
    production = boss.get("/api/postings", kind="produce", newest_first="true", limit=1).body["rows"][0]["number"]
    sale = boss.done("/api/dispatches", {"pieces": [roll]})
    back = boss.done(f"/api/postings/{sale['number']}/reversals", {"reason": "stayed"})
    standing = _status(boss, roll)
    gone = boss.done(f"/api/postings/{production}/reversals", {"reason": "never made"})

    assert (back["restored"], back["removed"], standing) == ([roll], [], "available")
    assert (gone["restored"], gone["removed"]) == ([], [roll])


def test_what_stands_in_the_way_is_told_in_order_and_undone_with_it(boss: Caller) -> None:
    """P8: the later cut and the sale are listed, newest first; a trial shows the plan; the cascade is one posting."""
    roll = _roll(boss, "P8-R")
    cut = _cut(boss, roll, "30")
    (piece, _), _ = _made(cut)
    again = _cut(boss, piece, "10")
    (part, _), _ = _made(again)
    sale = boss.done("/api/dispatches", {"pieces": [part]})
    path = f"/api/cuts/{cut['number']}/reversal"
    refused = boss.post(path)
    trial = boss.post(path, {"cascade": True}, query={"dry_run": "true"})
    untouched = head(boss)
    done = boss.done(path, {"cascade": True})

    numbers = [sale["number"], again["number"]]
    assert (refused.status, refused.code) == (400, "REVERT_BLOCKED")
    assert [blocker["posting"] for blocker in refused.body["facts"]["blockers"]] == numbers
    assert trial.body["reverts"] == done["reverts"] == [*numbers, cut["number"]]
    assert (untouched, done["number"]) == (sale["number"], sale["number"] + 1)
    assert (trial.body["restored"], _status(boss, roll)) == ([roll], "available")


def test_the_life_and_the_family_of_a_piece_are_told(boss: Caller) -> None:
    """P10: each event with before, after, who and why; the tree up and down, also after a revert."""
    roll = _roll(boss, "P10-R")
    kept = boss.done("/api/piece-reservations", {"pieces": [roll], "document": {"type": "job", "id": "7"}})
    boss.done(f"/api/reservations/{kept['reservation']}/release")
    cut = _cut(boss, roll, "30")
    (piece, _), (rest, _) = _made(cut)
    deeper = _cut(boss, piece, "10")
    (leaf, _), _ = _made(deeper)
    up, down = (boss.get(f"/api/pieces/{code}/family").body for code in (leaf, roll))
    boss.done(f"/api/cuts/{cut['number']}/reversal", {"cascade": True, "reason": "wrong roll"})
    rows = boss.get(f"/api/pieces/{roll}/trail", limit=100).body["rows"]
    after = boss.get(f"/api/pieces/{roll}/family").body

    def named(family: Mapping[str, Any], which: str) -> list[str]:
        return [family["members"][str(one)]["code"] for one in family[which]]

    assert named(up, "ancestors") == [piece, roll]
    assert {piece, rest, leaf} < {*named(down, "descendants")}
    told = [
        (row["action"], (row["before"] or {}).get("status"), row["after"]["status"])
        for row in rows
        if row["what"] == "change" and row["entity"] == "piece"
    ]
    assert told == [
        ("created", None, "available"),
        ("reserved", "available", "reserved"),
        ("released", "reserved", "available"),
        ("cut", "available", "used"),
        ("reverted", "used", "available"),
    ]
    assert {row["actor"] for row in rows} == {"boss"}
    assert (rows[-1]["reason"], {"type": "job", "id": "7"} in [row["document"] for row in rows]) == ("wrong roll", True)
    assert {after["members"][str(one)]["status"] for one in after["descendants"]} == {"undone"}


def test_any_moment_is_looked_at(boss: Caller) -> None:
    """P11: how a piece, a stock and a site looked after any posting and at any recorded time."""
    define(boss, ["p11"], [])
    roll = _roll(boss, "P11-R", site="p11")
    made = head(boss)
    cut = _cut(boss, roll, "30")
    (piece, _), _ = _made(cut)
    boss.done("/api/dispatches", {"pieces": [piece]})
    looked = [
        boss.get(f"/api/pieces/{roll}", number=made).body["status"],
        boss.get(f"/api/pieces/{roll}").body["status"],
        boss.get(f"/api/pieces/{piece}", recorded_at=cut["recorded_at"]).body["status"],
        boss.get(f"/api/pieces/{piece}").body["status"],
    ]
    early = boss.get(f"/api/pieces/{piece}", number=made)

    def site_at(**moment: object) -> dict[str, str]:
        rows = boss.get("/api/holdings/at", site="p11", **moment).body["holdings"]["rows"]
        return {row["unit"]: row["balances"]["available"] for row in rows if row["balances"]["available"] != "0"}

    rest = next(code for code, size in _made(cut) if size == "70")
    assert looked == ["available", "used", "available", "customer"]
    assert early.code == "PIECE_NOT_FOUND"
    assert site_at(number=made) == {roll: "100"}
    assert site_at(number=cut["number"]) == site_at(recorded_at=cut["recorded_at"]) == {piece: "30", rest: "70"}
    assert site_at() == {rest: "70"}


def test_an_act_on_what_has_changed_is_refused_with_both_versions(boss: Caller) -> None:
    """P13: a cut based on an old version of the roll is refused with 409 and both; on the new one it is done."""
    roll = _roll(boss, "P13-R")
    old = boss.get(f"/api/pieces/{roll}")
    kept = boss.done("/api/piece-reservations", {"pieces": [roll]})
    boss.done(f"/api/reservations/{kept['reservation']}/release")
    new = boss.get(f"/api/pieces/{roll}")
    cutting = {"cuttings": [{"piece": roll, "lengths": ["1"]}]}
    stale = boss.post("/api/cuts", {**cutting, "versions": [old.body["version"]]})
    fresh = boss.post("/api/cuts", {**cutting, "versions": [new.body["version"]]})

    assert (old.headers["etag"], new.headers["etag"]) == ('"1"', '"3"')
    assert (stale.status, stale.code) == (409, "VERSION_CONFLICT")
    assert (stale.body["facts"]["expected"], stale.body["facts"]["actual"]) == (1, 3)
    assert fresh.status == 201


def test_ids_of_older_installations_are_understood(boss: Caller) -> None:
    """P15: a UUID with inv_ or dsp_, in capitals, without dashes or in braces is one; what is no id is refused."""
    clean = str(uuid4())
    _roll(boss, f"inv_{clean.upper()}")
    bare = clean.replace("-", "")
    spellings = [clean, clean.upper(), bare, f"inv_{clean}", f"dsp_{clean}", f"inv_{bare.upper()}", f"{{{clean}}}"]
    found = {boss.get(f"/api/pieces/{spelling}").body["code"] for spelling in spellings}
    wrong = [boss.get(f"/api/pieces/{name}") for name in ("inv_7", f"inv_{clean[:-1]}", "dsp_")]
    in_body = boss.post("/api/dispatches", {"pieces": [f"dsp_{bare}"]})

    assert found == {clean}
    assert {answer.code for answer in wrong} == {"INVALID_PIECE_ID"}
    assert in_body.status == 201
    assert _status(boss, clean) == "customer"


def test_pieces_are_dispatched_and_come_back(boss: Caller) -> None:
    """P18: a roll, a cut piece and a bundle are sold in one act and come back, one of them as defective."""
    cut = _cut(boss, _roll(boss, "P18-R"), "40")
    (piece, _), (rest, _) = _made(cut)
    spares = _spares(boss, P18_A=3)
    ((bundle, _),) = _made(boss.done("/api/combinations", {"pieces": spares, "bundle_size": 3, "bundles": 1}))
    document = {"type": "dispatch", "id": "D-1"}
    sale = boss.done("/api/dispatches", {"pieces": [piece, rest, bundle], "document": document})
    boss.done("/api/piece-returns", {"pieces": [piece], "document": document})
    boss.done("/api/piece-returns", {"pieces": [rest], "state": "defective"})
    twice = boss.post("/api/piece-returns", {"pieces": [piece]})

    assert (twice.status, twice.code) == (400, "PIECES_NOT_THERE")
    assert {(part["unit"], part["to"], part["quantity"]) for part in sale["movements"]} == {
        (piece, "customer", "40"),
        (rest, "customer", "60"),
        (bundle, "customer", "3"),
    }
    assert [_status(boss, code) for code in (piece, rest, bundle)] == ["available", "defective", "customer"]
    assert balances(boss, "works", "HDPE", unit=rest) == {"defective": "60"}


def test_a_plan_of_cuts_is_asked_for_and_carried_out_in_one_act(boss: Caller) -> None:
    """P21: four of 45 and three of 10 come off two rolls and an offcut of 10; the plan is carried out at once."""
    define(boss, ["p21"], [])
    for code, size in (("P21-R1", "100"), ("P21-R2", "100"), ("P21-R3", "110")):
        _roll(boss, code, size, site="p21")
    _cut(boss, "P21-R3", "100")
    demand = [{"length": "45", "count": 4}, {"length": "10", "count": 3}]
    told = {"site": "p21", "sku": "HDPE", "demand": demand}
    before = head(boss)
    plan = boss.post("/api/cut-plans", told)
    nothing_done = head(boss) == before
    done = boss.done("/api/cuts", {"cuttings": plan.body["cuttings"]})
    gone = boss.post("/api/cuts", {"cuttings": plan.body["cuttings"]})

    assert (plan.status, nothing_done) == (200, True)
    assert (plan.body["is_optimal"], plan.body["cost"], plan.body["bound"]) == (True, "205", "205")
    assert (plan.body["opened"], plan.body["made"], plan.body["rest"]) == ("210", "210", "0")
    assert plan.body["missing"] == []
    assert sorted(size for _, size in _made(done)) == ["10", "10", "10", "45", "45", "45", "45"]
    assert gone.code == "PIECES_NOT_THERE"


@pytest.mark.parametrize(
    ("told", "status", "code"),
    [
        ({"demand": []}, 422, "INVALID_COMMAND"),
        ({"demand": [{"length": "0", "count": 1}]}, 422, "INVALID_COMMAND"),
        ({"demand": [{"length": "1", "count": 10_001}]}, 422, "INVALID_COMMAND"),
        ({"demand": [["1", 1]]}, 422, "INVALID_COMMAND"),
        ({"kerf": "-1"}, 422, "INVALID_COMMAND"),
        ({"keep": "-1"}, 422, "INVALID_COMMAND"),
        ({"seconds": 6}, 422, "INVALID_COMMAND"),
        ({"seconds": 0}, 422, "INVALID_COMMAND"),
        ({"seconds": True}, 422, "INVALID_COMMAND"),
        ({"rolls": []}, 422, "INVALID_COMMAND"),
    ],
    ids=str,
)
def test_a_plan_of_nothing_is_refused(boss: Caller, told: dict[str, Any], status: int, code: str) -> None:
    """P21: what cannot be planned is refused by its name."""
    body = {"site": "works", "sku": "HDPE", "demand": [{"length": "1", "count": 1}], **told}

    answered = boss.post("/api/cut-plans", body)

    assert (answered.status, answered.code) == (status, code), answered.body


def test_a_plan_tells_what_there_is_not_enough_for(boss: Caller) -> None:
    """P21: of two lengths of 60 and a roll of 100, one is missing; the plan does not claim to be the best."""
    define(boss, ["p21-b"], [])
    _roll(boss, "P21-S", site="p21-b")
    demand = [{"length": "60", "count": 2}]
    plan = boss.post(
        "/api/cut-plans", {"site": "p21-b", "sku": "HDPE", "demand": demand, "kerf": "0.5", "keep": "40"}
    ).body

    assert (plan["missing"], plan["is_optimal"], plan["kerf"]) == ([{"length": "60", "count": 1}], False, "0.5")
    assert plan["cuttings"] == [{"piece": "P21-S", "lengths": ["60"], "kerf": "0.5", "waste": "0", "keep": "40"}]
