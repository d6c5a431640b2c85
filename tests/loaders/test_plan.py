"""Lines become commands with keys that last, within the bounds of a posting, on stock that suffices and no more."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from examples.loaders.online_retail import LineClass
from examples.loaders.opening import OpeningStock, Survey, define_items, define_site, plan_openings
from examples.loaders.plan import LINES_MAX, Act, Opening, Terms, plan_acts
from examples.loaders.reading import LINE_BYTES_MAX
from examples.loaders.run import short_places
from onhand.kernel.canonical import canonical_json
from onhand.kernel.command import DATA_BYTES_MAX, Line
from onhand.kernel.quantity import SCALE
from onhand.kernel.refusals import Refused
from onhand.kernel.stock.adjust import Adjust
from onhand.kernel.stock.define import Define
from onhand.kernel.stock.sell import Sell
from onhand.kernel.stock.take_back import TakeBack
from tests.loaders.files import correction, read, readable, text

DERIVE = Terms(site="london", opening=Opening.DERIVE, actor="ann")
NONE = Terms(site="london", opening=Opening.NONE, actor="ann")


def plan(lines: list[str], terms: Terms = DERIVE) -> list[Act]:
    """Plan lines that can all be read."""
    return list(plan_acts(readable(lines), terms))


def survey_of(lines: list[str]) -> Survey:
    """Survey a file of these lines."""
    survey = Survey()
    for entry in read(lines):
        survey.add(entry)
    return survey


def test_the_lines_of_an_invoice_are_one_sale() -> None:
    """Lines go together as they stand, with all their columns as reference data and the time of the invoice."""
    (act,) = plan([text(), text(code="71053", units=8, price="3.39", description="LANTERN")])

    command = act.command()

    assert command == Sell(
        key="online-retail/london/invoice/536365/1",
        actor="ann",
        document_type="invoice",
        document_id="536365",
        occurred_at=datetime(2010, 12, 1, 8, 26, tzinfo=UTC),
        data={
            "format": "online-retail",
            "columns": ["line", "StockCode", "Description", "Quantity", "UnitPrice"],
            "InvoiceNo": "536365",
            "InvoiceDate": "2010-12-01 08:26:00",
            "CustomerID": "17850.0",
            "Country": "United Kingdom",
            "lines": [(1, "85123A", "WHITE HANGING HEART", "6", "2.55"), (2, "71053", "LANTERN", "8", "3.39")],
        },
        site="london",
        lines=(Line("85123A", 6 * SCALE), Line("71053", 8 * SCALE)),
    )


def test_each_class_has_its_command() -> None:
    """Returns come back, corrections have a sign and a reason, what is not stock is kept without a movement."""
    lines = [
        text("C1", units=-3),
        correction("2", "22139", -4, "thrown away"),
        correction("3", "22139", -4),
        correction("4", "22139", 5, " found "),
        text("5", "POST", 2, "18.0"),
    ]

    back, thrown, lost, found, postage = [act.command() for act in plan(lines)]

    assert isinstance(back, TakeBack)
    assert back.lines == (Line("85123A", 3 * SCALE),)
    assert isinstance(thrown, Adjust)
    assert (thrown.lines, thrown.reason) == ((Line("22139", -4 * SCALE),), "thrown away")
    assert isinstance(lost, Adjust)
    assert lost.reason == "not stated"
    assert isinstance(found, Adjust)
    assert (found.lines, found.reason) == ((Line("22139", 5 * SCALE),), "found")
    assert isinstance(postage, Define)
    assert (postage.items, postage.reason, postage.document_id) == ((), "not stock", "5")


@pytest.mark.parametrize(
    "other",
    [
        text("536366"),
        text("C536365", units=-1),
        text(code="POST"),
        text(date="2010-12-01 08:27:00"),
        text(customer="17851.0"),
        text(country="EIRE"),
        text(units=-1),
    ],
)
def test_lines_that_differ_in_their_head_are_apart(other: str) -> None:
    """A posting is of one invoice, class, time, customer and country."""
    assert [len(act.entries) for act in plan([text(), other, text()])] == [1, 1, 1]


def test_corrections_with_other_reasons_are_apart() -> None:
    """A posting has one reason."""
    lines = [correction("1", "22139", -1, reason) for reason in ("wet", "wet", "lost", "", " ")]

    assert [len(act.entries) for act in plan(lines)] == [2, 1, 2]


@pytest.mark.parametrize(("count", "sizes"), [(49, [49]), (50, [50]), (51, [50, 1]), (705, [50] * 14 + [5])])
def test_a_long_invoice_is_several_postings(count: int, sizes: list[int]) -> None:
    """A posting has fifty lines at most; its key is that of its first line, so none occurs twice."""
    acts = plan([text()] * count)

    assert LINES_MAX == 50
    assert [len(act.entries) for act in acts] == sizes
    assert [act.key for act in acts] == [
        f"online-retail/london/invoice/536365/{place}" for place in range(1, count + 1, LINES_MAX)
    ]


@given(st.lists(st.text(st.sampled_from('"\\ax\u00a3\u4e2d\U0001f600'), max_size=900), min_size=1, max_size=60))
def test_reference_data_stay_within_the_bound(descriptions: list[str]) -> None:
    """However long and odd the descriptions are, a posting's data stay within the 16 KiB that the ledger takes."""
    fitting = [_quoted(description) for description in descriptions]
    entries = readable([text(description=part) for part in fitting if len(text(description=part).encode()) < 1000])

    acts = list(plan_acts(entries, DERIVE))

    assert [entry for act in acts for entry in act.entries] == entries
    for act in acts:
        data = act.command(refused={act.entries[-1].ordinal}).data
        assert len(canonical_json(data).encode()) <= DATA_BYTES_MAX


def test_a_longest_line_fits() -> None:
    """A line of the greatest length, with the most that escaping adds, makes a posting."""
    rest = LINE_BYTES_MAX - len(text(description="").encode())
    head = text(description="", customer="\\" * rest)

    for line in (head, text(description="\\" * rest)):
        (act,) = plan([line])

        assert len(canonical_json(act.command().data).encode()) <= DATA_BYTES_MAX


def test_without_opening_stock_each_line_stands_alone() -> None:
    """Then a line that is refused drags no other along."""
    assert [act.key.rpartition("/")[2] for act in plan([text()] * 3, NONE)] == ["1", "2", "3"]


def test_keys_last_while_a_file_grows() -> None:
    """More lines at the end, a line mended in the middle: every other act keeps its key."""
    short = plan([text("1"), text("1"), text("2")])
    longer = plan([text("1"), text("1"), text("2"), text("3"), text("1")])

    assert [act.key for act in longer][: len(short)] == [act.key for act in short]
    assert len({act.key for act in longer}) == len(longer)


def test_lines_that_were_refused_are_kept_in_the_posting() -> None:
    """The posting of the rest says which lines it left out, and the record of a whole refusal moves nothing."""
    (act,) = plan([text(), text(code="71053"), text(code="22139")])

    part, record = act.command({2}), act.command(act.places)

    assert isinstance(part, Sell)
    assert [line.sku for line in part.lines] == ["85123A", "22139"]
    assert part.data is not None
    assert part.data["refused"] == [2]
    assert len(part.data["lines"]) == 3
    assert isinstance(record, Define)
    assert (record.key, record.reason) == (part.key, "refused")


@pytest.mark.parametrize(
    ("available", "expected"),
    [
        ({"85123A": "5"}, {1, 4}),
        ({"85123A": "6"}, {3, 4}),
        ({"85123A": "11"}, {4}),
        ({"85123A": "0"}, {1, 3, 4}),
        ({"85123A": "5", "71053": "0"}, {1, 2, 4}),
        ({}, set()),
    ],
)
def test_short_lines_are_chosen_in_the_order_of_the_file(available: dict[str, str], expected: set[int]) -> None:
    """Stock goes to the first lines that it serves; those that it does not serve are left out."""
    (act,) = plan([text(units=6), text(code="71053", units=2), text(units=5), text(units=9)])
    shortages = [{"sku": sku, "available": units} for sku, units in available.items()]

    assert short_places(act, Refused("INSUFFICIENT_INVENTORY", shortages=shortages), frozenset()) == expected


def test_opening_stock_is_the_deepest_dip() -> None:
    """Returns and finds count where they stand in the file; what comes later helps no earlier sale."""
    survey = survey_of(
        [
            text("1", "11111", 5),
            text("C2", "11111", -4),
            text("3", "11111", 3),
            text("4", "11111", 3),
            correction("5", "22222", 9, "found"),
            correction("6", "22222", -9, "lost"),
            correction("7", "33333", -2),
            text("8", "44444", 1),
            text("C9", "44444", -50),
            text("8", "POST", 1),
            text("8", "55555", "many"),
        ]
    )

    assert survey.openings == {"11111": 7, "33333": 2, "44444": 1}
    assert list(survey.names) == ["11111", "22222", "33333", "44444"]


LINES = st.lists(
    st.builds(
        lambda code, units, kind: {
            "sale": text("1", code, units),
            "return": text("C1", code, -units),
            "loss": correction("1", code, -units),
            "find": correction("1", code, units),
        }[kind],
        st.sampled_from(["11111", "22222"]),
        st.integers(1, 9),
        st.sampled_from(["sale", "return", "loss", "find"]),
    ),
    max_size=30,
)


@given(LINES)
def test_opening_stock_suffices_and_is_the_least(lines: list[str]) -> None:
    """With it no item falls below zero at any line; and each item that has some comes down to zero at one."""
    survey = survey_of(lines)
    stock = dict(survey.openings)
    least = dict(stock)

    for entry in readable(lines):
        sku, units = entry.row.sku, entry.row.units
        takes_the_sign = entry.line_class in {LineClass.FOUND, LineClass.WRITTEN_OFF}
        stock[sku] = stock.get(sku, 0) + (units if takes_the_sign else -units)
        least[sku] = min(least.get(sku, 0), stock[sku])

    assert all(units >= 0 for units in least.values())
    assert all(least[sku] == 0 for sku in survey.openings)


def test_names_come_from_sales() -> None:
    """An item is called by its first description on a sale, not by the reason of a correction."""
    survey = survey_of(
        [
            correction("1", "11111", -1, "damages"),
            text("2", "11111", description="  RED   MUG "),
            text("3", "11111", description="BLUE MUG"),
            correction("4", "22222", -1, "damages"),
        ]
    )

    (define,) = define_items(DERIVE, survey.names)

    assert [(item.sku, item.name) for item in define.items] == [("11111", "RED MUG"), ("22222", None)]


def test_a_longer_file_tells_only_what_it_adds() -> None:
    """Definitions and opening stock of what was there keep their keys; what was received is not received again."""
    lines = [text(str(number), str(number), 1) for number in range(10_000, 10_450)]
    before, after = survey_of(lines), survey_of([*lines, text("9", "10000", 2), text("9", "99999", 2)])

    keys = [{define.key for define in define_items(DERIVE, survey.names)} for survey in (before, after)]
    first, *_ = plan_openings(DERIVE, after)
    command = first.command({"10000": 1, **{str(number): 1 for number in range(10_001, 10_200)}}, 2)

    assert len(keys[0]) == len(keys[1]) == 3
    assert len(keys[0] & keys[1]) == 2
    assert command is not None
    assert command.lines == (Line("10000", 2 * SCALE),)
    assert command.key == "online-retail/london/opening/10000/1/2"


def test_opening_stock_that_was_received_is_not_received_again() -> None:
    """Where nothing is missing there is nothing to receive, also when the file needs less than before."""
    began = datetime(2010, 12, 1, tzinfo=UTC)
    opening = OpeningStock(terms=DERIVE, source="1", began=began, chunk=1, units={"11111": 5, "22222": 5})

    assert opening.command({"11111": 5, "22222": 9}, 2) is None


def test_absurd_sums_are_bounded() -> None:
    """Opening stock never asks for more than the ledger can hold of an item."""
    survey = survey_of([text(units=999_999_999)] * 3)
    survey.openings["85123A"] = 10**20

    (opening,) = plan_openings(DERIVE, survey)

    assert opening.command({}, 1) is not None
    assert opening.units == {"85123A": 9_000_000_000_000}


def test_no_opening_stock_where_none_is_asked_for() -> None:
    """Without opening stock, and in a file without lines, nothing is received."""
    assert list(plan_openings(NONE, survey_of([text()]))) == []
    assert list(plan_openings(DERIVE, survey_of([]))) == []


def test_the_site_keeps_to_its_opening() -> None:
    """The same key says for good which opening a site has, so another one is another content."""
    derive, none = define_site(DERIVE), define_site(NONE)

    assert derive.key == none.key
    assert derive.fingerprint() != none.fingerprint()


def _quoted(description: str) -> str:
    doubled = description.replace('"', '""')
    return f'"{doubled}"'
