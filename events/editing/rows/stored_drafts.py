"""A stored event as a draft: the one that `event_rows` would store as it stands."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from events.domain.dates import DateChange, EventDate
from events.domain.drafts import EventDraft
from events.domain.event import Event
from events.editing.publishing_checks import Edited
from events.schedule.recurrence import Schedule
from events.storage.loading import load_events
from web.database.connection import as_json, fetch


async def draft_of(event_id: int) -> EventDraft:
    """The draft of a stored event, its own answers about access and its own status. KeyError if there is none."""
    event = (await load_events([event_id], with_dates=True))[event_id]
    rows = await fetch("SELECT own_access, event_status FROM event WHERE id = ?", event_id)
    return _draft(event, access=as_json(rows[0]["own_access"]), status=rows[0]["event_status"])


async def edited_of(event_id: int | None, scope: str, day: date | None) -> Edited | None:
    """What a proposal changes; None where it is of a new event."""
    return Edited(await draft_of(event_id), scope, day) if event_id is not None else None


def _draft(event: Event, *, access: Mapping[str, bool], status: str) -> EventDraft:
    same: dict[str, Any] = {
        name: getattr(event, name)
        for name in (
            *("kind", "category", "original_language", "schedule", "texts", "activities", "audiences", "promises"),
            *("no_language", "online", "online_url", "price", "prices", "registration", "min_age", "max_age"),
            *("first_time", "nearest_stop", "contact_email", "contact_phone", "link", "full", "status_reason"),
            "notes",
        )
    }
    return EventDraft(
        **same,
        place_id=event.place.id if event.place else None,
        access=access,
        event_status=status,
        changes=changes_of(event.schedule, event.dates),
    )


def changes_of(schedule: Schedule, dates: Iterable[EventDate]) -> dict[date, DateChange]:
    """What is special about each date, in the order of the plan: what `search_index.date_rows` made the dates of."""
    slots = {slot.original_date: slot for slot in schedule.slots()}
    found: dict[date, DateChange] = {}
    for one in sorted(dates, key=lambda one: one.original_date):
        slot = slots.get(one.original_date)
        as_planned = slot is not None and (one.start, one.end) == (slot.start, slot.end)
        change = DateChange(
            status=one.status,
            reason=one.reason,
            full=one.full,
            start=None if slot is not None and one.start == slot.start else one.start,
            end=None if as_planned else one.end,
            planned=slot is not None and one.original_start != slot.start,
        )
        if change != DateChange():
            found[one.original_date] = change
    return found
