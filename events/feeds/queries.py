"""Queries of the feeds: whole events with their stored bytes, and which of them have changed since."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from events.filtering.conditions import (
    EVENT_JOINS,
    ActivityLabels,
    date_condition,
    event_condition,
    feed_window,
    has_date,
    in_feeds,
)
from events.filtering.filters import EventFilter
from web.database.connection import fetch

FeedEntry = Mapping[str, Any]
"""One event of a feed: `id`, `uid`, `first_start`, the `form` of the whole feed, and its `body`, None where it is not
written yet; `usual_size` is what all that is stored in the usual form has in bytes."""

FIRST_START: Final = "(SELECT MIN(first.start) FROM occurrence first WHERE first.event_id = e.id) AS first_start"
STORED: Final = (
    "r.event_id = f.id AND r.input_time = f.modified AND r.language = ? AND r.renderer_version = ? AND r.form ="
)


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
    return await fetch(
        f"WITH found AS (SELECT e.id, e.uid, e.modified, {FIRST_START}"
        f" FROM event e {EVENT_JOINS} WHERE {events.sql} AND {has_date(dates)}),"
        " stored AS (SELECT COALESCE(SUM(LENGTH(r.body)), 0) AS usual_size"
        f" FROM found f JOIN rendering r ON {STORED} {usual}),"
        f" chosen AS (SELECT usual_size, CASE WHEN usual_size > ? THEN {short} ELSE {usual} END AS form FROM stored)"
        " SELECT f.id, f.uid, f.first_start, c.form, c.usual_size, r.body FROM chosen c CROSS JOIN found f"
        f" LEFT JOIN rendering r ON {STORED} c.form ORDER BY f.first_start, f.uid",
        *events.values,
        *dates.values,
        language,
        version,
        largest,
        language,
        version,
    )


async def changed_for_feed(
    filter_: EventFilter,
    labels: ActivityLabels,
    *,
    today: date,
    language: str,
    form: str,
    version: str,
    since: int,
    at_most: int,
) -> Sequence[FeedEntry]:
    """The events that have changed after revision `since`, or are about to, `at_most` of them and one more.

    `belongs` says whether the feed carries one now; `body` is as in `find_for_feed`.
    """
    events = event_condition(filter_, labels, in_feeds(today))
    dates = date_condition(filter_, today, feed_window(today))
    return await fetch(
        f"WITH f AS (SELECT e.id, e.uid, e.modified, {FIRST_START},"
        f" CASE WHEN {events.sql} AND {has_date(dates)} THEN 1 ELSE 0 END AS belongs"
        f" FROM event e {EVENT_JOINS} WHERE e.revision > ? OR e.revision = 0 ORDER BY e.revision LIMIT ?)"
        f" SELECT f.id, f.uid, f.first_start, f.belongs, r.body FROM f LEFT JOIN rendering r ON {STORED} ?",
        *events.values,
        *dates.values,
        since,
        at_most + 1,
        language,
        version,
        form,
    )


async def stored_size(
    filter_: EventFilter, labels: ActivityLabels, *, today: date, language: str, form: str, version: str
) -> int:
    """How many bytes the events of a feed have together in a form, as far as they are stored in it."""
    events = event_condition(filter_, labels, in_feeds(today), terms_first=True)
    dates = date_condition(filter_, today, feed_window(today))
    rows = await fetch(
        "SELECT COALESCE(SUM(LENGTH(r.body)), 0) AS size FROM rendering r"
        f" JOIN event f ON f.id = r.event_id WHERE {STORED} ? AND f.id IN"
        f" (SELECT e.id FROM event e {EVENT_JOINS} WHERE {events.sql} AND {has_date(dates)})",
        language,
        version,
        form,
        *events.values,
        *dates.values,
    )
    return int(rows[0]["size"])
