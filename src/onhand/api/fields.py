"""
What the fields of commands and answers mean: one sentence each, with the unit, told by the name.

Integers need it most: a quantity travels as a plain decimal, a number as a number. A name that is not here is refused
when the routes are put together.
"""

from collections.abc import Mapping
from enum import Enum
from typing import NamedTuple


class Unit(Enum):
    """How an integer of the ledger is told outside."""

    QUANTITY = "quantity"
    MONEY = "money"
    COST = "cost"
    RATE = "rate"
    NUMBER = "number"


class Field(NamedTuple):
    """What a field means, and the unit of its integers."""

    meaning: str
    unit: Unit = Unit.NUMBER


def _all(unit: Unit, /, **meanings: str) -> dict[str, Field]:
    return {name: Field(meaning, unit) for name, meaning in meanings.items()}


_QUANTITIES = _all(
    Unit.QUANTITY,
    quantity="How much, in the item's measure.",
    quantities="How much of each, in the items' measures.",
    length="How long, in the item's measure.",
    lengths="How long each part is, in the item's measure.",
    size="How much one piece is, in the item's measure.",
    sizes="How much each piece is, in the item's measure.",
    kerf="The width of a cut, in the item's measure.",
    waste="What is thrown away, in the item's measure.",
    keep="The shortest rest that is kept, in the item's measure.",
    at_least="The least size, in the item's measure.",
    floor="How far available stock may fall, in the item's measure; zero or less.",
    available="What may be promised now, in the item's measure.",
    reserved="What is promised, in the item's measure.",
    sold="What is sold and still here, in the item's measure.",
    quarantine="What is in quarantine, in the item's measure.",
    hold="What is on hold, in the item's measure.",
    incoming="What is on its way, in the item's measure.",
    defective="What is defective, in the item's measure.",
    sample="What is a sample, in the item's measure.",
    on_hand="What is physically there and ours to keep, in the item's measure.",
    change="What was added to the figure, in the item's measure.",
    total="The figure after it, in the item's measure.",
    brought_forward="The figure before the first movement shown, in the item's measure.",
    returned="What came back of it, in the item's measure.",
    point="At how much it is time to order, in the item's measure.",
    target="Where to: the code of a site, or a state; of a reorder point, up to how much is ordered.",
    low="Up to how much is low, in the item's measure.",
    made="What is produced, in the item's measure.",
    used="What was used, in the item's measure.",
    rest="What was left, in the item's measure.",
    wanted="What it waits for in line: sku and quantity in the item's measure.",
    counted="What was counted, in the item's measure.",
    booked="What the books said then, in the item's measure.",
    difference="What was counted less what was booked, in the item's measure.",
    weekly="How much is taken in a week by the forecast, in the item's measure.",
)
_MONEY = _all(
    Unit.MONEY,
    price="The price of one, VAT included unless told otherwise, in the currency of the org; null takes the item's.",
    prices="The price of one of each line, VAT included, in the currency of the org; null takes the item's.",
    net="Without VAT, in the currency of the org.",
    vat="The VAT, in the currency of the org.",
    gross="With VAT, in the currency of the org.",
    amount="How much, in the currency of the org.",
    paid="What is paid, in the currency of the org.",
    due="What is still to be paid, in the currency of the org.",
    value="What goods are worth, in the currency of the org; or the value of an option.",
    value_held="What the goods of the holding are worth after it, in the currency of the org.",
    value_in="What came into the value of stock, in the currency of the org.",
    value_out="What went out of the value of stock, in the currency of the org.",
    line_values="What the goods of each line are worth, in the currency of the org.",
    opening="What stock was worth at the first moment, in the currency of the org.",
    closing="What stock was worth at the last moment, in the currency of the org.",
    returned_gross="What came back comes to, VAT included, in the currency of the org.",
)
_COSTS = _all(
    Unit.COST,
    unit_cost="What one cost, in the currency of the org, with at most two decimals.",
    cost_min="The least that one cost, in the currency of the org, with at most two decimals.",
    cost_max="The most that one cost, in the currency of the org, with at most two decimals.",
)
_RATES = _all(
    Unit.RATE,
    vat_rate="The rate of VAT, in percent; null takes the item's.",
    rate="The rate of VAT, in percent.",
)
_NUMBERS = _all(
    Unit.NUMBER,
    webhook="The number of a webhook.",
    start="The first posting that a webhook tells.",
    run="How often a webhook was begun anew, a whole number.",
    overlap_seconds="How long the old secret is good beside the new one, in seconds.",
    queue="How many offline sales are in which status.",
    alerts="How many alerts stand, by their rules.",
    expiring_days="How many days before a lot expires it is told, a whole number.",
    hold_days="How many days a lot may be on hold, a whole number.",
    rank="The place in line; the lower one comes first.",
    line_count="How many lines it has, a whole number.",
    numerator="Of the factor, above the line.",
    denominator="Of the factor, below the line.",
    yield_numerator="Of what the ingredients make, above the line.",
    yield_denominator="Of what the ingredients make, below the line.",
    number="The number of a posting in the journal, or of a document.",
    version="The version, a whole number; another one than told is refused.",
    versions="The version of each piece when it was looked at, in the order of the pieces; another one is refused.",
    id="The number by which the thing is known in its org.",
    holding="The number of a holding.",
    holding_id="The number of a holding.",
    line="The place of the line in its posting, from zero.",
    line_numbers="Lines of the transaction, counted from 1; none is all of them.",
    reservation="The number of a reservation.",
    reservations="The numbers of reservations.",
    transfer="The number of a transfer.",
    offline_sale="The number of a sale in the queue.",
    api_key="The number of an API key.",
    secrets="How many secrets sign.",
    failures="How many tries failed in a row.",
    delivered="How many tries were taken, ever.",
    unanswered="How many tries were not answered, ever.",
    attempt="The number of the try, counted since the webhook was made.",
    milliseconds="How long it took, in milliseconds.",
    slice="The number of the slice that was lent to the till.",
    origin_id="The number of the cut or combination that made it.",
    creator="The number of the posting that made it.",
    reverts="The numbers of the postings that it undid, newest first.",
    reverted_by="The number of the posting that undid it; null where none did.",
    since="Only after this posting, or since this day or moment.",
    until="Only up to this posting, day or moment.",
    limit="How many rows at most.",
    priority="The priority, a whole number from 0 to 1000; higher ones are served first.",
    hold_seconds="How long an offer is held for whoever waits in line, in seconds.",
    lease_seconds="How long a claim holds, in seconds.",
    bundle_size="How many pieces make a bundle, a whole number.",
    bundles="How many bundles, a whole number.",
    pieces="How many of them, a whole number, or the names of pieces.",
    sequence="The place of the sale among those that the device sold at one time.",
    strain_id="The number of the strain, a whole number from 1.",
    movements="The movements, in order; in a list of postings, how many there are.",
    changes="The changes, in order; in a list of postings, how many there are.",
    count="How many movements lie between the two moments, a whole number.",
    alert="The number of an alert.",
    cart="The number of the reservation that becomes the invoice's.",
    purchase="The number of a purchase.",
    item_id="The number of the item.",
    entity_id="The number of the thing.",
    position="The place of the line in its document, from 1.",
    deducted="How many transactions were deducted.",
    deducted_24h="How many transactions were deducted in the last 24 hours.",
    refused="How many transactions were refused.",
    refused_24h="How many transactions were refused in the last 24 hours.",
    voided="How many transactions were voided, in whole or in part.",
    success_rate_24h="The part of the last day's deductions that was not refused, 0 to 1; null where nobody tried.",
    latency_p50_ms="What half of the last deductions of this process took at most, in milliseconds.",
    latency_p99_ms="What 99 of a hundred of the last deductions of this process took at most, in milliseconds.",
    serials_by_status="How many single items are in each status.",
    invoices_by_status="How many invoices are in each status.",
    reservations_by_status="How many open reservations are in each status.",
    expiring_seconds="What ends within so many seconds ends soon; 30 days at most.",
    last_minute="How many postings were made in the last minute.",
    last_hour="How many postings were made in the last hour.",
    last_day="How many postings were made in the last 24 hours.",
    throughput="How much the org did lately.",
    last_steps="The last steps of single items, the newest first.",
    expiring="The open reservations that end soon, the first ones first.",
    inconsistencies="What is not as it should be, the first of each kind.",
    variants="How many items the product has, a whole number.",
    head="Where the journal ends, a number.",
    org_id="The number of the org.",
    parents="The numbers of what it was made of.",
    ancestors="The numbers of all that it was made of, the nearest first.",
    descendants="The numbers of all that was made of it, the nearest first.",
    children="By number, the numbers of what was made of it.",
    due_days="In how many days it is due, a whole number.",
    synced="How many sales were deducted, a whole number.",
    need_approval="How many sales wait for a manager, a whole number.",
    receipt="The number of a receipt.",
    order="The number of an order.",
    invoice="The number of an invoice.",
    postings="How many postings, a whole number.",
    score="How well it fits.",
)
_TEXTS = _all(
    Unit.NUMBER,
    site="The code of a site.",
    sites="Sites, by their codes.",
    target_location="The code of a location at the target.",
    source="Where from: a state, or the outside.",
    sku="The code of an item.",
    skus="The codes of items, separated by commas.",
    lot="The code of a lot.",
    location="The code of a location of the site.",
    unit="The code of a unit, or a unit of measure.",
    state="A state: available, reserved, sold, quarantine, hold, incoming, defective or sample.",
    status="The status.",
    lines="The lines, all or none of which are done.",
    items="The items.",
    products="Products.",
    locations="Locations.",
    mappings="The mappings, one for each ingredient and unit.",
    ingredients="The ingredients, in order.",
    substitutes="What stands in where it is missing, in order.",
    cuttings="What is cut into what.",
    codes="The codes of the pieces; without them they are given.",
    code="The code.",
    kind="The kind: of an operation, of a piece.",
    piece_kind="The kind of pieces.",
    piece="The name of a piece.",
    name="The name.",
    product="The code of a product.",
    brand="The name of a brand.",
    vendor="The name of a vendor.",
    category="The category.",
    subcategory="The subcategory.",
    grade="The grade.",
    measure="The measure of the item, as piece, kg or m.",
    pick_policy="The order in which lots are taken: fefo, fifo or lifo.",
    zone="The zone of the location.",
    rack="The rack of the location.",
    shelf="The shelf of the location.",
    bin="The bin of the location.",
    cost_mode="FIXED or RANGE; without it no cost is known.",
    payment_terms="COD, NET_7, NET_15, NET_30, CONSIGNMENT or PARTIAL.",
    barcode="The barcode, with its check digit.",
    ingredient="The name of an ingredient.",
    factor="How much of the item's measure one of the unit is, as 1/70.",
    makes="How much the ingredients make, a plain decimal or two whole numbers as 1/70.",
    transaction="The number of the sale, as the till tells it.",
    device="The name of the till.",
    user="The name of a user.",
    role="viewer, clerk, manager, auditor or admin.",
    url="An address: https, public, on port 443 or one from 1024 on.",
    kinds="Kinds of postings; none is all of them.",
    credentials="What names the secrets that sign, the newest first.",
    because="Why it is disabled: asked, gone or failing.",
    key_hash="The SHA-256 of the key, in hex.",
    credential="What names the hash of a password.",
    worker="The name of a worker.",
    claimant="The worker who claimed it.",
    of_kind="The kind that the posting has to be of.",
    settings="Settings by name, as time_zone and currency.",
    options="The options, as size and colour, with their values.",
    option="The name of an option.",
    reason="Why.",
    data="Reference data that is kept as it came: plain JSON without floats, 16 KiB at most.",
    document="The document behind it, as type and id.",
    document_type="The type of the document.",
    document_id="The id of the document.",
    key="The idempotency key.",
    actor="Who acted.",
    hash="The hash that seals the journal up to here, in hex.",
    entity="The kind of thing.",
    action="What happened to it.",
    what="movement or change.",
    end="Where the goods came from or went to: the outside, elsewhere, or incoming.",
    text="A sku, a barcode, or words of a name.",
    found_by="What it was found by: sku, barcode or name.",
    time_zone="The time zone of the org.",
    currency="The currency of the org.",
    errors="What stands in the way.",
    decided_by="Who decided.",
    decision="Why it was decided so.",
    subject="What it is about.",
    detail="What is wrong.",
    after="Where the list goes on: the cursor of the page before.",
    earlier="The cursor of what came before.",
    before="As it was before.",
    rows="The rows of this page.",
    balances="The quantities by state after it, in the item's measure.",
    place="Where it stands.",
    holdings="The holdings.",
    findings="What was found wrong.",
    rates="The totals of each rate of VAT.",
    charges="The totals of each kind of document.",
    documents="The kind of documents: receipts, invoices, orders, or returns on invoices.",
    members="The pieces of the family, by number.",
    movement="The movement.",
    customer="The customer.",
    serial="The serial number.",
    serials="The serial numbers.",
    rule="The rule that raised the alert: low_stock, out_of_stock, negative, expiring, expired or on_hold.",
    severity="How bad it is: warning or critical.",
    facts="The facts behind it.",
    email="The address for letters.",
    vat_number="The VAT number.",
    parts="What was taken.",
    delivery="What is told of the delivery: carrier, tracking, recipient, address, note.",
    condition="The condition of the single item.",
    checks="What was looked at.",
    payments="The payments, in order.",
    method="How it was paid.",
    reference="The reference of the payment.",
    supplier="Who supplies it.",
    claimed_by="The worker who is at its cleanup.",
    policy="How goods are split over branches: fewest_branches, in_order or one_branch.",
    reserved_by="Who reserved it.",
    reason_code="Why, as a code such as INVOICE_PAID.",
    notes="What was noted.",
    reference_type="The type of the document it was for.",
    reference_id="The id of the document it was for.",
    metadata="What is told of a lot beside its facts.",
    points="The reorder points.",
    next_statuses="The statuses that may follow.",
    remedy="What a repair would do.",
)
_WHETHER = _all(
    Unit.NUMBER,
    close="Whether what has not come is written off.",
    cascade="Whether the later postings that stand in the way are undone too.",
    in_transit="Whether the goods are on their way until they are received.",
    is_product="Whether the ingredient is a product with a recipe of its own.",
    retired="Whether it is out of use.",
    revoked="Whether it was revoked.",
    replayed="Whether this is the answer to a retry.",
    dry_run="Whether it was computed only, and nothing written.",
    empty="Whether holdings without any quantity are listed.",
    newest_first="Whether the last ones come first.",
    short="Whether the till knew that there is not enough.",
    ok="Whether everything is as it was written.",
    complete="Whether it is complete.",
    prices_include_vat="Whether the prices hold the VAT.",
    expected="Whether only what is still expected is listed.",
    consistent="Whether each single item stands where the invoice says.",
    is_set="Whether somebody has set point and target; else they are of the forecast.",
    beats_naive="Whether the forecast did better than repeating the last week; if not, that is what is used.",
    repairable="Whether a repair can bring it into line; what it cannot is for people.",
)
_MOMENTS = _all(
    Unit.NUMBER,
    older_until="Until when the older secrets sign too: RFC 3339 in UTC.",
    failing_since="Since when every try failed: RFC 3339 in UTC.",
    next_attempt_at="When it is tried again: RFC 3339 in UTC.",
    attempted_at="When it was tried: RFC 3339 in UTC.",
    occurred_at="When it happened, if not now: RFC 3339 with a time zone.",
    recorded_at="When it was recorded: RFC 3339 in UTC.",
    expires_at="When it ends: RFC 3339 with a time zone.",
    valid_from="From when on it holds: RFC 3339 with a time zone.",
    due_before="Only what expires by then: RFC 3339 with a time zone.",
    sold_at="When it was sold: RFC 3339 in UTC.",
    arrived_at="When it arrived: RFC 3339 in UTC.",
    issued_at="When it was issued: RFC 3339 in UTC.",
    raised_at="When it was raised: RFC 3339 in UTC.",
    resolved_at="When it was resolved: RFC 3339 in UTC.",
    reserved_until="Until when it is reserved: RFC 3339 in UTC.",
    status_since="Since when it has its status: RFC 3339 in UTC.",
    paid_at="When it was paid: RFC 3339 in UTC.",
    oldest_waiting="When the first sale arrived that still waits: RFC 3339 in UTC.",
    expected_on="The day on which it is expected, as 2026-01-31.",
    expires_on="The last good day, as 2026-01-31.",
    day="The day that codes given out carry, as 2026-01-31.",
    received_at="When it was received: RFC 3339 in UTC.",
)

INTEGERS: Mapping[str, Field] = {**_NUMBERS, **_QUANTITIES, **_MONEY, **_COSTS, **_RATES}
"""The fields that may hold integers, by their names."""

FIELDS: Mapping[str, Field] = {**_TEXTS, **INTEGERS, **_WHETHER, **_MOMENTS}
"""Every field by its name."""

_UNIT_COST = Field("What one costs, in the currency of the org; a plain decimal.", Unit.MONEY)

SPECIAL: Mapping[tuple[str, str], Field] = {
    **{(owner, "unit_cost"): _UNIT_COST for owner in ("Line", "ReceiveSerials", "Movement", "ValuedItem")},
    ("DeliveryAnswer", "status"): Field("What the receiver answered over HTTP; null where it did not."),
    ("WebhookAnswer", "refused"): Field("How many tries were answered otherwise, ever."),
    ("DeliveryAnswer", "detail"): Field("Why it was not delivered; null where it was."),
    ("Proposal", "quantity"): Field("How much to order, in the item's measure; 0 is nothing.", Unit.QUANTITY),
    ("Proposal", "days_of_cover"): Field("For how many days what is available lasts; null where nothing is taken."),
    ("Proposal", "method"): Field("The forecast that is used."),
    ("Proposal", "error"): Field(
        "How far the forecast was off on average when it was tried on the past; null where there is too little of it.",
        Unit.QUANTITY,
    ),
    ("WantedLength", "count"): Field("How many of the length, a whole number."),
    ("Ingredient", "amount"): Field("How much the recipe takes, a plain decimal or two whole numbers as 1/70."),
    ("PurchaseAnswer", "lines"): Field("What is still expected: sku, and how much in its measure.", Unit.QUANTITY),
    ("Ingredient", "waste"): Field("The part that is lost, a plain decimal or two whole numbers as 1/70."),
}
"""Fields that mean something else in one kind of thing."""


def field_of(owner: str, name: str) -> Field:
    """Give the meaning of a field; one that is not in the tables is a defect, found when the routes are described."""
    found = SPECIAL.get((owner, name)) or FIELDS.get(name)
    if found is None:
        raise KeyError(f"{owner}.{name} has no meaning in api/fields.py, so nobody knows its unit")
    return found


def integers_of(owner: str, name: str) -> Unit:
    """Give the unit of the integers of a field; one that is told as text only is a defect, found as above."""
    if (owner, name) not in SPECIAL and name not in INTEGERS:
        raise KeyError(f"{owner}.{name} holds integers, and nothing in api/fields.py says what they count")
    return field_of(owner, name).unit


def unit_of(name: str) -> Unit:
    """Give the unit of a field of a snapshot, which may be of an older version; a number where it is not known."""
    found = FIELDS.get(name)
    return Unit.NUMBER if found is None else found.unit
