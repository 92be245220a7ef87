"""Rate limits: how often something may be tried, counted in the database for all processes together."""

from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from web.database.connection import as_utc, fetch

LONGEST_KEY: Final = 160


async def allowed(key: str, *, most: int, within: timedelta, now: datetime) -> timedelta | None:
    """None where this try is one of the `most` since the first of them, `within` ago at most; else how long to wait.

    Exact over processes. A try that is refused does not lengthen the wait. Call it outside transactions: what a
    transaction counts is forgotten if it is undone. What identifies a person or a machine belongs hashed into `key`.
    """
    rows = await fetch(
        "INSERT INTO rate_count (key, number, expires) VALUES (?, 1, ?) ON CONFLICT (key) DO UPDATE SET"
        " number = CASE WHEN rate_count.expires <= ? THEN 1 WHEN rate_count.number > ? THEN rate_count.number"
        " ELSE rate_count.number + 1 END,"
        " expires = CASE WHEN rate_count.expires <= ? THEN excluded.expires ELSE rate_count.expires END"
        " RETURNING number, expires",
        _short(key),
        now + within,
        now,
        most,
        now,
    )
    if int(rows[0]["number"]) <= most:
        return None
    return max(as_utc(rows[0]["expires"]) - now, timedelta(seconds=1))


async def forget(key: str) -> None:
    """Start counting anew: the tries so far were rightful."""
    await fetch("DELETE FROM rate_count WHERE key = ? RETURNING key", _short(key))


async def forget_expired(*, now: datetime) -> None:
    """Drop counts whose time is over."""
    await fetch("DELETE FROM rate_count WHERE expires <= ? RETURNING key", now)


def _short(key: str) -> str:
    return key if len(key) <= LONGEST_KEY else sha256(key.encode()).hexdigest()
