"""The dates of several organisations, as their desks list them: coming ones soonest first, past ones latest first."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from events.domain.dates import EventDate
from events.domain.event import Event
from events.storage.loading import DATE_COLUMNS, date_of, load_events
from web.database.connection import fetch

PAGE_SIZE: Final = 6


@dataclass(frozen=True, slots=True)
class DatesPage:
    """One page of dates. `more` says that another follows."""

    dates: Sequence[tuple[Event, EventDate]]
    more: bool


async def dates_of(organisation_ids: Collection[int], *, midnight: datetime, page: int, over: bool) -> DatesPage:
    """A page of the dates of public events that are not over, or that are. Two statements."""
    if not organisation_ids:
        return DatesPage((), more=False)
    marks = ", ".join("?" * len(organisation_ids))
    side, order = ('o."end" <= ?', "DESC") if over else ('o."end" > ?', "ASC")
    rows = await fetch(
        f"SELECT {DATE_COLUMNS} FROM occurrence o JOIN event e ON e.id = o.event_id"
        f" WHERE e.organisation_id IN ({marks}) AND e.publication = 'published' AND {side}"
        f" ORDER BY o.start {order}, o.event_id, o.original_date LIMIT ? OFFSET ?",
        *organisation_ids,
        midnight,
        PAGE_SIZE + 1,
        (page - 1) * PAGE_SIZE,
    )
    shown = rows[:PAGE_SIZE]
    events = await load_events(sorted({row["event_id"] for row in shown}), with_dates=False)
    return DatesPage([(events[row["event_id"]], date_of(row)) for row in shown], more=len(rows) > PAGE_SIZE)
