"""Who asks: what a stranger says of himself is not believed, and no address is kept."""

from ipaddress import ip_network

import pytest
from starlette.requests import Request

from tests.people import Calendar
from web.client_address import client_address, client_mark

PROXIES = (ip_network("10.0.0.0/8"), ip_network("::1/128"))


def asking(peer: str, *forwarded: str) -> Request:
    headers = [(b"x-forwarded-for", value.encode()) for value in forwarded]
    return Request({"type": "http", "client": (peer, 1), "headers": headers})


@pytest.mark.parametrize(
    ("peer", "forwarded", "address"),
    [
        ("192.0.2.7", (), "192.0.2.7"),
        ("192.0.2.7", ("198.51.100.1",), "192.0.2.7"),
        ("10.1.1.1", ("198.51.100.1",), "198.51.100.1"),
        ("10.1.1.1", ("203.0.113.9, 198.51.100.1",), "198.51.100.1"),
        ("10.1.1.1", ("203.0.113.9", "198.51.100.1, 10.2.2.2"), "198.51.100.1"),
        ("10.1.1.1", ("nonsense",), "10.1.1.1"),
        ("10.1.1.1", ("198.51.100.1, nonsense",), "10.1.1.1"),
        ("::1", ("2001:db8:1:2:3:4:5:6",), "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", (), "192.0.2.7"),
        ("a socket", ("198.51.100.1",), "a socket"),
    ],
)
def test_only_a_listed_proxy_is_believed(peer: str, forwarded: tuple[str, ...], address: str) -> None:
    assert client_address(asking(peer, *forwarded), PROXIES) == address


def test_the_mark_of_a_client_is_another_one_tomorrow(calendar: Calendar) -> None:
    def mark(peer: str) -> str:
        return str(calendar.run(client_mark, peer, now=calendar.clock()))

    today = mark("192.0.2.7")
    assert (mark("192.0.2.7"), mark("192.0.2.8") == today) == (today, False)

    calendar.clock.move(days=1)
    assert mark("192.0.2.7") != today
