"""Sending one message: what each answer means, and that nothing takes for ever."""

import asyncio
import ssl
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from onhand.delivery.schedule import RETRY_AFTER_SECONDS_MAX, Schedule
from onhand.delivery.sending import ANSWER_BYTES_MAX, Sender
from onhand.faults import Fault
from tests.delivery.receiving import Receiver, answers, receiving

LOCAL = frozenset({"127.0.0.1", "receiver.test"})


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """A receiver."""
    with receiving() as found:
        yield found


async def test_a_message_is_posted_as_it_is(receiver: Receiver) -> None:
    """B27: path, query, headers and body come as they were given; Host is the name."""
    async with Sender(LOCAL) as sender:
        outcome = await sender.send(f"{receiver.url}?a=b", {"webhook-id": "1"}, b'{"a":1}')

    (message,) = receiver.messages
    assert outcome.is_delivered
    assert (message.path, message.id, message.body) == ("/hook?a=b", "1", b'{"a":1}')
    assert message.headers["host"] == f"127.0.0.1:{receiver.port}"
    assert message.headers["content-type"] == "application/json"
    assert "authorization" not in message.headers
    assert "cookie" not in message.headers


@pytest.mark.parametrize("status", [200, 201, 202, 204, 299])
async def test_any_success_is_delivered(receiver: Receiver, status: int) -> None:
    """B27: every 2xx says that the receiver has it."""
    receiver.answer = answers(status)
    async with Sender(LOCAL) as sender:
        assert (await sender.send(receiver.url, {}, b"{}")).is_delivered


@pytest.mark.parametrize("status", [301, 302, 307, 308])
async def test_no_redirect_is_followed(receiver: Receiver, status: int) -> None:
    """T15: a redirect is a failure, and where it leads to is not called."""
    receiver.answer = answers(status, Location=f"http://127.0.0.1:{receiver.port}/elsewhere")
    async with Sender(LOCAL) as sender:
        outcome = await sender.send(receiver.url, {}, b"{}")

    assert (outcome.status, outcome.is_delivered) == (status, False)
    assert [message.path for message in receiver.messages] == ["/hook"]


@pytest.mark.parametrize("status", [400, 404, 410, 429, 500, 503])
async def test_every_other_answer_is_a_failure(receiver: Receiver, status: int) -> None:
    """B27: what the receiver says in words is kept nowhere; its status is, and 410 says that it is gone."""
    receiver.answer = lambda _: (status, {}, b"a secret of our network")
    async with Sender(LOCAL) as sender:
        outcome = await sender.send(receiver.url, {}, b"{}")

    assert (outcome.status, outcome.is_delivered, outcome.is_gone) == (status, False, status == 410)
    assert "secret" not in str(outcome)


@pytest.mark.parametrize(
    ("told", "least", "most"),
    [
        ("120", 120, 120),
        ("in an hour", 3000, 3600),
        ("an hour ago", 0, 0),
        ("soon", None, None),
        ("-5", None, None),
        ("\u00b2", None, None),
        ("9" * 400, 999_999_999, 999_999_999),
    ],
)
async def test_retry_after_is_read(receiver: Receiver, told: str, least: float | None, most: float | None) -> None:
    """B27: seconds and moments are read, and nonsense is no answer."""
    hours = {"in an hour": 1, "an hour ago": -1}.get(told)
    moment = told if hours is None else format_datetime(datetime.now(UTC) + timedelta(hours=hours), usegmt=True)
    receiver.answer = answers(503, Retry_After=moment)
    async with Sender(LOCAL) as sender:
        seconds = (await sender.send(receiver.url, {}, b"{}")).retry_after

    assert (seconds is None) == (least is None)
    if seconds is not None and least is not None and most is not None:
        assert least <= seconds <= most


async def test_an_endless_answer_is_left(receiver: Receiver) -> None:
    """T15: of an answer some kilobytes are read; its status counts, and the next message goes through."""
    receiver.answer = lambda _: (200, {}, b"x" * (ANSWER_BYTES_MAX * 40))
    async with Sender(LOCAL, timeout_seconds=10) as sender:
        outcomes = [await sender.send(receiver.url, {}, b"{}") for _ in range(3)]

    assert [outcome.status for outcome in outcomes] == [200, 200, 200]


async def test_a_receiver_that_does_not_answer_is_given_up(receiver: Receiver) -> None:
    """T10: a silent receiver costs its time and no more."""
    asked, over = threading.Event(), threading.Event()

    def silent(_: object) -> tuple[int, dict[str, str], bytes]:
        asked.set()
        over.wait(30)
        return 200, {}, b""

    receiver.answer = silent
    async with Sender(LOCAL, timeout_seconds=0.5) as sender:
        outcome = await sender.send(receiver.url, {}, b"{}")
    over.set()

    assert asked.is_set()
    assert (outcome.status, outcome.detail) == (None, "it did not answer in time")


async def test_a_resolver_that_does_not_answer_is_given_up() -> None:
    """T10: the time of a message includes that of its name."""

    async def slow(host: str, port: int) -> list[str]:
        del host, port
        await asyncio.Event().wait()
        return []

    async with Sender(resolve=slow, timeout_seconds=0.2) as sender:
        assert (await sender.send("https://example.com/", {}, b"{}")).detail == "it did not answer in time"


async def test_nobody_there_is_an_outcome() -> None:
    """B27: a closed port and a name that stands for nothing are told in words of our own."""
    with receiving() as gone:
        url = gone.url

    async def nothing(host: str, port: int) -> list[str]:
        raise OSError(host, port)

    async with Sender(LOCAL) as sender, Sender(resolve=nothing) as lost:
        assert (await sender.send(url, {}, b"{}")).detail == "it takes no connection"
        assert (await lost.send("https://example.com/", {}, b"{}")).detail == "its name stands for no address"


def certificate(folder: Path, name: str) -> ssl.SSLContext:
    """Make a certificate for a name, and the context of a server that shows it; its file is the authority too."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    built = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "certificate.pem").write_bytes(built.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    (folder / "key.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "certificate.pem", folder / "key.pem")
    return context


async def test_tls_keeps_the_name(tmp_path: Path) -> None:
    """T15: the connection goes to the address that was judged, while certificate and Host are those of the name."""
    names: list[str | None] = []
    context = certificate(tmp_path, "receiver.test")
    context.sni_callback = lambda _socket, name, _context: names.append(name)
    trusting = ssl.create_default_context(cafile=str(tmp_path / "certificate.pem"))

    async def here(host: str, port: int) -> list[str]:
        del host, port
        return [str(ip_address("127.0.0.1"))]

    with receiving(context) as receiver:
        async with (
            Sender(LOCAL, resolve=here, ssl_context=trusting) as sender,
            Sender(LOCAL | {"other.test"}, resolve=here, ssl_context=trusting) as mistaken,
            Sender(LOCAL, resolve=here) as wary,
        ):
            url = f"https://receiver.test:{receiver.port}/"
            told = await sender.send(url, {}, b"{}")
            other = await mistaken.send(f"https://other.test:{receiver.port}/", {}, b"{}")
            unknown = await wary.send(url, {}, b"{}")

    assert told.is_delivered
    assert names[0] == "receiver.test"
    assert [message.headers["host"] for message in receiver.messages] == [f"receiver.test:{receiver.port}"]
    assert other.detail == unknown.detail == "its certificate cannot be trusted"


def test_the_schedule_reaches_over_days() -> None:
    """B27: waits grow from seconds to hours, the last is repeated, chance makes them a quarter longer at most."""
    schedule = Schedule()
    waits = [schedule.wait(failures, None, 0) for failures in range(1, 21)]

    assert waits[:3] == [5, 30, 120]
    assert waits == sorted(waits)
    assert waits[-1] == waits[-2] == schedule.wait_seconds[-1]
    assert sum(waits) > 3 * 86_400
    assert schedule.wait(1, None, 1) == 6.25
    assert schedule.give_up_seconds == 5 * 86_400


def test_the_page_states_the_schedule() -> None:
    """B27: the waits that the how-to states are those of the code, and so are the time of an answer and the end."""
    page = (Path(__file__).resolve().parents[2] / "docs/howto/webhooks.md").read_text(encoding="utf-8")
    text = " ".join(page.split())
    schedule = Schedule()
    parts = {3600: "h", 60: "min", 1: "s"}
    told = [
        next(f"{int(wait / seconds)} {name}" for seconds, name in parts.items() if wait >= seconds)
        for wait in schedule.wait_seconds
    ]

    assert f"are {', '.join(told)}, and then {told[-1]} each time" in text
    assert f"within {schedule.timeout_seconds:.0f} seconds" in text
    assert schedule.give_up_seconds == 5 * 86_400
    assert "five days of failure" in text


def test_retry_after_makes_a_wait_longer_never_shorter() -> None:
    """B27: what the receiver asks for is followed, up to a day."""
    schedule = Schedule()

    assert schedule.wait(1, 60, 0) == 60
    assert schedule.wait(9, 60, 0) == schedule.wait_seconds[-1]
    assert schedule.wait(1, 10**9, 0) == RETRY_AFTER_SECONDS_MAX


@pytest.mark.parametrize("fields", [{"wait_seconds": ()}, {"wait_seconds": (0,)}, {"timeout_seconds": 0}])
def test_a_schedule_that_never_waits_is_refused(fields: dict[str, object]) -> None:
    """T10: a receiver is never called all the time."""
    with pytest.raises(Fault):
        Schedule(**fields)  # type: ignore[arg-type]  # fields of the schedule
