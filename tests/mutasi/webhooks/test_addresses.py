"""Where messages may be sent: nothing leads into a network that is not the public one."""

import socket
from ipaddress import ip_address
from typing import Any

import pytest

from mutasi.errors import (
    MutasiError,
    WebhookAddressForbidden,
    WebhookAddressUnusable,
    WebhookUnreachable,
)
from mutasi.webhooks import addresses
from mutasi.webhooks.addresses import Target, is_public, require_usable, target_of

INSIDE = [
    "0.0.0.0",  # noqa: S104 -- refused here
    "10.1.2.3",
    "100.64.0.1",
    "100.100.100.200",
    "127.0.0.1",
    "127.255.255.254",
    "169.254.169.254",
    "172.16.0.1",
    "192.0.0.192",
    "192.168.1.1",
    "198.18.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:8.8.8.8",
    "::ffff:0:127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b:1::1",
    "2001::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%lo",
    "fec0::1",
    "ff02::1",
]


def found(monkeypatch: pytest.MonkeyPatch, *answers: list[str]) -> list[str]:
    """Let names be looked up as an attacker likes, one answer after the other; tell which."""
    asked: list[str] = []
    left = list(answers)

    def looked_up(host: str, port: int, **_: Any) -> list[Any]:
        asked.append(host)
        return [(0, 0, 0, "", (address, port)) for address in left.pop(0)]

    monkeypatch.setattr(socket, "getaddrinfo", looked_up)
    return asked


@pytest.mark.parametrize("address", INSIDE)
def test_an_address_that_is_not_of_the_public_internet_is_refused(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    found(monkeypatch, [address])

    assert not is_public(ip_address(address))
    with pytest.raises(WebhookAddressForbidden):
        target_of("https://hooks.example.org/a")


@pytest.mark.parametrize("address", ["8.8.8.8", "103.10.105.1", "2606:4700::1111"])
def test_an_address_of_the_public_internet_may_be_reached(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    found(monkeypatch, [address])

    assert target_of("https://hooks.example.org/a?b=c") == Target(
        "hooks.example.org", address, 443, "/a?b=c", is_secure=True
    )


def test_a_name_of_which_one_address_is_inside_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    found(monkeypatch, ["8.8.8.8", "127.0.0.1"])

    with pytest.raises(WebhookAddressForbidden):
        target_of("https://hooks.example.org")


def test_a_name_is_looked_up_once_and_the_address_that_was_judged_is_what_is_connected_to(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = found(monkeypatch, ["8.8.8.8"], ["127.0.0.1"])

    target = target_of("https://rebinding.example.org")

    assert (target.address, target.host) == ("8.8.8.8", "rebinding.example.org")
    assert asked == ["rebinding.example.org"]


@pytest.mark.parametrize(
    ("host", "address"),
    [("2130706433", "127.0.0.1"), ("0x7f.1", "127.0.0.1"), ("0177.0.0.1", "127.0.0.1")],
)
def test_a_number_written_otherwise_is_judged_by_what_it_leads_to(
    monkeypatch: pytest.MonkeyPatch, host: str, address: str
) -> None:
    found(monkeypatch, [address])

    with pytest.raises(WebhookAddressForbidden):
        target_of(f"https://{host}/")


@pytest.mark.parametrize(
    "url",
    [
        "",
        "hooks.example.org",
        "http://hooks.example.org",
        "ftp://hooks.example.org",
        "file:///etc/passwd",
        "https://",
        "https:///path",
        "https://user:secret@hooks.example.org",
        "https://hooks.example.org#part",
        "https://hooks.example.org:99999",
        "https://hooks.example.org:none",
        "https://[::1",
        "https://hooks.example.org/a b",
        "https://hooks.example.org/\r\nHost: inside",
        "https://hooks.example.org\\@inside",
        "https://h\u00f6\u00f6ks.example.org",
        "https://hooks.example.org/" + "a" * addresses.LONGEST,
    ],
)
def test_what_is_no_address_as_it_must_be_is_refused_at_once(url: str) -> None:
    with pytest.raises(WebhookAddressUnusable):
        require_usable(url)


@pytest.mark.parametrize("address", [one for one in INSIDE if "%" not in one])
def test_a_number_that_is_inside_is_refused_at_once(address: str) -> None:
    host = f"[{address}]" if ":" in address else address

    with pytest.raises(WebhookAddressForbidden):
        require_usable(f"https://{host}/hook")


def test_a_name_is_not_looked_up_when_it_is_subscribed(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = found(monkeypatch)

    require_usable("https://hooks.example.org:8443/a")

    assert not asked


def test_a_name_that_is_not_known_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", unknown)

    with pytest.raises(WebhookUnreachable, match="name"):
        target_of("https://hooks.example.org")


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("http://127.0.0.1:8001/a", True),
        ("https://[::1]/a", True),
        ("http://10.0.0.1/a", False),
        ("http://8.8.8.8/a", False),
        ("http://hooks.example.org/a", False),
        ("http://localhost:8001/a", True),
        ("https://169.254.169.254/a", False),
    ],
)
def test_only_where_it_is_allowed_this_machine_and_no_other_is_reached_without_tls(
    url: str, allowed: bool
) -> None:
    if allowed:
        require_usable(url, to_loopback=True)
    else:
        with pytest.raises(MutasiError):
            require_usable(url, to_loopback=True)
    with pytest.raises(MutasiError):
        require_usable(url)
