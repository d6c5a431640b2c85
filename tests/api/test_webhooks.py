"""Webhooks over HTTP: made, shown, changed, tried; their secrets are shown once and their addresses judged."""

import asyncio
import re
from collections.abc import Iterator

import pytest

from onhand.api.routes.postings import write_posting
from onhand.api.routes.routes import Act, find_routes
from onhand.delivery.deliverer import Deliverer
from onhand.delivery.schedule import Schedule
from onhand.delivery.sending import Sender
from tests.api.conftest import Shop
from tests.api.serving import Caller, Running, serving
from tests.conftest import TestDatabase
from tests.delivery.receiving import answers, receiving
from tests.ledger.ledgers import ledger

URL = "https://example.com/hook"
ROUTES = [route for route in find_routes() if route.path.startswith("/api/webhooks")]


@pytest.fixture(scope="module")
def local(module_database: TestDatabase, shop: Shop) -> Iterator[Running]:
    """A server of the same database, for which loopback is local."""
    del shop
    with serving(module_database, ONHAND_WEBHOOK_LOCAL_HOSTS="127.0.0.1") as running:
        yield running


def test_a_secret_is_shown_in_the_first_answer_alone(shop: Shop) -> None:
    """B27: a retry and a dry run make no secret and show none; rotating shows another."""
    body = {"name": "books", "url": URL, "kinds": ["sell"], "sites": ["london"], "skus": ["A"]}
    trial = shop.boss.post("/api/webhooks", body, query={"dry_run": "true"})
    made = shop.boss.post("/api/webhooks", body, key="make books")
    again = shop.boss.post("/api/webhooks", body, key="make books")
    rotated = shop.boss.done(f"/api/webhooks/{made.body['webhook']}/rotation", {"overlap_seconds": 60})
    found = shop.boss.get(f"/api/webhooks/{made.body['webhook']}").body

    assert (trial.status, made.status, again.status) == (200, 201, 200)
    assert made.body["secret"].startswith("whsec_")
    assert rotated["secret"].startswith("whsec_")
    assert rotated["secret"] != made.body["secret"]
    assert "secret" not in trial.body
    assert "secret" not in again.body
    assert made.body["secret"] not in str(shop.boss.get(f"/api/postings/{made.body['number']}").body)
    assert (found["name"], found["url"], found["kinds"], found["secrets"]) == ("books", URL, ["sell"], 2)
    assert shop.boss.post("/api/webhooks", body).code == "WEBHOOK_EXISTS"


def test_a_webhook_lives_over_http(shop: Shop) -> None:
    """B27: change, disable, resume, list; each act is a posting, and each number leads to one webhook."""
    number = shop.boss.done("/api/webhooks", {"name": "life", "url": URL})["webhook"]
    path = f"/api/webhooks/{number}"
    shop.boss.done(path, {"url": "https://example.com/other", "skus": ["B"]}, method="PUT")
    shop.boss.done(f"{path}/disablement")
    disabled = shop.boss.get(path).body
    resumed = shop.boss.done(f"{path}/resumption", {"start": 1})
    active = shop.boss.get(path).body
    listed = shop.boss.get("/api/webhooks").body["rows"]

    assert (disabled["status"], disabled["because"], disabled["skus"]) == ("disabled", "asked", ["B"])
    assert (active["status"], active["because"], active["start"], active["number"]) == ("active", None, 1, 0)
    assert resumed["changes"][0]["action"] == "resumed"
    assert number in [one["id"] for one in listed]
    assert shop.boss.get(f"{path}/deliveries").body["rows"] == []


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com/",
        "https://user@example.com/",
        "https://localhost/",
        "https://127.1/",
        "https://0x7f000001/",
        "https://0177.0.0.1/",
        "https://2130706433/",
        "https://[::ffff:127.0.0.1]/",
        "https://[::1]/",
        "https://169.254.169.254/latest/meta-data/",
        "https://10.0.0.1/",
        "https://example.com:22/",
        "gopher://example.com/",
        "",
        "x" * 3000,
    ],
)
def test_an_address_that_leads_inward_is_refused(shop: Shop, url: str) -> None:
    """T15: each odd spelling gets a typed 4xx, when a webhook is made and when it is changed, and nothing is done."""
    number = shop.boss.done("/api/webhooks", {"name": "inward", "url": URL}, key="make inward")["webhook"]
    head = shop.boss.get("/api/journal").body["number"]
    answers = [
        shop.boss.post("/api/webhooks", {"name": "other", "url": url}),
        shop.boss.put(f"/api/webhooks/{number}", {"url": url}),
        shop.boss.post("/api/webhooks", {"name": "other", "url": url}, query={"dry_run": "true"}),
    ]

    assert [answer.status for answer in answers] == [400] * 3
    assert {answer.code for answer in answers} == {"WEBHOOK_TARGET_FORBIDDEN"}
    assert shop.boss.get("/api/journal").body["number"] == head


@pytest.mark.parametrize("url", [None, 1, [URL], {"url": URL}])
def test_an_address_is_text(shop: Shop, url: object) -> None:
    """T15: what is no text is malformed."""
    assert shop.boss.post("/api/webhooks", {"name": "other", "url": url}).status == 422


def test_no_webhook_comes_in_by_the_back_door(shop: Shop) -> None:
    """T15: the bulk call takes no command whose route checks more than the ledger, or shows a secret."""
    for operation, rest in (
        ("create_webhook", {"name": "bulk", "url": URL}),
        ("change_webhook", {"webhook": 1, "url": URL}),
        ("rotate_webhook", {"webhook": 1}),
    ):
        body = {"commands": [{"operation": operation, "key": f"bulk {operation}", **rest}]}
        assert shop.boss.post("/api/bulk", body).code == "FORBIDDEN"


def test_webhooks_are_for_admins(shop: Shop) -> None:
    """S12: who may lead postings out of the house is an admin of the whole org; auditors see where they are led."""
    assert len(ROUTES) == 9
    for route in ROUTES:
        assert route.whole_org
        assert route.roles == ({"admin"} if isinstance(route, Act) or route.method == "POST" else {"admin", "auditor"})
    assert shop.london_clerk.get("/api/webhooks").status == 403


def test_another_orgs_webhook_is_as_if_it_were_not(shop: Shop) -> None:
    """T8: each address answers a number of another org as one that is nowhere."""
    number = shop.boss.done("/api/webhooks", {"name": "ours", "url": URL})["webhook"]
    bodies = {"change_webhook": {"url": URL}}
    for route in ROUTES:
        if "webhook" not in route.in_path:
            continue
        body = bodies.get(route.operation, {}) if isinstance(route, Act) else {}
        answers = []
        for told in (number, 88_888_888):
            path = route.path.replace("{webhook}", str(told))
            method = route.method
            answer = shop.stranger.get(path) if method == "GET" else shop.stranger.post(path, body, method=method)
            answers.append((answer.status, answer.code, answer.body["detail"].replace(str(told), "N")))
        assert answers[0] == answers[1], route
        assert answers[0][:2] == (404, "WEBHOOK_NOT_FOUND"), route


def test_a_webhook_is_tried_at_once(local: Running, shop: Shop) -> None:
    """B27: a test message arrives, signed; one that does not is told as such; a local host needs its setting."""
    boss = local.caller(shop.boss.key)
    with receiving() as receiver:
        made = boss.done("/api/webhooks", {"name": "tried", "url": receiver.url})
        path = f"/api/webhooks/{made['webhook']}/tests"
        delivered = boss.post(path).body
        elsewhere = shop.boss.post(path).body
        (message,) = receiver.messages
    gone = boss.post(path).body

    assert delivered["delivered"] is True
    assert message.is_signed_with(made["secret"])
    assert (elsewhere["delivered"], elsewhere["detail"]) == (False, "only https is allowed")
    assert (gone["delivered"], gone["status"], gone["detail"]) == (False, None, "it takes no connection")
    for number in ("0", "x", "-1", "9" * 30, "\u0661"):
        assert boss.post(f"/api/webhooks/{number}/tests").status in {404, 422}


def test_figures_of_webhooks(local: Running, shop: Shop, module_database: TestDatabase) -> None:
    """B27, R18: /metrics tells of each webhook what became of its tries, how far behind it is, and if it is off."""
    boss = local.caller(shop.boss.key)
    with receiving() as receiver:
        boss.done("/api/webhooks", {"name": "told", "url": receiver.url, "kinds": ["sell"]})
        off = boss.done("/api/webhooks", {"name": "off", "url": receiver.url})["webhook"]
        sale = {"site": "london", "lines": [{"sku": "A", "quantity": "1"}]}
        boss.done("/api/sales", sale)
        receiver.answer = answers(503)
        asyncio.run(_deliver(module_database))
        boss.done(f"/api/webhooks/{off}/disablement")
        boss.done("/api/sales", sale)
        asyncio.run(_deliver(module_database))
        answered = len(receiver.messages)
    head = boss.get("/api/journal").body["number"]
    figures = _figures(boss)
    told, disabled = ({key[1]: value for key, value in figures.items() if key[0] == name} for name in ("told", "off"))

    assert answered == sum(told[f"deliveries {kind}"] + disabled[f"deliveries {kind}"] for kind in KINDS)
    assert told["deliveries refused"] + disabled["deliveries refused"] == 1
    assert told["lag"] + boss.get("/api/webhooks").body["rows"][-2]["number"] == head
    assert disabled["lag"] + boss.get(f"/api/webhooks/{off}").body["number"] == head
    assert (told["disabled"], disabled["disabled"]) == (0, 1)


KINDS = ("delivered", "refused", "unanswered")
_FIGURE = re.compile(r'onhand_webhook_(\w+)\{(?:outcome="(\w+)",)?org="1"(?:,outcome="(\w+)")?,webhook="(\w+)"\} (\S+)')


def _figures(caller: Caller) -> dict[tuple[str, str], float]:
    """Read the figures of webhooks: by name and figure."""
    found = _FIGURE.findall(str(caller.get("/metrics").body))
    return {(name, f"{figure} {first or second}".strip()): float(value) for figure, first, second, name, value in found}


async def _deliver(database: TestDatabase) -> None:
    """Deliver what is due, as a worker does."""
    schedule = Schedule(wait_seconds=(3600.0,), give_up_seconds=3600, timeout_seconds=5)
    async with ledger(database) as stock, Sender(frozenset({"127.0.0.1"}), timeout_seconds=5) as sender:
        deliverer = Deliverer(stock, sender, write_posting, schedule, 2)
        await deliverer.deliver_all()
        await deliverer.stop()
