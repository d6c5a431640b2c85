"""Webhooks: subscriptions are postings like any other; filters and signatures are plain functions."""

import base64
import hashlib
import hmac
from datetime import UTC, datetime

import pytest

from onhand.kernel.command import LINES_MAX, Command, Line
from onhand.kernel.filters import Filter
from onhand.kernel.posting import Change, Posting
from onhand.kernel.refusals import Refused
from onhand.kernel.stock.receive import Receive
from onhand.kernel.stock.revert import Revert
from onhand.kernel.webhooks.change_webhook import ChangeWebhook
from onhand.kernel.webhooks.create_webhook import CREDENTIALS_MAX, CreateWebhook, credential_of
from onhand.kernel.webhooks.disable_webhook import DisableWebhook
from onhand.kernel.webhooks.resume_webhook import ResumeWebhook
from onhand.kernel.webhooks.rotate_webhook import OVERLAP_SECONDS_MAX, RotateWebhook
from onhand.kernel.webhooks.signing import secret_text, signed_headers
from onhand.kernel.webhooks.webhook import Webhook
from tests.property.world import World, furnished

URL = "https://example.com/hook"


def made(world: World, **fields: object) -> int:
    """Make a webhook; give its number."""
    return world.execute(CreateWebhook(key="w", name="books", url=URL, **fields)).made("webhook")  # type: ignore[arg-type]  # fields of the command


def webhook_of(world: World, number: int) -> Webhook:
    """The webhook as it is."""
    found = world.book.entities["webhook", number]
    assert isinstance(found, Webhook)
    return found


def test_a_webhook_begins_with_the_next_posting() -> None:
    """B27: a webhook is told what comes after it was made, unless it is told from where on."""
    world = furnished()
    first = webhook_of(world, made(world))
    posting = world.execute(CreateWebhook(key="v", name="till", url=URL, start=1))

    assert first.start == posting.number
    assert (first.status, first.run, first.because) == ("active", 1, None)
    assert posting.changes[0].after["start"] == 1


def test_no_secret_stands_in_the_journal() -> None:
    """B27: a snapshot names a secret, and nobody makes the secret from its name alone."""
    world = furnished()
    number = made(world)
    world.execute(RotateWebhook(key="r", webhook=number))
    credentials = webhook_of(world, number).credentials

    assert credentials == (credential_of("r"), credential_of("w"))
    assert secret_text(b"one", credentials[0]) != secret_text(b"two", credentials[0])
    assert secret_text(b"one", credentials[0]) != secret_text(b"one", credentials[1])


def test_secrets_overlap_while_they_are_rotated() -> None:
    """B27: for the time of the overlap the older secrets sign too, then the newest alone; without overlap at once."""
    world = furnished()
    number = made(world)
    world.execute(RotateWebhook(key="r-1", webhook=number, overlap_seconds=60))
    world.execute(RotateWebhook(key="r-2", webhook=number, overlap_seconds=60))
    three = webhook_of(world, number).signing(world.now)
    world.pass_time(60)
    one = webhook_of(world, number).signing(world.now)
    for count in range(CREDENTIALS_MAX + 1):
        world.execute(RotateWebhook(key=f"s-{count}", webhook=number, overlap_seconds=60))
    many = webhook_of(world, number).signing(world.now)
    world.execute(RotateWebhook(key="t", webhook=number, overlap_seconds=0))

    assert three == (credential_of("r-2"), credential_of("r-1"), credential_of("w"))
    assert one == (credential_of("r-2"),)
    assert len(many) == CREDENTIALS_MAX
    assert webhook_of(world, number).credentials == (credential_of("t"),)
    assert webhook_of(world, number).older_until is None


def test_a_webhook_is_disabled_and_resumed() -> None:
    """B27: it is disabled once, for a reason; resuming it from a number begins another run, without one it goes on."""
    world = furnished()
    number = made(world)
    disabled = world.execute(DisableWebhook(key="d-1", webhook=number, because="gone"))
    again = world.execute(DisableWebhook(key="d-2", webhook=number))
    went_on = world.execute(ResumeWebhook(key="r-1", webhook=number))
    from_one = world.execute(ResumeWebhook(key="r-2", webhook=number, start=1))

    assert (disabled.changes[0].action, disabled.changes[0].after["because"]) == ("disabled", "gone")
    assert again.changes == ()
    assert (went_on.changes[0].after["status"], went_on.changes[0].after["run"]) == ("active", 1)
    assert (from_one.changes[0].after["start"], from_one.changes[0].after["run"]) == (1, 2)


def test_a_change_is_told_with_before_and_after() -> None:
    """B27: who leads a webhook elsewhere stands in the journal; what is told alike changes nothing."""
    world = furnished()
    number = made(world, kinds=("sell",))
    changed = world.execute(ChangeWebhook(key="c-1", webhook=number, url=URL, sites=("london",)))
    again = world.execute(ChangeWebhook(key="c-2", webhook=number, url=URL, sites=("london",)))

    (change,) = changed.changes
    assert change.before is not None
    assert (change.before["kinds"], change.before["sites"]) == (["sell"], [])
    assert (change.after["kinds"], change.after["sites"]) == ([], ["london"])
    assert again.changes == ()
    with pytest.raises(Refused) as caught:
        world.execute(Revert(key="undo", number=changed.number))
    assert caught.value.code == "NOT_REVERTIBLE"


@pytest.mark.parametrize(
    ("kind", "fields", "code"),
    [
        (CreateWebhook, {"name": "", "url": URL}, "INVALID_TEXT"),
        (CreateWebhook, {"name": "x", "url": "https://127.1/"}, "WEBHOOK_TARGET_FORBIDDEN"),
        (CreateWebhook, {"name": "x", "url": "ftp://example.com"}, "WEBHOOK_TARGET_FORBIDDEN"),
        (CreateWebhook, {"name": "x", "url": URL, "kinds": ("steal",)}, "INVALID_COMMAND"),
        (CreateWebhook, {"name": "x", "url": URL, "kinds": ("sell", "sell")}, "INVALID_COMMAND"),
        (CreateWebhook, {"name": "x", "url": URL, "skus": ("A",) * (LINES_MAX + 1)}, "TOO_MANY_LINES"),
        (CreateWebhook, {"name": "x", "url": URL, "sites": (" a",)}, "INVALID_TEXT"),
        (CreateWebhook, {"name": "x", "url": URL, "start": 0}, "INVALID_COMMAND"),
        (ChangeWebhook, {"webhook": 0, "url": URL}, "INVALID_COMMAND"),
        (ChangeWebhook, {"webhook": 1, "url": "https://user@example.com"}, "WEBHOOK_TARGET_FORBIDDEN"),
        (DisableWebhook, {"webhook": 1, "because": "bored"}, "INVALID_COMMAND"),
        (DisableWebhook, {"webhook": True}, "INVALID_COMMAND"),
        (ResumeWebhook, {"webhook": 1, "start": 0}, "INVALID_COMMAND"),
        (RotateWebhook, {"webhook": 1, "overlap_seconds": -1}, "INVALID_COMMAND"),
        (RotateWebhook, {"webhook": 1, "overlap_seconds": OVERLAP_SECONDS_MAX + 1}, "INVALID_COMMAND"),
    ],
)
def test_what_is_not_well_formed_is_refused(kind: type[Command], fields: dict[str, object], code: str) -> None:
    """B27, T15: names, filters and the address are checked before anything is decided."""
    with pytest.raises(Refused) as caught:
        kind(key="k", **fields)  # type: ignore[arg-type]  # fields of the subclass

    assert caught.value.code == code


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (CreateWebhook(key="k", name="x", url=URL, sites=("nowhere",)), "UNKNOWN_SITE"),
        (CreateWebhook(key="k", name="x", url=URL, skus=("nothing",)), "UNKNOWN_ITEM"),
        (ChangeWebhook(key="k", webhook=99, url=URL), "WEBHOOK_NOT_FOUND"),
        (DisableWebhook(key="k", webhook=99), "WEBHOOK_NOT_FOUND"),
        (ResumeWebhook(key="k", webhook=99), "WEBHOOK_NOT_FOUND"),
        (RotateWebhook(key="k", webhook=99), "WEBHOOK_NOT_FOUND"),
    ],
)
def test_what_is_not_there_is_refused(command: Command, code: str) -> None:
    """B27: filters name what there is, and a number leads to a webhook."""
    with pytest.raises(Refused) as caught:
        furnished().execute(command)

    assert caught.value.code == code


def receipt() -> Posting:
    """A posting that receives A in london."""
    world = furnished()
    return world.execute(Receive(key="r", site="london", lines=(Line("A", 1_000_000),)))


def alert() -> Posting:
    """A posting that raises an alert about A in paris."""
    facts = {"site": "paris", "sku": "A"}
    now = datetime(2026, 1, 31, tzinfo=UTC)
    return Posting(
        number=1,
        kind="watch",
        key="k",
        fingerprint=b"",
        actor="worker",
        recorded_at=now,
        occurred_at=now,
        movements=(),
        changes=(Change("alert", 1, "created", None, {"facts": facts}),),
    )


@pytest.mark.parametrize(
    ("told", "of_receipt", "of_alert"),
    [
        (Filter(), True, True),
        (Filter(kinds=frozenset({"receive", "sell"})), True, False),
        (Filter(kinds=frozenset({"watch"})), False, True),
        (Filter(sites=frozenset({"london"})), True, False),
        (Filter(sites=frozenset({"paris"})), False, True),
        (Filter(skus=frozenset({"A"})), True, True),
        (Filter(skus=frozenset({"B"})), False, False),
        (Filter(sites=frozenset({"london"}), skus=frozenset({"B"})), False, False),
        (Filter(frozenset({"receive"}), frozenset({"london", "paris"}), frozenset({"A", "B"})), True, False),
    ],
)
def test_filters_narrow_what_is_told(told: Filter, *, of_receipt: bool, of_alert: bool) -> None:
    """B27, S14: its kind and one of its places have to be asked for; an alert is at what it is about."""
    assert told.lets_through(receipt()) == of_receipt
    assert told.lets_through(alert()) == of_alert


def test_signatures_are_those_of_standard_webhooks() -> None:
    """B27: `v1,` and the HMAC-SHA256 of id, time and body with the bytes behind whsec_, once for each secret."""
    now = datetime(2026, 1, 31, 12, 0, 0, 999_999, tzinfo=UTC)
    headers = signed_headers(b"key", ("new", "old"), "1/26/7", now, b'{"a":1}')
    content = b'1/26/7.1769860800.{"a":1}'

    expected = []
    for name in ("new", "old"):
        secret = base64.b64decode(secret_text(b"key", name).removeprefix("whsec_"))
        assert len(secret) == 32
        expected.append(f"v1,{base64.b64encode(hmac.new(secret, content, hashlib.sha256).digest()).decode()}")
    assert headers == {
        "webhook-id": "1/26/7",
        "webhook-timestamp": "1769860800",
        "webhook-signature": " ".join(expected),
    }
