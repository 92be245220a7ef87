"""Queries of the month: one with thousands of dates costs little more than one with a few."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache, partial
from itertools import groupby
from typing import Any, Final

from events.domain.dates import EventDate
from events.domain.event import Event
from events.domain.places import Organiser
from events.domain.registration import Registration
from events.domain.texts import Text
from events.filtering.conditions import (
    EVENT_JOINS,
    ActivityLabels,
    Condition,
    all_of,
    date_condition,
    event_condition,
    instant,
    page_window,
)
from events.filtering.filters import EventFilter, Window
from events.filtering.parameters import PARAMETERS
from events.pages.month.grid import Month
from events.schedule.recurrence import Schedule, ScheduleKind
from events.storage.loading import DATE_COLUMNS, date_of
from web.database.connection import as_date, as_json, fetch

ASKED_OF_DATES: Final = ("start", "end", "when", "weekday", "starts_after", "starts_before", "status")
"""Parameters that leave nearly every event in."""
LONG_AGO: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class MonthDate:
    """An event on one of its dates, with the local days it touches.

    Of the event only this is read: its address, titles, status, first activity, and whether it is a series.
    """

    event: Event
    shown: EventDate
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class FoundMonth:
    """The dates of a month in the order of time.

    Of those that begin on one day only the first few are here, and every one that lasts longer than its day;
    `begin` says how many begin on each day. `earlier` and `later` are the nearest days on which something begins
    before the month and after it; None where nothing does.
    """

    dates: tuple[MonthDate, ...]
    begin: Mapping[date, int]
    earlier: date | None
    later: date | None


async def find_month(
    filter_: EventFilter, labels: ActivityLabels, *, month: Month, today: date, series: str, most: int
) -> FoundMonth:
    """The dates of a filter in a month, whatever times it names: at most `most` of those that begin on one day."""
    anytime = filter_.with_(start=None, end=None, when=())
    rows = await _dates(anytime, labels, month=month, today=today, series=series, most=most)
    events = await _events(sorted({row["event_id"] for row in rows}))
    earlier, later = await _neighbours(anytime, labels, month=month, today=today)
    return FoundMonth(
        tuple(
            MonthDate(events[row["event_id"]], date_of(row), as_date(row["local_date"]), as_date(row["last_date"]))
            for row in rows
        ),
        {as_date(row["local_date"]): row["together"] for row in rows},
        earlier,
        later,
    )


def _of_events(filter_: EventFilter, labels: ActivityLabels) -> Condition:
    """That a date `o` is of an event that the filter finds.

    Where it asks for certain events those are gathered once; where nearly all will do, each date asks for its own.
    """
    asks = any(filter_.values_of(key) for key in PARAMETERS if key not in ASKED_OF_DATES)
    events = event_condition(filter_, labels, terms_first=asks)
    found = f"SELECT e.id FROM event e {EVENT_JOINS} WHERE {events.sql}"
    return Condition(
        f"o.event_id IN ({found})" if asks else f"EXISTS ({found} AND e.id = o.event_id)",
        events.values,
    )


async def _dates(
    filter_: EventFilter, labels: ActivityLabels, *, month: Month, today: date, series: str, most: int
) -> list[dict[str, Any]]:
    inside, window = filter_.with_(start=month.first, end=month.last), page_window(today)
    found = [_of_events(filter_, labels), date_condition(inside, today, window)]
    if series == "collapse":
        earlier = date_condition(inside, today, window, alias="earlier")
        found.append(
            Condition(
                "NOT EXISTS (SELECT 1 FROM occurrence earlier WHERE earlier.event_id = o.event_id"
                f" AND earlier.start < o.start AND {earlier.sql})",
                earlier.values,
            )
        )
    condition = all_of(found)
    return await fetch(
        f"SELECT * FROM (SELECT {DATE_COLUMNS}, o.local_date, o.last_date,"
        " ROW_NUMBER() OVER (PARTITION BY o.local_date ORDER BY o.start, o.event_id) AS turn,"
        " COUNT(*) OVER (PARTITION BY o.local_date) AS together"
        f" FROM occurrence o WHERE {condition.sql}) found"
        " WHERE turn <= ? OR last_date > local_date ORDER BY start, event_id",
        *condition.values,
        most,
    )


async def _neighbours(
    filter_: EventFilter, labels: ActivityLabels, *, month: Month, today: date
) -> tuple[date | None, date | None]:
    """The nearest days before and after the month on which something begins: the index on starts is read from there."""
    condition = all_of([_of_events(filter_, labels), date_condition(filter_, today, Window(None, None))])
    nearest = f"SELECT o.local_date FROM occurrence o WHERE {condition.sql} AND o.start"
    (row,) = await fetch(
        f"SELECT ({nearest} < ? ORDER BY o.start DESC LIMIT 1) AS earlier,"
        f" ({nearest} >= ? ORDER BY o.start LIMIT 1) AS later",
        *condition.values,
        instant(datetime.combine(month.first, datetime.min.time())),
        *condition.values,
        instant(datetime.combine(month.after.first, datetime.min.time())),
    )
    earlier, later = (as_date(row[key]) if row[key] else None for key in ("earlier", "later"))
    return earlier, later


async def _events(ids: Sequence[int]) -> Mapping[int, Event]:
    if not ids:
        return {}
    rows = await fetch(
        'SELECT e.id, e.public_id, e.category, e.original_language, e.schedule, e.event_status, e."full",'
        " (SELECT a.value FROM event_term a WHERE a.event_id = e.id AND a.facet = 'activity'"
        " ORDER BY a.id LIMIT 1) AS activity, t.language, t.title"
        " FROM event e LEFT JOIN event_text t ON t.event_id = e.id"
        f" WHERE e.id IN ({', '.join('?' * len(ids))}) ORDER BY e.id",
        *ids,
    )
    return {key: _event(list(group)) for key, group in groupby(rows, key=lambda row: row["id"])}


def _event(rows: Sequence[Mapping[str, Any]]) -> Event:
    """What was read of one event: one row for each of its titles."""
    row = rows[0]
    stored = as_json(row["schedule"])
    return _known(
        id=row["id"],
        public_id=row["public_id"],
        category=row["category"],
        original_language=row["original_language"],
        activities=(row["activity"],) if row["activity"] else (),
        schedule=_schedule(stored["kind"], all_day=stored["all_day"]),
        event_status=row["event_status"],
        full=bool(row["full"]),
        texts=dict(_titles(rows)),
    )


@lru_cache
def _schedule(kind: str, *, all_day: bool) -> Schedule:
    unread = LONG_AGO.replace(tzinfo=None)
    return Schedule(ScheduleKind(kind), unread, unread, all_day)


def _titles(rows: Iterable[Mapping[str, Any]]) -> Iterable[tuple[str, Text]]:
    return ((row["language"], Text(row["title"])) for row in rows if row["language"])


_known: Final = partial(
    Event,
    organiser=Organiser("", ""),
    place=None,
    kind="event",
    audiences=(),
    promises=(),
    no_language=False,
    online=False,
    online_url="",
    price="unknown",
    prices=(),
    registration=Registration(),
    min_age=None,
    max_age=None,
    access={},
    first_time={},
    nearest_stop="",
    contact_email="",
    contact_phone="",
    link="",
    status_reason="",
    withdrawn=False,
    sequence=0,
    created=LONG_AGO,
    modified=LONG_AGO,
    confirmed=None,
)
"""An event of which only what is given is known."""
