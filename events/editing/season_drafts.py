"""The same again next season, from what an organisation had: which series have ended, and a draft of each anew."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Final

from events.editing.drafts import payload_of_draft
from events.editing.proposals import Stored, begin
from events.editing.refusals import Refused
from events.editing.seasons import next_season
from events.editing.stored_drafts import draft_of
from events.facts import EventDraft
from events.models import Event
from web.database import fetch

LAST: Final = timedelta(days=365)
SOON: Final = timedelta(days=30)


async def last_season(organisation_id: int, *, today: date) -> list[tuple[str, EventDraft]]:
    """(public id, draft) of the series that ended within a year or will within a month, the latest end first.

    What was called off as a whole, or already has a later series of the same name, is still offered: who reads the
    list knows best.
    """
    rows = await fetch(
        "SELECT e.id, e.public_id, MAX(o.local_date) AS last_day FROM event e JOIN occurrence o ON o.event_id = e.id"
        " WHERE e.organisation_id = ? AND e.publication = 'published' GROUP BY e.id, e.public_id"
        " HAVING COUNT(*) > 1 AND MAX(o.local_date) >= ? AND MAX(o.local_date) <= ? ORDER BY last_day DESC, e.id",
        organisation_id,
        today - LAST,
        today + SOON,
    )
    return [(row["public_id"], await draft_of(row["id"])) for row in rows]


async def begin_next_season(
    public_id: str, first: date, *, author_id: int | None, now: datetime, skipped: Iterable[date] | None = None
) -> Stored:
    """A draft of the same series from `first` on. Raises `Refused`, and `ScheduleError` for dates that cannot be."""
    event = await Event.get_or_none(public_id=public_id).prefetch_related("organisation")
    if event is None:
        raise Refused("no_such_event")
    fields = payload_of_draft(next_season(await draft_of(event.id), first, skipped))
    return await begin(organisation_id=event.organisation.id, author_id=author_id, fields=fields, now=now)
