"""Reconfirmations («Is it still on?»): which events to ask about, the link in the letter, and the answer.

The secret of a link is only ever in the letter: what is stored is its hash. It works once, until it expires, by a
button on a page; looking changes nothing.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Final

from tortoise.transactions import in_transaction

from events.editing.changes import Actor, Change, locked, written_down
from events.editing.errors import EditRefused
from events.storage.models import Confirmation, Event
from events.storage.revision_marks import UNTOLD, touch
from organisations.slugs import RESIDENTS
from web.database.connection import as_utc, fetch

SILENCE: Final = timedelta(days=60)
"""How long after its organiser's last word an event is asked about."""
AHEAD: Final = timedelta(days=30)
"""How soon its next date must be to be asked about."""
PAUSE: Final = timedelta(days=28)
"""How long after one letter there is no other."""
EXPIRES: Final = timedelta(days=45)
_HEARD: Final = "COALESCE(e.confirmed, e.modified)"
BY_LINK: Final = Actor(None, "link")


@dataclass(frozen=True, slots=True)
class Due:
    """An event to ask about, whose organisation, when it takes place next, and when it was last heard of."""

    event_id: int
    public_id: str
    organisation_id: int
    next_start: datetime
    heard: datetime


async def due(*, now: datetime, limit: int = 200) -> Sequence[Due]:
    """Public events that take place soon and of which nothing was heard for long, nor asked lately; soonest first.

    What none of its organiser's people has confirmed was heard of when it was last changed. Nobody asks about what an
    import keeps up to date, nor about what a resident has told: there is nobody to ask.
    """
    rows = await fetch(
        f"SELECT e.id, e.public_id, e.organisation_id, {_HEARD} AS heard, MIN(o.start) AS next_start FROM event e"
        " JOIN organisation g ON g.id = e.organisation_id JOIN occurrence o ON o.event_id = e.id"
        f" WHERE e.publication = 'published' AND g.state = 'approved' AND e.source IS NULL AND {_HEARD} < ?"
        " AND g.slug <> ?"
        " AND e.event_status NOT IN ('cancelled', 'postponed') AND o.status NOT IN ('cancelled', 'postponed')"
        " AND o.start >= ? AND o.start < ? AND NOT EXISTS (SELECT 1 FROM confirmation c"
        " WHERE c.event_id = e.id AND c.created > ?)"
        " GROUP BY e.id, e.public_id, e.organisation_id, e.confirmed, e.modified ORDER BY next_start, e.id LIMIT ?",
        now - SILENCE,
        RESIDENTS,
        now,
        now + AHEAD,
        now - PAUSE,
        limit,
    )
    return [
        Due(
            row["id"],
            row["public_id"],
            row["organisation_id"],
            as_utc(row["next_start"]),
            as_utc(row["heard"]),
        )
        for row in rows
    ]


async def ask(event_id: int, *, now: datetime) -> str:
    """Note that an event is being asked about, and return the secret for the link. Inside the transaction of the
    letter, so that neither goes without the other."""
    secret = secrets.token_urlsafe(24)
    await Confirmation.create(event_id=event_id, secret_hash=_hash(secret), created=now, expires=now + EXPIRES)
    return secret


async def asked_about(secret: str, *, now: datetime) -> str | None:
    """The public id of the event a link asks about; None where it is used, too old, or never was. Changes nothing."""
    rows = await fetch(
        "SELECT e.public_id FROM confirmation c JOIN event e ON e.id = c.event_id"
        " WHERE c.secret_hash = ? AND c.used IS NULL AND c.expires > ? AND e.publication = 'published'",
        _hash(secret),
        now,
    )
    return str(rows[0]["public_id"]) if rows else None


async def confirm_by_link(secret: str, *, now: datetime) -> Change:
    """Take the answer of a link, once. Raises `EditRefused`."""
    async with in_transaction():
        row: Any = await Confirmation.select_for_update().get_or_none(secret_hash=_hash(secret))
        if row is None or row.used is not None or row.expires <= now:
            raise EditRefused("token_used")
        row.used = now
        await row.save(update_fields=["used"])
        event = await Event.get(id=row.event_id)
        return await _confirmed(event.public_id, by=BY_LINK, now=now)


async def confirm(public_id: str, *, by: Actor, now: datetime) -> Change:
    """Say that an event is still on as it stands. Raises `EditRefused`."""
    async with in_transaction():
        return await _confirmed(public_id, by=by, now=now)


async def _confirmed(public_id: str, *, by: Actor, now: datetime) -> Change:
    event = await locked(public_id)
    event.confirmed, event.revision = now, UNTOLD
    await event.save(update_fields=["confirmed", "revision"])
    audit_id = await written_down(event, "confirm", {}, by=by, now=now)
    await touch(now)
    return Change(public_id, audit_id)


def _hash(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
