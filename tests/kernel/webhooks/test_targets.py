"""The addresses that webhooks may lead to, spelling by spelling."""

import pytest

from onhand.kernel.refusals import Refused
from onhand.kernel.webhooks.targets import URL_LENGTH_MAX, check_address, check_target, read_target

LOCAL = frozenset({"localhost", "127.0.0.1", "::1", "receiver.test"})


def allowed(url: str, local_hosts: frozenset[str] = frozenset()) -> bool:
    """Whether an address may be called, as far as its spelling tells."""
    try:
        check_target(read_target(url), local_hosts)
    except Refused as refused:
        return refused.code != "WEBHOOK_TARGET_FORBIDDEN"
    return True


@pytest.mark.parametrize(
    "url",
    [
        "https://example.com",
        "https://EXAMPLE.com/a/b?c=d&e=%20",
        "https://example.com?x=1",
        "https://example.com:8443/",
        "https://example.com:443/",
        "https://8.8.8.8/",
        "https://[2606:4700:4700::1111]/",
        "https://xn--bcher-kva.example/",
        "https://example.com/" + "a" * (URL_LENGTH_MAX - 20),
    ],
)
def test_public_addresses_are_allowed(url: str) -> None:
    """S14, B27: what leads to the public network by https may be called."""
    assert allowed(url)


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com/",
        "ftp://example.com/",
        "file:///etc/passwd",
        "//example.com/",
        "example.com",
        "",
        "https://",
        "https:///path",
        "https://user@example.com/",
        "https://user:password@example.com/",
        "https://example.com@127.0.0.1/",
        "https://example.com\\@127.0.0.1/",
        "https://example.com#@127.0.0.1/",
        "https://example.com/#part",
        "https://example.com/a b",
        "https://example.com/\r\nHost: x",
        " https://example.com/",
        "https://exa\tmple.com/",
        "https://ex\u0430mple.com/",
        "https://127\u30020.0.1/",
        "https://\uff11\uff12\uff17.0.0.1/",
        "https://%31%32%37.0.0.1/",
        "https://example.com:0/",
        "https://example.com:65536/",
        "https://example.com:22/",
        "https://example.com:80/",
        "https://example.com:99999999999/",
        "https://example.com:/",
        "https://localhost/",
        "https://127.0.0.1/",
        "https://127.1/",
        "https://127.0.1/",
        "https://0x7f000001/",
        "https://0x7f.1/",
        "https://0X7F.0.0.1/",
        "https://2130706433/",
        "https://017700000001/",
        "https://0177.0.0.1/",
        "https://127.0.0.1./",
        "https://127.000.000.001/",
        "https://0/",
        "https://0.0.0.0/",
        "https://10.1.2.3/",
        "https://100.64.0.1/",
        "https://168.63.129.16/",
        "https://169.254.169.254/latest/meta-data/",
        "https://172.16.0.1/",
        "https://192.168.1.1/",
        "https://192.0.0.192/",
        "https://198.18.0.1/",
        "https://224.0.0.1/",
        "https://255.255.255.255/",
        "https://[::]/",
        "https://[::1]/",
        "https://[0:0:0:0:0:0:0:1]/",
        "https://[::127.0.0.1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://[::ffff:7f00:1]/",
        "https://[::ffff:8.8.8.8]/",
        "https://[64:ff9b::7f00:1]/",
        "https://[64:ff9b:1::a00:1]/",
        "https://[2002:7f00:1::]/",
        "https://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/",
        "https://[2001:db8::1]/",
        "https://[2606:4700::5efe:7f00:1]/",
        "https://[fc00::1]/",
        "https://[fd12:3456::1]/",
        "https://[fe80::1]/",
        "https://[fe80::1%25eth0]/",
        "https://[fec0::1]/",
        "https://[ff02::1]/",
        "https://[4000::1]/",
        "https://[1.2.3.4]/x]/",
        "https://[::g]/",
        "https://example.com/" + "a" * (URL_LENGTH_MAX - 19),
    ],
)
def test_nothing_else_is_allowed(url: str) -> None:
    """T15: no private, loopback, link-local, multicast, reserved, mapped or tunnelled address, however it is spelt."""
    assert not allowed(url)


@pytest.mark.parametrize("url", [None, 1, b"https://example.com/", ["https://example.com/"]])
def test_a_target_is_text(url: object) -> None:
    """T15: what is no text is no target."""
    with pytest.raises(Refused):
        read_target(url)


@pytest.mark.parametrize(
    ("url", "is_allowed"),
    [
        ("http://localhost:8080/", True),
        ("http://127.0.0.1:80/", True),
        ("http://[::1]:8080/", True),
        ("http://receiver.test/", True),
        ("http://127.0.0.2/", False),
        ("http://localhost.example/", False),
        ("http://127.1/", False),
        ("https://10.0.0.1/", False),
    ],
)
def test_local_hosts_are_allowed_by_name(url: str, *, is_allowed: bool) -> None:
    """B27: a setting lets named hosts be called without TLS and on this machine; nothing else comes with it."""
    assert allowed(url, LOCAL) == is_allowed
    assert not allowed(url)


@pytest.mark.parametrize("address", ["8.8.8.8", "1.1.1.1", "2606:4700:4700::1111"])
def test_a_resolved_address_of_the_public_network_is_allowed(address: str) -> None:
    """T15: the table has no public address in it."""
    check_address(address)


@pytest.mark.parametrize(
    ("address", "is_local", "is_allowed"),
    [
        ("127.0.0.1", False, False),
        ("127.0.0.1", True, True),
        ("::1", True, True),
        ("10.0.0.1", True, False),
        ("169.254.169.254", True, False),
        ("0.0.0.0", True, False),  # noqa: S104 - nothing listens
        ("::ffff:127.0.0.1", True, False),
        ("fe80::1%eth0", False, False),
        ("2606:4700::1%eth0", False, False),
        ("localhost", True, False),
        ("", False, False),
    ],
)
def test_a_resolved_address_is_judged_by_the_same_table(address: str, *, is_local: bool, is_allowed: bool) -> None:
    """T15: a name that stands for an address of our own network is refused when the connection is made."""
    if is_allowed:
        check_address(address, is_local=is_local)
        return
    with pytest.raises(Refused):
        check_address(address, is_local=is_local)


def test_a_target_is_read_in_parts() -> None:
    """B27: host and port are what is connected to, the path is what is asked for."""
    assert read_target("https://Example.com:8443/a?b=c") == ("https", "example.com", 8443, "/a?b=c")
    assert read_target("http://[::1]") == ("http", "::1", 80, "/")
    assert read_target("https://example.com?b") == ("https", "example.com", 443, "/?b")
