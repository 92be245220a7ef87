"""Publishing, rewriting and withdrawing events, and storing places: one transaction each, the revision last.

For programs that speak for an organisation as a whole: imports, the demonstration. What people do goes through
`status_commands`, `edits` and `proposals`, which write the same rows, and an audit entry by which it can be undone.
`now` is always the caller's. Nothing here asks who may; the caller does, before.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tortoise.transactions import in_transaction

from events.domain.drafts import EventDraft
from events.editing.rows import event_rows
from events.storage.models import Event, Place
from events.storage.revision_marks import touch
from organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class Source:
    """Where an event came from: the importer's name, its id there, and a hash of what was read."""

    name: str
    id: str
    hash: str


async def publish(
    draft: EventDraft,
    organisation: Organisation,
    *,
    now: datetime,
    uid_domain: str,
    source: Source | None = None,
) -> str:
    """Make a new public event and return its public id. What comes from a source no person has confirmed."""
    origin = {"source": source.name, "source_id": source.id, "source_hash": source.hash} if source else {}
    async with in_transaction():
        confirmed = None if source else now
        event = await event_rows.insert(
            draft, organisation, now=now, uid_domain=uid_domain, confirmed=confirmed, **origin
        )
        await touch(now)
    return event.public_id


async def rewrite(event_id: int, draft: EventDraft, *, now: datetime, source: Source | None = None) -> None:
    """Replace everything an event says. SEQUENCE grows where times or status change, and only there. A source
    confirms nothing; what a person has confirmed before stands."""
    origin = {"source_hash": source.hash} if source else {}
    async with in_transaction():
        event = await Event.select_for_update().get(id=event_id)
        await event_rows.replace(event, draft, now=now, confirmed=None if source else now, **origin)
        await touch(now)


async def withdraw(event_id: int, *, by: str, now: datetime) -> None:
    """Take an event off every public page; its address answers 410 from then on.

    What its «organiser» takes off stays in feeds as cancelled for a while, so that phones that hold it learn of it;
    what the «city» takes off (spam, unlawful, personal) is gone at once.
    """
    async with in_transaction():
        event = await Event.select_for_update().get(id=event_id)
        await event_rows.set_publication(event, "withdrawn", by=by, now=now)
        await touch(now)


async def save_place(known: Place | None, columns: Mapping[str, Any], *, now: datetime) -> tuple[Place, bool]:
    """Make a place, or change one; (place, whether anything changed). A change touches every event held there."""
    if known is not None and all(getattr(known, name) == value for name, value in columns.items()):
        return known, False
    async with in_transaction():
        if known is None:
            return await Place.create(**columns), True
        known.update_from_dict(dict(columns))
        await known.save()
        for event in await Event.filter(place=known).prefetch_related("texts", "organisation"):
            await event_rows.derive_again(event, known, now=now)
        await touch(now)
    return known, True
