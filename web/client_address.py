"""The client's address, and a salted hash of it for rate limits that cannot be traced back after a day."""

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final

from starlette.requests import Request

from web.database.connection import fetch

UNKNOWN: Final = "unknown"
WHOLE_IPV6_CLIENT: Final = 64
"""The bits of an IPv6 address that one household or office has to itself."""

Network = IPv4Network | IPv6Network


async def client_mark(address: str, *, now: datetime) -> str:
    """A salted hash of this address, the same until tomorrow and in every process; the address is not in it."""
    salt = await _salt_of_the_day(now)
    return sha256(f"{salt} {address}".encode()).hexdigest()[:24]


def client_address(request: Request, proxies: Iterable[Network]) -> str:
    """The address that a request comes from; what a proxy says of it is believed only of `proxies`."""
    address = request.client.host if request.client else UNKNOWN
    forwarded = ",".join(request.headers.getlist("x-forwarded-for")).split(",")
    for before in reversed(forwarded):
        if not _within(address, proxies) or not _is_address(before.strip()):
            break
        address = before.strip()
    return _whole_client(address)


def _within(address: str, networks: Iterable[Network]) -> bool:
    return _is_address(address) and any(ip_address(address) in network for network in networks)


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def _whole_client(address: str) -> str:
    if not _is_address(address):
        return address
    read = ip_address(address)
    if not isinstance(read, IPv6Address):
        return str(read)
    if read.ipv4_mapped is not None:
        return str(read.ipv4_mapped)
    return str(ip_network((int(read), WHOLE_IPV6_CLIENT), strict=False))


async def _salt_of_the_day(now: datetime) -> int:
    """The random salt of the day; it is deleted with the counts."""
    rows = await fetch(
        "INSERT INTO rate_count (key, number, expires) VALUES (?, ?, ?)"
        " ON CONFLICT (key) DO UPDATE SET number = rate_count.number RETURNING number",
        f"salt {now:%Y-%m-%d}",
        secrets.randbits(31),
        now + timedelta(days=2),
    )
    return int(rows[0]["number"])
