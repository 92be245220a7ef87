"""Every public question about events. `find` answers each representation; nothing filters after the query."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from events.addresses import public_id_of
from events.conditions import (
    EVENT_JOINS,
    PUBLIC,
    ActivityLabels,
    Condition,
    all_of,
    any_of,
    date_condition,
    event_condition,
    feed_window,
    first_day,
    in_feeds,
    page_window,
)
from events.facts import Event, EventDate
from events.filters import EventFilter, Window
from events.listing import ListedDate, Listing, Presentation
from events.loading import DATE_COLUMNS, date_of, load_events
from events.vocabulary import NOT_TAKING_PLACE
from web.database import as_utc, fetch

DATES = f"occurrence o JOIN event e ON e.id = o.event_id {EVENT_JOINS}"
TAKES_PLACE = "o.status NOT IN ('cancelled', 'postponed') AND o.\"full\" = FALSE"


async def find(filter_: EventFilter, labels: ActivityLabels, *, today: date, presentation: Presentation) -> Listing:
    """One page of the dates that a filter finds, in the order of time."""
    rows = await _matching_dates(filter_, labels, today=today, presentation=presentation)
    shown = rows[: presentation.limit]
    events = await load_events(sorted({row["event_id"] for row in shown}), with_dates=False)
    dates = [(events[row["event_id"]], date_of(row)) for row in shown]
    others: Mapping[int, int] = {}
    following: Mapping[int, EventDate] = {}
    if presentation.series == "collapse":
        others = await _others([key for key, event in events.items() if event.is_series], filter_, today)
        following = await _following([(event.id, one.start) for event, one in dates if _needs_next(event, one)], today)
    windows = filter_.windows(today, page_window(today))
    entries = (_entry(event, one, windows, others=others, following=following) for event, one in dates)
    return Listing(filter_, presentation, today, tuple(entries), has_next=len(rows) > presentation.limit)


def _entry(
    event: Event,
    one: EventDate,
    windows: Sequence[Window],
    *,
    others: Mapping[int, int],
    following: Mapping[int, EventDate],
) -> ListedDate:
    return ListedDate(
        event=event,
        shown=one,
        day=first_day(windows, one.local_start, one.local_end),
        others=max(others.get(event.id, 1) - 1, 0),
        next_taking_place=following.get(event.id),
    )


def _needs_next(event: Event, one: EventDate) -> bool:
    """Whether a card has to say when the series takes place next: this date does not as planned, but others may."""
    as_planned = event.takes_place(one) and not one.moved and not event.is_full(one)
    others_may = event.event_status not in NOT_TAKING_PLACE and not event.full
    return event.is_series and others_may and not as_planned


async def _matching_dates(
    filter_: EventFilter, labels: ActivityLabels, *, today: date, presentation: Presentation
) -> list[dict[str, Any]]:
    window = page_window(today)
    found = [event_condition(filter_, labels), date_condition(filter_, today, window)]
    if presentation.series == "collapse":
        # The first matching date stands for its series. Asked this way round, the page's rows are read in the
        # order of the index and the rest of the table is left alone.
        earlier = date_condition(filter_, today, window, alias="earlier")
        found.append(
            Condition(
                "NOT EXISTS (SELECT 1 FROM occurrence earlier WHERE earlier.event_id = o.event_id"
                f" AND earlier.start < o.start AND {earlier.sql})",
                earlier.values,
            )
        )
    condition = all_of(found)
    return await fetch(
        f"SELECT {DATE_COLUMNS} FROM {DATES} WHERE {condition.sql} ORDER BY o.start, o.event_id LIMIT ? OFFSET ?",
        *condition.values,
        presentation.limit + 1,
        (presentation.page - 1) * presentation.limit,
    )


async def _others(ids: Sequence[int], filter_: EventFilter, today: date) -> Mapping[int, int]:
    if not ids:
        return {}
    condition = date_condition(filter_, today, page_window(today))
    rows = await fetch(
        f"SELECT o.event_id, COUNT(*) AS dates FROM occurrence o WHERE o.event_id IN ({', '.join('?' * len(ids))})"
        f" AND {condition.sql} GROUP BY o.event_id",
        *ids,
        *condition.values,
    )
    return {row["event_id"]: row["dates"] for row in rows}


async def _following(shown: Sequence[tuple[int, datetime]], today: date) -> Mapping[int, EventDate]:
    """The next date of each series that takes place with room left: after the one shown, and not before today."""
    if not shown:
        return {}
    later = any_of(Condition("o.event_id = ? AND o.start > ?", each) for each in shown)
    condition = all_of([later, date_condition(EventFilter(), today, page_window(today))])
    rows = await fetch(
        f"SELECT * FROM (SELECT {DATE_COLUMNS},"
        " ROW_NUMBER() OVER (PARTITION BY o.event_id ORDER BY o.start) AS turn FROM occurrence o"
        f" WHERE {TAKES_PLACE} AND {condition.sql}) following WHERE turn = 1",
        *condition.values,
    )
    return {row["event_id"]: date_of(row) for row in rows}


def _has(dates: Condition) -> str:
    """That an event `e` has a date `o` of which this is true."""
    return f"EXISTS (SELECT 1 FROM occurrence o WHERE o.event_id = e.id AND {dates.sql})"


async def count(filter_: EventFilter, labels: ActivityLabels, *, today: date, presentation: Presentation) -> int:
    """How many entries all pages of `find` have together."""
    events = event_condition(filter_, labels, terms_first=True)
    dates = date_condition(filter_, today, page_window(today))
    if presentation.series == "collapse":
        counted = f"event e {EVENT_JOINS} WHERE {events.sql} AND {_has(dates)}"
    else:
        counted = f"{DATES} WHERE {events.sql} AND {dates.sql}"
    rows = await fetch(f"SELECT COUNT(*) AS total FROM {counted}", *events.values, *dates.values)
    return int(rows[0]["total"])


async def spoken_languages(*, today: date) -> Mapping[str, int]:
    """Language code -> number of events still to come in which somebody is understood in it; `zxx` included."""
    condition = date_condition(EventFilter(status=("on",)), today, page_window(today))
    rows = await fetch(
        "SELECT t.value, COUNT(*) AS events FROM event_term t WHERE t.facet = 'in_language'"
        f" AND t.event_id IN (SELECT e.id FROM event e {EVENT_JOINS} WHERE {PUBLIC}"
        f" AND e.event_status NOT IN ('cancelled', 'postponed') AND {_has(condition)})"
        " GROUP BY t.value",
        *condition.values,
    )
    return {row["value"]: row["events"] for row in rows}


async def coming_categories(*, today: date) -> set[str]:
    """The categories in which something is still to come."""
    condition = date_condition(EventFilter(status=("on",)), today, page_window(today))
    rows = await fetch(
        f"SELECT DISTINCT e.category FROM event e {EVENT_JOINS} WHERE {PUBLIC}"
        " AND e.event_status NOT IN ('cancelled', 'postponed')"
        f" AND {_has(condition)}",
        *condition.values,
    )
    return {row["category"] for row in rows}


FeedEntry = Mapping[str, Any]
"""One event of a feed: `id`, `uid`, the `form` of the whole feed, and its `body`, None where it is not written yet."""


async def find_for_feed(
    filter_: EventFilter,
    labels: ActivityLabels,
    *,
    today: date,
    language: str,
    forms: tuple[str, str],
    largest: int,
    version: str,
) -> Sequence[FeedEntry]:
    """The whole events of which a date matches, in the order of their first date and UID, with stored bytes.

    `forms` are the usual one and the one for a feed whose stored bytes together are more than `largest`: the
    database chooses, so that only one of them is read.
    """
    events = event_condition(filter_, labels, in_feeds(today), terms_first=True)
    dates = date_condition(filter_, today, feed_window(today))
    usual, short = (f"'{form}'" for form in forms)
    stored = (
        "r.event_id = f.id AND r.input_time = f.modified AND r.language = ? AND r.renderer_version = ? AND r.form ="
    )
    return await fetch(
        "WITH found AS (SELECT e.id, e.uid, e.modified,"
        " (SELECT MIN(first.start) FROM occurrence first WHERE first.event_id = e.id) AS first_start"
        f" FROM event e {EVENT_JOINS} WHERE {events.sql} AND {_has(dates)}),"
        f" chosen AS (SELECT CASE WHEN SUM(LENGTH(r.body)) > ? THEN {short} ELSE {usual} END AS form"
        f" FROM found f JOIN rendering r ON {stored} {usual})"
        " SELECT f.id, f.uid, c.form, r.body FROM chosen c CROSS JOIN found f"
        f" LEFT JOIN rendering r ON {stored} c.form ORDER BY f.first_start, f.uid",
        *events.values,
        *dates.values,
        largest,
        language,
        version,
        language,
        version,
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an event's address leads: `public`, or `gone` once it was withdrawn or its organiser suspended."""

    id: int
    public_id: str
    uid: str
    modified: datetime
    gone: bool


async def standing(address: str) -> Standing | None:
    """The standing of the event that a path segment names; None where the public never saw one."""
    rows = await fetch(
        "SELECT e.id, e.public_id, e.uid, e.modified, e.publication, e.published, g.state FROM event e"
        " JOIN organisation g ON g.id = e.organisation_id WHERE e.public_id = ?",
        public_id_of(address) or "",
    )
    if not rows or rows[0]["published"] is None:
        return None
    row = rows[0]
    gone = row["publication"] != "published" or row["state"] != "approved"
    return Standing(row["id"], row["public_id"], row["uid"], as_utc(row["modified"]), gone)


async def names_of(filter_: EventFilter) -> Mapping[tuple[str, str], str]:
    """The names behind the places and organisations of a filter, those that the public may see."""
    names: dict[tuple[str, str], str] = {}
    if filter_.organisation:
        marks = ", ".join("?" * len(filter_.organisation))
        rows = await fetch(
            f"SELECT slug, name FROM organisation WHERE state = 'approved' AND slug IN ({marks})", *filter_.organisation
        )
        names |= {("organisation", row["slug"]): row["name"] for row in rows}
    places = [int(value) for value in filter_.place if value.isascii() and value.isdigit() and len(value) < 10]
    if places:
        rows = await fetch(f"SELECT id, name FROM place WHERE id IN ({', '.join('?' * len(places))})", *places)
        names |= {("place", str(row["id"])): row["name"] for row in rows}
    return names


async def public_addresses(*, today: date) -> list[tuple[str, datetime]]:
    """(public id, last change) of every public event that is not over for good: for the site map."""
    condition = date_condition(EventFilter(), today, page_window(today))
    rows = await fetch(
        f"SELECT e.public_id, e.modified FROM event e {EVENT_JOINS} WHERE {PUBLIC} AND {_has(condition)} ORDER BY e.id",
        *condition.values,
    )
    return [(row["public_id"], as_utc(row["modified"])) for row in rows]
