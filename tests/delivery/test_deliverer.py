"""Delivering on a real database: in order, each at least once, by one worker at a time, none lost and none invented."""

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest
from structlog.testing import capture_logs

from onhand.api.routes.postings import write_posting
from onhand.delivery.deliverer import Deliverer
from onhand.delivery.schedule import Schedule
from onhand.delivery.sending import Sender
from onhand.delivery.webhook_test import try_webhook
from onhand.kernel.posting import Posting
from onhand.kernel.refusals import Refused
from onhand.ledger.lots.alarms import CheckFindings
from onhand.ledger.recipes.health import Check, HealthStatus
from onhand.ledger.stock import Stock
from onhand.ledger.webhooks.port import Try
from onhand.store.engine.statements import load_statements
from onhand.store.webhooks.reading import SLOTS
from tests.conftest import TestDatabase
from tests.delivery.receiving import Received, Receiver, answers, receiving
from tests.faults.servers import query
from tests.ledger.ledgers import furnish, ledger, reading_of, with_sql

SCHEDULE = Schedule(wait_seconds=(0.01,), give_up_seconds=3600, timeout_seconds=5)
PATIENT = Schedule(wait_seconds=(3600,), give_up_seconds=7200, timeout_seconds=5)
"""What failed is not tried again while a test looks."""
LOCAL = frozenset({"127.0.0.1"})


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """A receiver."""
    with receiving() as found:
        yield found


@asynccontextmanager
async def delivering(stock: Stock, schedule: Schedule = SCHEDULE) -> AsyncIterator[Deliverer]:
    """A deliverer that may call loopback."""
    async with Sender(LOCAL, timeout_seconds=schedule.timeout_seconds) as sender:
        deliverer = Deliverer(stock, sender, write_posting, schedule, 2)
        yield deliverer
        await deliverer.stop()


async def deliver(stock: Stock, schedule: Schedule = SCHEDULE) -> None:
    """Deliver what is due."""
    async with delivering(stock, schedule) as deliverer:
        await deliverer.deliver_all()


async def subscribed(stock: Stock, receiver: Receiver, **fields: object) -> int:
    """Make a webhook that leads to a receiver; give its number."""
    made = await stock.webhooks.create(name="books", url=receiver.url, key="webhook", **fields)  # type: ignore[arg-type]  # fields of the verb
    return made.posting.made("webhook")


async def sold(stock: Stock, count: int, key: str = "sale") -> list[int]:
    """Sell so often; give the numbers."""
    return [
        (await stock.sell(site="london", lines=[("A", 1)], key=f"{key}-{number}")).number for number in range(count)
    ]


async def told_alike(stock: Stock, receiver: Receiver, first: int) -> bool:
    """Whether a receiver was told each posting from one on, once and in order, as the journal has it."""
    head = (await stock.head()).number
    postings = [write_posting(await stock.get_posting(number)) for number in range(first, head + 1)]
    return [message.document["data"] for message in receiver.messages] == postings


async def test_each_posting_is_told_once_and_in_order(stock: Stock, receiver: Receiver) -> None:
    """C7, B27: the postings after the webhook are told in the order of the journal, whole, typed, timed and signed."""
    await furnish(stock, ("A", 1000))
    made = await stock.webhooks.create(name="books", url=receiver.url, key="webhook")
    number = made.posting.made("webhook")
    await sold(stock, 120)
    await deliver(stock)
    await deliver(stock)

    assert await told_alike(stock, receiver, made.posting.number + 1)
    assert made.secret is not None
    assert all(message.is_signed_with(made.secret) for message in receiver.messages)
    first = receiver.messages[0]
    assert first.id == f"{stock.org_id}/{number}/{made.posting.number + 1}"
    assert first.document["type"] == "posting.sell"
    assert first.document["timestamp"] == first.document["data"]["recorded_at"]
    assert abs(int(first.headers["webhook-timestamp"]) - datetime.now(UTC).timestamp()) < 60
    assert (await stock.webhooks.get(number)).number == (await stock.head()).number


async def test_what_was_refused_or_only_computed_brings_no_event(stock: Stock, receiver: Receiver) -> None:
    """C7: a refusal, a dry run and a retry are no postings, so nobody is told of them."""
    await furnish(stock, ("A", 1))
    await subscribed(stock, receiver)
    before = (await stock.head()).number
    await stock.sell(site="london", lines=[("A", 1)], key="trial", dry_run=True)
    sale = await stock.sell(site="london", lines=[("A", 1)], key="sale")
    await stock.sell(site="london", lines=[("A", 1)], key="sale")
    with pytest.raises(Refused):
        await stock.sell(site="london", lines=[("A", 1)], key="too much")
    with pytest.raises(Refused):
        await stock.sell(site="london", lines=[("A", 1), ("B", 1)], key="in part")
    await deliver(stock)

    assert receiver.numbers == [sale.number] == [before + 1]


async def test_filters_narrow_what_is_told(stock: Stock, receiver: Receiver) -> None:
    """B27: only postings of the kinds, sites and items are told; the others are passed over, and count as told."""
    await stock.define(sites=["london", "paris"], items=["A", "B"], key="define")
    number = await subscribed(stock, receiver, kinds=["receive", "sell"], sites=["london"], skus=["A"])
    wanted = []
    for site in ("london", "paris"):
        for sku in ("A", "B"):
            posting = await stock.receive(site=site, lines=[(sku, 5)], key=f"po-{site}-{sku}")
            wanted += [posting.number] if (site, sku) == ("london", "A") else []
    wanted += await sold(stock, 2)
    await stock.adjust(site="london", lines=[("A", -1)], reason="broken", key="adjust")
    await deliver(stock)

    assert receiver.numbers == wanted
    assert (await stock.webhooks.get(number)).number == (await stock.head()).number


async def test_alerts_are_told_like_everything_else(stock: Stock, receiver: Receiver) -> None:
    """S14: an alert is raised by a posting of the kind watch, so a filter on it tells of alerts."""
    await furnish(stock, ("A", 5))
    await subscribed(stock, receiver, kinds=["watch"], sites=["london"])
    await stock.lots.set_low_stock(site="london", lines=[("A", 10)], key="low")
    await stock.lots.check_alerts()
    await deliver(stock)

    (message,) = receiver.messages
    (change,) = message.document["data"]["changes"]
    assert (message.document["type"], change["entity"], change["action"]) == ("posting.watch", "alert", "created")
    assert change["after"]["rule"] == "low_stock"


async def test_what_is_wrong_with_the_ledger_is_told(stock: Stock, receiver: Receiver) -> None:
    """S14: inconsistencies, failing deductions and slow acts are told by postings of the kind alarm, each once."""
    await furnish(stock, ("A", 5))
    await subscribed(stock, receiver, kinds=["alarm"])
    bad = Check(name="success rate", status=HealthStatus.CRITICAL, detail="5 of 50 deductions succeeded")
    good = Check(name="success rate", status=HealthStatus.HEALTHY, detail="50 of 50 deductions succeeded")
    for _ in range(2):
        await stock.worker.sound_alarms(
            CheckFindings(inconsistencies=["A: 1 is nowhere"], success_rate=bad), slow_seconds=0
        )
    await stock.worker.sound_alarms(CheckFindings(inconsistencies=[], success_rate=good), slow_seconds=3600)
    await deliver(stock)
    told = [message.document["data"]["changes"][0] for message in receiver.messages]

    assert [(change["after"]["rule"], change["action"]) for change in told] == [
        (rule, action)
        for action in ("created", "resolved")
        for rule in ("inconsistency", "failure_rate", "slow_operations")
    ]
    assert told[0]["after"]["facts"] == {"found": 1, "first": "A: 1 is nowhere"}


async def test_a_failure_is_tried_again_under_the_same_id(stock: Stock, receiver: Receiver) -> None:
    """B27: nothing is told before what came first; each try has the same id and is kept with its outcome."""
    await furnish(stock, ("A", 10))
    number = await subscribed(stock, receiver)
    receiver.answer = answers(500, 302, 503)
    sales = await sold(stock, 2)
    async with delivering(stock) as deliverer:
        while (await stock.webhooks.get(number)).number < sales[-1]:
            await deliverer.deliver_all()
    tries = (await stock.webhooks.list_deliveries(number)).rows

    assert receiver.numbers == [sales[0]] * 4 + [sales[1]]
    assert len({message.id for message in receiver.messages}) == 2
    assert [(one.number, one.status) for one in reversed(tries)] == [
        (sales[0], 500),
        (sales[0], 302),
        (sales[0], 503),
        (sales[0], 204),
        (sales[1], 204),
    ]
    assert tries[-1].detail == "it answered 500"
    assert (await stock.webhooks.get(number)).failures == 0


async def test_a_failing_webhook_waits_and_keeps_no_other_from_being_told(stock: Stock, receiver: Receiver) -> None:
    """B27: it waits as planned, longer where Retry-After says so; the others go on; resuming ends the wait."""
    await furnish(stock, ("A", 10))
    number = await subscribed(stock, receiver)
    sales = await sold(stock, 1)
    with receiving() as other:
        await stock.webhooks.create(name="other", url=other.url, start=sales[0], key="other")
        receiver.answer = answers(503, Retry_After="120")
        await deliver(stock)
        await deliver(stock)
        assert other.numbers[0] == sales[0]
    waiting = await stock.webhooks.get(number)

    assert receiver.numbers == sales
    assert (waiting.failures, waiting.status, waiting.number) == (1, "active", sales[0] - 1)
    assert waiting.next_attempt_at is not None
    assert 100 < (waiting.next_attempt_at - datetime.now(UTC)).total_seconds() <= 120

    await stock.webhooks.resume(webhook=number, key="now")
    await deliver(stock)
    assert receiver.numbers[:2] == [sales[0], sales[0]]
    assert (await stock.webhooks.get(number)).failures == 0


async def test_what_became_of_the_tries_is_counted(stock: Stock, receiver: Receiver) -> None:
    """B27: tries are counted for ever as delivered, refused or unanswered; a resumed webhook begins no new count."""
    await furnish(stock, ("A", 10))
    number = await subscribed(stock, receiver)
    await sold(stock, 2)
    receiver.answer = answers(500)
    await deliver(stock, PATIENT)
    await stock.webhooks.resume(webhook=number, key="again")
    await deliver(stock, PATIENT)
    told = await stock.webhooks.get(number)
    await stock.webhooks.change(webhook=number, url="http://127.0.0.1:1/", key="nowhere")
    await deliver(stock, PATIENT)
    lost = await stock.webhooks.get(number)

    assert (told.delivered, told.refused, told.unanswered) == (3, 1, 0)
    assert (lost.delivered, lost.refused, lost.unanswered) == (3, 1, 1)


async def test_a_receiver_that_is_gone_is_told_no_more(stock: Stock, receiver: Receiver) -> None:
    """B27: 410 disables a webhook, which is a posting; resumed, it goes on where it stopped, and nothing is lost."""
    await furnish(stock, ("A", 10))
    number = await subscribed(stock, receiver)
    sales = await sold(stock, 2)
    receiver.answer = answers(410)
    await deliver(stock)
    sales += await sold(stock, 1, "later")
    await deliver(stock)
    gone = await stock.webhooks.get(number)
    head = (await stock.head()).number
    disabled = await stock.get_posting(sales[1] + 1)

    assert receiver.numbers == [sales[0]]
    assert (gone.status, gone.because, gone.number) == ("disabled", "gone", sales[0] - 1)
    assert (disabled.kind, disabled.actor) == ("disable_webhook", "worker")

    await stock.webhooks.resume(webhook=number, key="resume")
    await deliver(stock)
    assert receiver.numbers == [sales[0], *range(sales[0], head + 2)]


async def test_after_days_of_failure_it_is_given_up(stock: Stock, receiver: Receiver, database: TestDatabase) -> None:
    """B27: a webhook that has failed for longer than the schedule says is disabled; one that has not is tried on."""
    await furnish(stock, ("A", 10))
    number = await subscribed(stock, receiver)
    await sold(stock, 1)
    receiver.answer = answers(*[500] * 3)
    for hours, status in ((0, "active"), (0.9, "active"), (1.1, "disabled")):
        query(
            database.admin_url,
            f"UPDATE webhook_position SET failing_since = now() - interval '{hours} hours', next_attempt_at = now()"
            " WHERE failures > 0",
        )
        async with delivering(stock) as deliverer:
            await deliverer.begin_due()
        assert (await stock.webhooks.get(number)).status == status
    assert (await stock.webhooks.get(number)).because == "failing"
    assert len(receiver.messages) == 3


async def test_it_is_resumed_from_any_number(stock: Stock, receiver: Receiver) -> None:
    """B27: whoever lost what he was told is told again from any posting on, the first of the journal too."""
    await furnish(stock, ("A", 10))
    number = await subscribed(stock, receiver)
    sales = await sold(stock, 3)
    await deliver(stock)
    await stock.webhooks.resume(webhook=number, start=sales[1], key="again")
    await deliver(stock)
    head = (await stock.head()).number
    assert receiver.numbers == [*sales, *range(sales[1], head + 1)]
    receiver.messages.clear()
    await stock.webhooks.resume(webhook=number, start=1, key="all")
    await deliver(stock)

    assert await told_alike(stock, receiver, 1)


async def test_a_webhook_may_begin_in_the_past_or_the_future(stock: Stock, receiver: Receiver) -> None:
    """B27: a new webhook is told from any number on; one that is not there yet is waited for."""
    await furnish(stock, ("A", 10))
    head = (await stock.head()).number
    await subscribed(stock, receiver, start=head + 3)
    await deliver(stock)
    assert receiver.numbers == []
    await sold(stock, 3)
    await deliver(stock)

    assert receiver.numbers == [head + 3, head + 4]


async def test_both_secrets_sign_while_they_are_rotated(stock: Stock, receiver: Receiver) -> None:
    """B27: during the overlap either secret proves a message; without overlap the new one alone."""
    await furnish(stock, ("A", 10))
    first = await stock.webhooks.create(name="books", url=receiver.url, key="webhook")
    number = first.posting.made("webhook")
    second = await stock.webhooks.rotate(webhook=number, overlap_seconds=3600, key="rotate-1")
    await deliver(stock)
    third = await stock.webhooks.rotate(webhook=number, overlap_seconds=0, key="rotate-2")
    await deliver(stock)
    proved = [
        [made.secret is not None and message.is_signed_with(made.secret) for made in (first, second, third)]
        for message in receiver.messages
    ]

    assert proved == [[True, True, False], [False, False, True]]


async def test_one_worker_at_a_time_tells_a_webhook(stock: Stock, receiver: Receiver, database: TestDatabase) -> None:
    """
    B27: four workers deliver one webhook, in order, each posting once, never two at a time.

    Seen red with the conditions on the lease taken out of `claim_webhook` and `find_due_webhooks`.
    """
    await furnish(stock, ("A", 1000))
    await subscribed(stock, receiver)
    sales = await sold(stock, 60)
    async with ledger(database) as second, ledger(database) as third, ledger(database) as fourth:
        await asyncio.gather(*[deliver(one) for one in (stock, second, third, fourth)])

    assert receiver.numbers == sales
    assert receiver.at_once_most == 1


async def test_the_lease_of_a_dead_worker_is_taken_over(
    stock: Stock, receiver: Receiver, database: TestDatabase
) -> None:
    """B27: a worker that died holds its lease until it is over; then another goes on, and the dead can note nothing."""
    await furnish(stock, ("A", 10))
    number = await subscribed(stock, receiver)
    sales = await sold(stock, 2)
    store = reading_of(stock).webhooks
    dead = await store.claim(number, "dead", 60)
    assert dead is not None
    await deliver(stock)
    assert receiver.messages == []
    query(database.admin_url, "UPDATE webhook_position SET lease_until = now() - interval '1 second'")
    await deliver(stock)
    late = Try(dead.tries + 1, sales[0], datetime.now(UTC), 204, None, 1)

    assert receiver.numbers == sales
    assert not await store.advance(dead._replace(number=sales[0]), 60, late)
    assert await store.postpone(dead, 60, late) is None
    assert (await stock.webhooks.get(number)).number == sales[1]


async def test_a_worker_that_stops_finishes_what_it_sends(stock: Stock, receiver: Receiver) -> None:
    """B27: what is with the receiver when a worker is stopped is noted; nothing is told twice, the lease is free."""
    await furnish(stock, ("A", 10))
    await subscribed(stock, receiver)
    sales = await sold(stock, 3)
    asked, go_on = threading.Event(), threading.Event()

    def slowly(_: Received) -> tuple[int, dict[str, str], bytes]:
        asked.set()
        go_on.wait(30)
        return 204, {}, b""

    receiver.answer = slowly
    async with delivering(stock) as deliverer:
        await deliverer.begin_due()
        await asyncio.to_thread(asked.wait)
        stopping = asyncio.create_task(deliverer.stop())
        await asyncio.sleep(0)
        go_on.set()
        await stopping
        assert receiver.numbers == sales[:1]
        assert await deliverer.begin_due() == 0
    await deliver(stock)

    assert receiver.numbers == sales


async def test_a_change_in_the_midst_is_heeded(stock: Stock, receiver: Receiver) -> None:
    """B27: a webhook that is led elsewhere or resumed while it is told heeds that from the next message on."""
    await furnish(stock, ("A", 100))
    number = await subscribed(stock, receiver)
    sales = await sold(stock, 5)
    loop = asyncio.get_running_loop()
    with receiving() as other:

        def change(message: Received) -> tuple[int, dict[str, str], bytes]:
            if message.number == sales[1]:
                act = stock.webhooks.change(webhook=number, url=other.url, key="elsewhere")
                asyncio.run_coroutine_threadsafe(act, loop).result(30)
            return 204, {}, b""

        receiver.answer = change
        await deliver(stock)
        assert receiver.numbers == sales[:2]
        assert other.numbers == [*sales[2:], sales[-1] + 1]

        def restart(_: Received) -> tuple[int, dict[str, str], bytes]:
            if len(other.messages) == 2:
                act = stock.webhooks.resume(webhook=number, start=sales[4], key="restart")
                asyncio.run_coroutine_threadsafe(act, loop).result(30)
            return 204, {}, b""

        other.messages.clear()
        other.answer = restart
        await stock.webhooks.resume(webhook=number, start=sales[0], key="begin")
        await deliver(stock)
        head = (await stock.head()).number
        assert other.numbers == [sales[0], sales[1], *range(sales[4], head + 1)]


async def test_a_forbidden_address_is_a_failure_like_others(stock: Stock) -> None:
    """T15: what the library let in is judged again when it is called; no setting, no call."""
    await furnish(stock, ("A", 10))
    with receiving() as receiver:
        number = await subscribed(stock, receiver)
        await sold(stock, 1)
        async with Sender() as sender:
            deliverer = Deliverer(stock, sender, write_posting, Schedule(), 2)
            await deliverer.deliver_all()
        assert receiver.messages == []
    (tried,) = (await stock.webhooks.list_deliveries(number)).rows

    assert (tried.status, tried.detail) == (None, "only https is allowed")


async def test_a_defect_of_one_message_ends_nothing_else(stock: Stock, receiver: Receiver) -> None:
    """B27: where a posting cannot be written its webhook waits for its lease, the others are told."""
    await furnish(stock, ("A", 10))
    await subscribed(stock, receiver, kinds=["sell"])
    await sold(stock, 1)

    def broken(posting: Posting) -> dict[str, object]:
        if posting.kind == "sell":
            raise ValueError(posting.number)
        return write_posting(posting)

    with receiving() as other, capture_logs() as logs:
        await stock.webhooks.create(name="other", url=other.url, kinds=["receive"], start=1, key="other")
        async with Sender(LOCAL) as sender:
            await Deliverer(stock, sender, broken, SCHEDULE, 2).deliver_all()
        assert len(other.messages) == 1
    assert receiver.messages == []
    assert [line["event"] for line in logs] == ["broken"]


async def test_the_last_tries_are_kept_and_no_more(stock: Stock, receiver: Receiver, database: TestDatabase) -> None:
    """B27: tries are kept in a thousand slots that are used again, and listed in pages, the latest first."""
    await furnish(stock, ("A", 10))
    number = await subscribed(stock, receiver)
    await sold(stock, 1)
    await deliver(stock)
    store = reading_of(stock).webhooks
    query(database.admin_url, f"UPDATE webhook_position SET tries = {SLOTS}, next_attempt_at = now()")
    await stock.webhooks.resume(webhook=number, start=1, key="all")
    for attempt in (SLOTS + 1, SLOTS + 2):
        claimed = await store.claim(number, "me", 60)
        assert claimed is not None
        assert claimed.tries == attempt - 1
        tried = Try(attempt, 1, datetime.now(UTC), 500, "it answered 500", 5)
        await store.postpone(claimed._replace(tries=attempt), 0, tried)

    first = await stock.webhooks.list_deliveries(number, limit=1)
    second = await stock.webhooks.list_deliveries(number, limit=1, after=first.after)
    assert [first.rows[0].attempt, second.rows[0].attempt] == [SLOTS + 2, SLOTS + 1]
    assert second.after is None
    assert query(database.admin_url, "SELECT max(slot), count(*) FROM webhook_delivery") == [(2, 2)]


async def test_a_trial_is_sent_at_once(stock: Stock, receiver: Receiver) -> None:
    """B27: a test message is signed like all others, tells of no posting, and moves nothing on."""
    await furnish(stock, ("A", 10))
    made = await stock.webhooks.create(name="books", url=receiver.url, key="webhook")
    number = made.posting.made("webhook")
    async with Sender(LOCAL) as sender:
        outcome = await try_webhook(stock, sender, number)
        with pytest.raises(Refused):
            await try_webhook(stock, sender, 999)

    (message,) = receiver.messages
    assert outcome.is_delivered
    assert message.document["type"] == "test"
    assert made.secret is not None
    assert message.is_signed_with(made.secret)
    assert (await stock.webhooks.get(number)).number == made.posting.number


async def test_two_orgs_are_told_apart(stock: Stock, receiver: Receiver, database: TestDatabase) -> None:
    """T8: a deliverer of one org tells nothing of another, and sees no webhook of it."""
    from tests.ledger.ledgers import session_of  # noqa: PLC0415 - used here alone

    async with session_of(database, org="other"):
        pass
    async with ledger(database, org="other") as other:
        await furnish(other, ("A", 10))
        number = await subscribed(other, receiver)
        await sold(other, 1)
        await deliver(stock)
        assert receiver.messages == []
        with pytest.raises(Refused):
            await stock.webhooks.get(number)
        await deliver(other)
        assert len(receiver.messages) == 1


async def test_what_is_not_there_yet_is_told_when_it_is(
    stock: Stock, database: TestDatabase, receiver: Receiver
) -> None:
    """C7: where a server takes over that lacks the last posting of a claim, the claim ends, and nothing is skipped."""
    await furnish(stock, ("A", 10))
    webhook = await subscribed(stock, receiver)
    first = (await stock.head()).number + 1
    await sold(stock, 2)
    claimed = load_statements()["read_claimed_webhook"].text
    ahead = with_sql(read_claimed_webhook=claimed.replace("journal.number AS head", "journal.number + 1 AS head"))
    async with ledger(database, statements=ahead) as another, asyncio.timeout(20):
        await deliver(another)
        await sold(stock, 1, "later")
        await deliver(another)

    assert await told_alike(stock, receiver, first)
    assert (await stock.webhooks.get(webhook)).number == first + 2
