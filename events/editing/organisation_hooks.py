"""The dependencies of `organisations` on events: lists to choose from, and hooks that update events after a change."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from events.domain import vocabulary
from events.domain.labels import label
from events.editing.rows import event_rows
from events.storage.models import Event
from events.storage.revision_marks import touch
from organisations.desk.responses import DeskDependencies
from web.database.connection import as_utc, fetch


async def tell_events(organisation_id: int, now: datetime) -> None:
    """Let every public event of an organisation take over its name; last in the transaction that changed it."""
    events = Event.filter(organisation_id=organisation_id, publication="published")
    for event in await events.order_by("id").prefetch_related("texts", "organisation", "place"):
        await event_rows.derive_again(event, event.place, now=now)
    await touch(now)


async def tell_events_of_standing(organisation_id: int, now: datetime) -> None:
    """Let every public event of an organisation follow it off the pages, or back: calendars hear of either; last in
    the transaction that changed its state."""
    for event in await Event.filter(organisation_id=organisation_id, publication="published").order_by("id"):
        event.sequence += 1
        await event.save(update_fields=["sequence"])
        await event_rows.mark_changed(event, now=now)
    await touch(now)


async def proposals_of(person_id: int) -> Mapping[str, Any]:
    """What somebody has proposed and not published, for her to take along."""
    rows = await fetch("SELECT key, state, created, modified FROM proposal WHERE author_id = ? ORDER BY id", person_id)
    return {
        "proposals": [
            {**row, "created": as_utc(row["created"]).isoformat(), "modified": as_utc(row["modified"]).isoformat()}
            for row in rows
        ]
    }


DEPENDENCIES: Final = DeskDependencies(
    kinds=tuple(vocabulary.ORGANISATION_KINDS),
    areas=tuple(vocabulary.AREAS),
    spoken=tuple(vocabulary.LANGUAGES),
    label=label,
    changed=tell_events,
    personal_data=proposals_of,
)
