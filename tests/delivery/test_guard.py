"""The guard at the moment of connecting: what is resolved is judged, and nothing is resolved twice."""

import socket
from collections.abc import Iterable, Sequence

import httpcore
import pytest

from onhand.delivery.guard import ForbiddenError, GuardedNetwork, UnresolvedError
from onhand.delivery.sending import Sender

PUBLIC = "93.184.215.14"


class Wire(httpcore.AsyncNetworkBackend):
    """Keeps which addresses were connected to, and connects to none."""

    def __init__(self, *dead: str) -> None:
        """Let some addresses be dead."""
        self.called: list[str] = []
        self._dead = dead

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - as the library has it
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Note the address."""
        del port, timeout, local_address, socket_options
        self.called.append(host)
        if host in self._dead:
            raise httpcore.ConnectError
        return httpcore.AsyncMockStream([])


class Names:
    """A resolver that gives one answer after the other, the last for ever."""

    def __init__(self, *answers: Sequence[str]) -> None:
        """Prepare the answers."""
        self.asked: list[str] = []
        self._answers = list(answers)

    async def __call__(self, host: str, port: int) -> Sequence[str]:
        """Answer."""
        del port
        self.asked.append(host)
        answer = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
        if answer == ["nothing"]:
            raise socket.gaierror
        return answer


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.8.8.8",
        "0.0.0.0",  # noqa: S104 - nothing listens
        "10.0.0.1",
        "100.100.100.200",
        "169.254.169.254",
        "172.31.0.1",
        "192.168.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:127.0.0.1",
        "::ffff:93.184.215.14",
        "64:ff9b::7f00:1",
        "2002:7f00:1::1",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2",
        "fd00::1",
        "fe80::1%1",
        "ff02::1",
    ],
)
@pytest.mark.parametrize("beside", [(), (PUBLIC,)])
async def test_a_name_that_leads_back_into_our_network_is_not_called(address: str, beside: tuple[str, ...]) -> None:
    """T15: no address is called of a name that stands for a forbidden one too; without the check it is."""
    wire = Wire()
    network = GuardedNetwork(resolve=Names([*beside, address]), inner=wire)

    with pytest.raises(ForbiddenError):
        await network.connect_tcp("example.com", 443)

    assert wire.called == []


async def test_a_name_cannot_be_rebound() -> None:
    """T15: a name that is public when it is judged and loopback the next moment is called at the public address."""
    wire, names = Wire(), Names([PUBLIC], ["127.0.0.1"])
    network = GuardedNetwork(resolve=names, inner=wire)

    await network.connect_tcp("rebinding.example", 443)
    with pytest.raises(ForbiddenError):
        await network.connect_tcp("rebinding.example", 443)

    assert wire.called == [PUBLIC]
    assert names.asked == ["rebinding.example"] * 2


async def test_the_next_address_is_tried_where_one_is_dead() -> None:
    """B27: of several public addresses one that answers is enough."""
    other = "8.8.8.8"
    wire = Wire(PUBLIC)
    await GuardedNetwork(resolve=Names([PUBLIC, other]), inner=wire).connect_tcp("example.com", 443)

    assert wire.called == [PUBLIC, other]
    with pytest.raises(httpcore.ConnectError):
        await GuardedNetwork(resolve=Names([PUBLIC]), inner=Wire(PUBLIC)).connect_tcp("example.com", 443)


@pytest.mark.parametrize("answer", [["nothing"], []])
async def test_a_name_without_an_address_is_told_as_such(answer: list[str]) -> None:
    """B27: a name that stands for nothing is no breakdown."""
    with pytest.raises(UnresolvedError):
        await GuardedNetwork(resolve=Names(answer), inner=Wire()).connect_tcp("example.com", 443)


async def test_only_named_hosts_may_be_local() -> None:
    """B27: loopback is called for hosts that a setting names, and for no others; private addresses for none."""
    for host, address, is_called in [
        ("receiver.test", "127.0.0.1", True),
        ("other.test", "127.0.0.1", False),
        ("receiver.test", "10.0.0.1", False),
    ]:
        wire = Wire()
        network = GuardedNetwork(frozenset({"receiver.test"}), resolve=Names([address]), inner=wire)
        if is_called:
            await network.connect_tcp(host, 80)
        else:
            with pytest.raises(ForbiddenError):
                await network.connect_tcp(host, 80)
        assert wire.called == ([address] if is_called else [])


async def test_no_socket_of_this_machine_is_called() -> None:
    """T15: a webhook leads to no unix socket."""
    with pytest.raises(ForbiddenError):
        await GuardedNetwork(inner=Wire()).connect_unix_socket("/run/docker.sock")


@pytest.mark.parametrize(
    "host",
    ["localhost", "127.0.0.1", "127.1", "0x7f000001", "2130706433", "0177.0.0.1", "0", "[::1]", "[::ffff:127.0.0.1]"],
)
async def test_a_listener_on_loopback_hears_nothing(host: str) -> None:
    """
    T15: a real listener on loopback gets no connection, by whatever spelling, nor by a name that stands for it.

    Seen red with `check_address` taken out of the guard: the name alone then connects.
    """
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0)
        port = listener.getsockname()[1]
        async with Sender(resolve=Names(["127.0.0.1"]), timeout_seconds=2) as sender:
            for url in (f"https://{host}:{port}/", f"http://{host}:{port}/", f"https://innocent.example:{port}/"):
                outcome = await sender.send(url, {}, b"{}")
                assert outcome.status is None
                assert outcome.detail is not None
        with pytest.raises(BlockingIOError):
            listener.accept()
