"""
Targets of webhooks: which addresses may be called at all.

An address that a customer names is called from within our network, so it must not lead back into it. What can be told
from the spelling is refused here; what a name stands for is judged when the connection is made, by the same table.
"""

import re
from collections.abc import Set as AbstractSet
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import NamedTuple

from onhand.kernel.refusals import Refused

URL_LENGTH_MAX = 2000
PORTS = {"https": 443, "http": 80}
_PORT_LEAST = 1024
_PORT_MAX = 65_535

_URL = re.compile(
    r"(?P<scheme>https?)://(?P<host>\[[0-9A-Fa-f:.]{2,45}\]|[0-9A-Za-z_.-]{1,253})(?::(?P<port>[0-9]{1,5}))?"
    r"(?P<path>(?:/[!-\"$->@-~]*)?(?:\?[!-\"$-~]*)?)"
)
_NUMBER = re.compile(r"[0-9]+|0[xX][0-9a-fA-F]*")


class Target(NamedTuple):
    """Where a webhook leads; `path` holds the query too."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def address(self) -> IPv4Address | IPv6Address | None:
        """The address, where the host is one and no name."""
        try:
            return ip_address(self.host)
        except ValueError:
            return None


_REFUSED: tuple[tuple[IPv4Network | IPv6Network, str], ...] = tuple(
    (ip_network(network), what)
    for network, what in (
        ("0.0.0.0/8", "unspecified"),
        ("10.0.0.0/8", "private"),
        ("100.64.0.0/10", "shared by a carrier"),
        ("127.0.0.0/8", "loopback"),
        ("168.63.129.16/32", "a cloud's own"),
        ("169.254.0.0/16", "link-local"),
        ("172.16.0.0/12", "private"),
        ("192.0.0.0/24", "reserved"),
        ("192.0.2.0/24", "for documentation"),
        ("192.88.99.0/24", "a relay of 6to4"),
        ("192.168.0.0/16", "private"),
        ("198.18.0.0/15", "for benchmarks"),
        ("198.51.100.0/24", "for documentation"),
        ("203.0.113.0/24", "for documentation"),
        ("224.0.0.0/4", "multicast"),
        ("240.0.0.0/4", "reserved"),
        ("::/128", "unspecified"),
        ("::1/128", "loopback"),
        ("::ffff:0:0/96", "a mapped address of IPv4"),
        ("::/96", "a compatible address of IPv4"),
        ("64:ff9b::/96", "a translated address of IPv4"),
        ("64:ff9b:1::/48", "a translated address of IPv4"),
        ("2001::/32", "an address of IPv4 in a Teredo tunnel"),
        ("2001::/23", "reserved"),
        ("2001:db8::/32", "for documentation"),
        ("2002::/16", "an address of IPv4 in a 6to4 tunnel"),
        ("3fff::/20", "for documentation"),
        ("fc00::/7", "private"),
        ("fe80::/10", "link-local"),
        ("fec0::/10", "private"),
        ("ff00::/8", "multicast"),
    )
)
_GLOBAL = ip_network("2000::/3")
_ISATAP = (0x00005EFE, 0x02005EFE)


def read_target(url: object) -> Target:
    """
    Read a URL; only what may be one is one.

    No user in it, no fragment, no spaces, no second spelling of a host, nothing beyond ASCII.

    Raises:
        Refused: WEBHOOK_TARGET_FORBIDDEN with what is wrong.
    """
    if type(url) is not str or len(url) > URL_LENGTH_MAX:
        raise _forbidden(f"it is no text of at most {URL_LENGTH_MAX} characters")
    found = _URL.fullmatch(url)
    if found is None:
        raise _forbidden("it is not like https://example.com/path, without user, fragment and spaces")
    host = found["host"].lower().strip("[]")
    port = int(found["port"]) if found["port"] else PORTS[found["scheme"]]
    if not 0 < port <= _PORT_MAX:
        raise _forbidden("there is no such port")
    target = Target(found["scheme"], host, port, found["path"] or "/")
    is_bracketed = found["host"][0] == "["
    is_spelt_as_address = is_bracketed or _NUMBER.fullmatch(host.rstrip(".").rpartition(".")[2]) is not None
    if is_spelt_as_address and (target.address is None or (target.address.version == 6) != is_bracketed):  # noqa: PLR2004 - of IP
        raise _forbidden("its host is an odd spelling of an address")
    return target if target.path[0] == "/" else target._replace(path=f"/{target.path}")


def check_target(target: Target, local_hosts: AbstractSet[str] = frozenset()) -> None:
    """
    Refuse what is not to be called, as far as the URL tells.

    Args:
        target: Where it leads.
        local_hosts: Hosts that may be called without TLS and on this machine itself: for development and tests.

    Raises:
        Refused: WEBHOOK_TARGET_FORBIDDEN with the reason.
    """
    is_local = target.host in local_hosts
    if target.scheme != "https" and not is_local:
        raise _forbidden("only https is allowed")
    if not is_local and target.port != PORTS["https"] and target.port < _PORT_LEAST:
        raise _forbidden(f"only port {PORTS['https']} and those from {_PORT_LEAST} on are allowed")
    if target.host == "localhost" and not is_local:
        raise _forbidden("its host is this machine itself")
    if target.address is not None:
        check_address(target.host, is_local=is_local)


def check_address(text: str, *, is_local: bool = False) -> None:
    """
    Refuse an address of IP that is not one of the public network.

    Args:
        text: The address, as a resolver gives it.
        is_local: Whether loopback is allowed.

    Raises:
        Refused: WEBHOOK_TARGET_FORBIDDEN with what the address is.
    """
    try:
        address = ip_address(text)
    except ValueError:
        raise _forbidden("its address cannot be read") from None
    if is_local and address.is_loopback:
        return
    why = _objection(address)
    if why is not None:
        raise _forbidden(f"its address is {why}")


def _objection(address: IPv4Address | IPv6Address) -> str | None:
    for network, what in _REFUSED:
        if address.version == network.version and address in network:
            return what
    if isinstance(address, IPv6Address):
        if address.scope_id is not None or address not in _GLOBAL:
            return "reserved"
        if int(address) >> 32 & 0xFFFFFFFF in _ISATAP:
            return "an address of IPv4 in an ISATAP tunnel"
    return None if address.is_global and not address.is_multicast else "not public"


def _forbidden(detail: str) -> Refused:
    return Refused("WEBHOOK_TARGET_FORBIDDEN", detail=detail)
