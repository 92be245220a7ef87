"""Addresses with their queries, and other forms of the same content. Pure."""

from dataclasses import dataclass


def with_query(address: str, *queries: str) -> str:
    """An address with the queries that are not empty behind it."""
    query = "&".join(part for part in queries if part)
    return f"{address}?{query}" if query else address


@dataclass(frozen=True, slots=True)
class Alternate:
    """The same content in another form: a feed to discover."""

    href: str
    media_type: str
    title: str
