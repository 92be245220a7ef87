"""The revision counter, raised in the transaction of every visible change.

Last-Modified and the validity of cached responses are derived from it.
"""

from __future__ import annotations

from datetime import UTC, datetime

from tortoise import fields
from tortoise.models import Model

from web.database.connection import as_utc, connection, dialect, fetch
from web.database.fields import UTCDatetimeField

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
CHANNEL = "revision"
"""Where PostgreSQL tells every listening process of a change, with its commit."""

_changes_here = 0


class Revision(Model):
    """The only row, with id 1."""

    # "Generated" although it is always 1: Tortoise's migrations forget generated=False.
    id = fields.IntField(primary_key=True)
    number = fields.BigIntField()
    changed = UTCDatetimeField()

    class Meta:
        table = "revision"


async def raise_revision(now: datetime) -> int:
    """Count one more change and return its number; exact under concurrency, undone with its transaction.

    `changed` never goes back, even if the clocks of two processes disagree. Call it last in a transaction: on
    PostgreSQL others wait for the row until the transaction ends, and writing other rows after it invites
    deadlocks. ValueError if `now` is naive.
    """
    rows = await fetch(
        "INSERT INTO revision (id, number, changed) VALUES (1, 1, ?) ON CONFLICT (id) DO UPDATE SET"
        " number = revision.number + 1,"
        " changed = CASE WHEN excluded.changed > revision.changed"
        " THEN excluded.changed ELSE revision.changed END"
        " RETURNING number",
        now,
    )
    global _changes_here
    _changes_here += 1
    if dialect(connection()) == "postgres":
        await fetch("SELECT pg_notify(?, '')", CHANNEL)
    return int(rows[0]["number"])


def changes_here() -> int:
    """How many changes this process has made so far, whether committed yet or undone."""
    return _changes_here


async def current_revision() -> tuple[int, datetime]:
    """The number and moment of the last visible change: (0, 1970-01-01 UTC) before the first."""
    rows = await fetch("SELECT number, changed FROM revision WHERE id = 1")
    return (int(rows[0]["number"]), as_utc(rows[0]["changed"])) if rows else (0, EPOCH)
