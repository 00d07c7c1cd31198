"""Where a message may be sent: to addresses of the public internet, over TLS.

A name is looked up once, every address that it has is judged, and the connection is made
to one that was judged: a name that leads elsewhere the next time (DNS rebinding) gains
nothing.
"""

import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Final
from urllib.parse import urlsplit

from mutasi.errors import WebhookAddressForbidden, WebhookAddressUnusable, WebhookUnreachable

LONGEST: Final = 2000
PORTS: Final = {"https": 443, "http": 80}

FORBIDDEN: Final = tuple(
    ip_network(net)
    for net in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",  # carrier-grade NAT, and metadata of some clouds
        "127.0.0.0/8",
        "169.254.0.0/16",  # link-local, and metadata of most clouds
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
        "::/96",
        "::ffff:0:0:0/96",  # IPv4-translated
        "64:ff9b::/96",  # NAT64: leads to any IPv4
        "64:ff9b:1::/48",
        "100::/64",
        "2001::/23",  # Teredo and other protocols
        "2001:db8::/32",
        "2002::/16",  # 6to4: leads to any IPv4
        "3fff::/20",
        "5f00::/16",
        "fc00::/7",
        "fe80::/10",
        "fec0::/10",
        "ff00::/8",
    )
)
"""Networks that are not the public internet (IANA's special-purpose registries)."""

Address = IPv4Address | IPv6Address


@dataclass(frozen=True)
class Target:
    """Where to connect to.

    Attributes:
        host: The name that the certificate must be for.
        address: The address that was judged.
        port: The port.
        path: What is asked for, with the query.
        is_secure: Whether over TLS.
    """

    host: str
    address: str
    port: int
    path: str
    is_secure: bool


def require_usable(url: str, *, to_loopback: bool = False) -> None:
    """Refuse an address that nothing could ever be sent to; names are not looked up.

    Args:
        url: The address.
        to_loopback: Whether this machine may be reached, without TLS too: for tests.

    Raises:
        WebhookAddressUnusable: If it is no URL as it must be.
        WebhookAddressForbidden: If it names an address that may not be reached.
    """
    host, _, is_secure = _taken_apart(url, to_loopback)
    try:
        address = ip_address(host)
    except ValueError:
        if not is_secure and host != "localhost":
            raise WebhookAddressForbidden from None
        return
    _require_public(url, address, to_loopback)


def target_of(url: str, *, to_loopback: bool = False) -> Target:
    """Return where to connect to, after looking the name up.

    Raises:
        WebhookAddressUnusable: If it is no URL as it must be.
        WebhookUnreachable: If the name has no address.
        WebhookAddressForbidden: If any address that it has may not be reached.
    """
    host, port, is_secure = _taken_apart(url, to_loopback)
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise WebhookUnreachable(reason="name") from error
    addresses = [str(each[4][0]) for each in found]
    for each in addresses:
        _require_public(url, ip_address(each), to_loopback)
    parts = urlsplit(url)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(host, addresses[0], port, path, is_secure)


def is_public(address: Address) -> bool:
    """Return whether an address is one of the public internet.

    >>> is_public(ip_address("8.8.8.8")), is_public(ip_address("::ffff:8.8.8.8"))
    (True, False)
    """
    if isinstance(address, IPv6Address) and (address.ipv4_mapped or address.scope_id):
        return False
    return address.is_global and not any(address in net for net in FORBIDDEN)


def _require_public(url: str, address: Address, to_loopback: bool) -> None:
    if to_loopback and address.is_loopback:
        return
    if not is_public(address) or urlsplit(url).scheme != "https":
        raise WebhookAddressForbidden


def _taken_apart(url: str, to_loopback: bool) -> tuple[str, int, bool]:
    """Return host, port and whether over TLS."""
    is_plain = url.isascii() and url.isprintable() and " " not in url and "\\" not in url
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise WebhookAddressUnusable from None
    is_known = parts.scheme == "https" or (to_loopback and parts.scheme == "http")
    is_bare = parts.username is None and parts.password is None and not parts.fragment
    if not (is_plain and is_known and is_bare and parts.hostname and len(url) <= LONGEST):
        raise WebhookAddressUnusable
    return parts.hostname, port or PORTS[parts.scheme], parts.scheme == "https"
