"""Counts of events: of a filter in all, by language, by category, by organisation."""

from collections.abc import Mapping
from datetime import date

from events.filtering.conditions import (
    EVENT_JOINS,
    PUBLIC,
    ActivityLabels,
    date_condition,
    event_condition,
    has_date,
    page_window,
)
from events.filtering.filters import EventFilter
from events.filtering.listing import Presentation
from events.filtering.listing_queries import DATES
from web.database.connection import fetch

STILL_ON = EventFilter(status=("on",))


async def count(filter_: EventFilter, labels: ActivityLabels, *, today: date, presentation: Presentation) -> int:
    """How many entries all pages of what a filter finds have together."""
    events = event_condition(filter_, labels, terms_first=True)
    dates = date_condition(filter_, today, page_window(today))
    if presentation.series == "collapse":
        counted = f"event e {EVENT_JOINS} WHERE {events.sql} AND {has_date(dates)}"
    else:
        counted = f"{DATES} WHERE {events.sql} AND {dates.sql}"
    rows = await fetch(f"SELECT COUNT(*) AS total FROM {counted}", *events.values, *dates.values)
    return int(rows[0]["total"])


async def spoken_languages(*, today: date) -> Mapping[str, int]:
    """Language code -> number of events still to come in which somebody is understood in it; `zxx` included."""
    condition = date_condition(STILL_ON, today, page_window(today))
    rows = await fetch(
        "SELECT t.value, COUNT(*) AS events FROM event_term t WHERE t.facet = 'in_language'"
        f" AND t.event_id IN (SELECT e.id FROM event e {EVENT_JOINS} WHERE {PUBLIC}"
        f" AND e.event_status NOT IN ('cancelled', 'postponed') AND {has_date(condition)})"
        " GROUP BY t.value",
        *condition.values,
    )
    return {row["value"]: row["events"] for row in rows}


async def coming_categories(*, today: date) -> set[str]:
    """The categories in which something is still to come."""
    condition = date_condition(STILL_ON, today, page_window(today))
    rows = await fetch(
        f"SELECT DISTINCT e.category FROM event e {EVENT_JOINS} WHERE {PUBLIC}"
        " AND e.event_status NOT IN ('cancelled', 'postponed')"
        f" AND {has_date(condition)}",
        *condition.values,
    )
    return {row["category"] for row in rows}


async def coming_by_organisation(*, today: date) -> Mapping[str, int]:
    """Slug of an organisation -> number of its events that are still to come and on."""
    condition = date_condition(STILL_ON, today, page_window(today))
    rows = await fetch(
        f"SELECT g.slug, COUNT(*) AS events FROM event e {EVENT_JOINS} WHERE {PUBLIC}"
        f" AND e.event_status NOT IN ('cancelled', 'postponed') AND {has_date(condition)} GROUP BY g.slug",
        *condition.values,
    )
    return {row["slug"]: row["events"] for row in rows}
