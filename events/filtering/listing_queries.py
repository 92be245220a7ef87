"""Queries of a listing, for every representation but feeds: one statement finds the dates, the events follow.

Finding and loading are apart so that an event whose card is cached need not be loaded again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final

from events.domain.dates import EventDate
from events.domain.event import Event
from events.domain.vocabulary import NOT_TAKING_PLACE
from events.filtering.conditions import (
    EVENT_JOINS,
    ActivityLabels,
    Condition,
    all_of,
    date_condition,
    event_condition,
    first_day,
    instant,
    page_window,
)
from events.filtering.filters import EventFilter, Window
from events.filtering.listing import ListedDate, Listing, Presentation
from events.storage.loading import DATE_COLUMNS, date_of, load_events
from web.database.connection import fetch

DATES: Final = f"occurrence o JOIN event e ON e.id = o.event_id {EVENT_JOINS}"
AS_PLANNED: Final = "f.status NOT IN ('cancelled', 'postponed') AND f.\"full\" = FALSE AND f.start = f.original_start"
TAKES_PLACE: Final = "later.status NOT IN ('cancelled', 'postponed') AND later.\"full\" = FALSE"


Row = Mapping[str, Any]
Marks = tuple[tuple[Any, ...], ...]
"""What tells one page of dates from another: all that was read of them."""


@dataclass(frozen=True, slots=True)
class FoundDate:
    """One date that a filter finds.

    `day` is the local day it stands under. Equal `marks` mean that everything about it is equal: the event as last
    changed, the date, how many others match and which takes place next.
    """

    event_id: int
    one: EventDate
    day: date
    others: int
    following_id: int | None
    marks: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A page of the dates that a filter finds, in the order of time, their events not loaded yet."""

    filter: EventFilter
    presentation: Presentation
    today: date
    dates: tuple[FoundDate, ...]
    has_next: bool
    marks: Marks


async def find(filter_: EventFilter, labels: ActivityLabels, *, today: date, presentation: Presentation) -> Listing:
    """One page of what a filter finds, with whole events."""
    found = await find_dates(filter_, labels, today=today, presentation=presentation)
    entries = await loaded(found.dates)
    return Listing(filter_, presentation, today, tuple(entries), has_next=found.has_next)


async def find_dates(filter_: EventFilter, labels: ActivityLabels, *, today: date, presentation: Presentation) -> Found:
    """One page of the dates that a filter finds: one statement."""
    rows = await find_rows(filter_, labels, today=today, presentation=presentation)
    return found_in(rows, filter_, today=today, presentation=presentation)


def found_in(rows: Sequence[Row], filter_: EventFilter, *, today: date, presentation: Presentation) -> Found:
    """The dates in what `find_rows` has read."""
    windows = filter_.windows(today, page_window(today))
    dates = []
    for row in rows[: presentation.limit]:
        one = date_of(row)
        dates.append(
            FoundDate(
                event_id=row["event_id"],
                one=one,
                day=first_day(windows, one.local_start, one.local_end),
                others=max(row["dates"] - 1, 0),
                following_id=row["following_id"],
                marks=tuple(row.values()),
            )
        )
    has_next = len(rows) > presentation.limit
    return Found(filter_, presentation, today, tuple(dates), has_next, marks_of(rows, presentation))


def marks_of(rows: Sequence[Row], presentation: Presentation) -> Marks:
    """Equal where everything on the page is equal."""
    return (*(tuple(row.values()) for row in rows[: presentation.limit]), (len(rows) > presentation.limit,))


async def loaded(dates: Sequence[FoundDate]) -> list[ListedDate]:
    """These dates with their events, in the same order; a constant number of statements."""
    events = await load_events(sorted({found.event_id for found in dates}), with_dates=False)
    following = await _following([found.following_id for found in dates if found.following_id is not None])
    return [_entry(events[found.event_id], found, following) for found in dates if found.event_id in events]


def _entry(event: Event, found: FoundDate, following: Mapping[int, EventDate]) -> ListedDate:
    return ListedDate(
        event=event,
        shown=found.one,
        day=found.day,
        others=found.others if event.is_series else 0,
        next_taking_place=following.get(found.following_id or 0) if _others_may(event) else None,
    )


def _others_may(event: Event) -> bool:
    """Whether another date of the event may take place although the one shown does not as planned."""
    return event.is_series and event.event_status not in NOT_TAKING_PLACE and not event.full


async def find_rows(
    filter_: EventFilter, labels: ActivityLabels, *, today: date, presentation: Presentation
) -> Sequence[Row]:
    """The rows of one page of dates, and one more where there is a next page; `found_in` reads them."""
    # One statement, which is read as a whole.
    window = page_window(today)
    collapse = presentation.series == "collapse"
    conditions = [
        event_condition(filter_, labels),
        *_begun_since(filter_.windows(today, window)),
        date_condition(filter_, today, window),
    ]
    others = Condition("1")
    following = Condition("NULL")
    if collapse:
        # The first matching date stands for its series. Asked this way round, the page's rows are read in the
        # order of the index and the rest of the table is left alone.
        earlier = date_condition(filter_, today, window, alias="earlier")
        conditions.append(
            Condition(
                "NOT EXISTS (SELECT 1 FROM occurrence earlier WHERE earlier.event_id = o.event_id"
                f" AND earlier.start < o.start AND {earlier.sql})",
                earlier.values,
            )
        )
        matching = date_condition(filter_, today, window, alias="same")
        others = Condition(
            f"(SELECT COUNT(*) FROM occurrence same WHERE same.event_id = f.event_id AND {matching.sql})",
            matching.values,
        )
        coming = date_condition(EventFilter(), today, window, alias="later")
        following = Condition(
            f"CASE WHEN {AS_PLANNED} THEN NULL ELSE (SELECT later.id FROM occurrence later"
            f" WHERE later.event_id = f.event_id AND later.start > f.start AND {TAKES_PLACE} AND {coming.sql}"
            " ORDER BY later.start LIMIT 1) END",
            coming.values,
        )
    condition = all_of(conditions)
    # What is asked of each date besides is asked of the page's rows alone.
    return await fetch(
        f"SELECT f.*, {others.sql} AS dates, {following.sql} AS following_id FROM ("
        f"SELECT {DATE_COLUMNS}, e.modified FROM {DATES} WHERE {condition.sql}"
        " ORDER BY o.start, o.event_id LIMIT ? OFFSET ?) f ORDER BY f.start, f.event_id",
        *others.values,
        *following.values,
        *condition.values,
        presentation.limit + 1,
        (presentation.page - 1) * presentation.limit,
    )


def _begun_since(windows: Sequence[Window]) -> list[Condition]:
    """From where the index of starts is worth reading: the day on which the first window opens, or the start of the
    oldest date of several days that reaches into it. What is over before is passed over without being looked at."""
    opens = [window.start for window in windows if window.start is not None]
    if not opens or len(opens) < len(windows):
        return []
    first = min(opens)
    day = instant(datetime.combine(first, time()))
    return [
        Condition(
            "o.start >= COALESCE((SELECT MIN(CASE WHEN several.start < ? THEN several.start END)"
            ' FROM occurrence several WHERE several.last_date > several.local_date AND several."end" > ?), ?)',
            (day, instant(first), day),
        )
    ]


async def _following(ids: Sequence[int]) -> Mapping[int, EventDate]:
    if not ids:
        return {}
    marks = ", ".join("?" * len(ids))
    rows = await fetch(f"SELECT o.id, {DATE_COLUMNS} FROM occurrence o WHERE o.id IN ({marks})", *ids)
    return {row["id"]: date_of(row) for row in rows}
