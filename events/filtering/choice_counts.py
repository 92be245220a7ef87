"""How many entries a list would have with one more choice made: the numbers beside the boxes of the filter."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from events.filtering.conditions import (
    EVENT_JOINS,
    ActivityLabels,
    date_condition,
    event_condition,
    has_date,
    page_window,
)
from events.filtering.filters import EventFilter
from web.database.connection import fetch

COLUMNS: Final[Mapping[str, str]] = {
    "kind": "b.kind",
    "category": "b.category",
    "area": "b.area",
    "registration": "CASE WHEN b.registration_kind = 'none' THEN 'none' END",
    "free": "CASE WHEN b.price = 'free' THEN '1' END",
    "online": "CASE WHEN b.online THEN '1' ELSE '0' END",
}
TERMS: Final = ("in_language", "promise", "translation", "activity", "audience", "access")
COUNTED: Final = (*COLUMNS, *TERMS)

Counts = Mapping[str, Mapping[str, int]]
"""Parameter -> value -> how many events one would find."""


async def choice_counts(filter_: EventFilter, labels: ActivityLabels, *, today: date) -> Counts:
    """The counts of every parameter with choices.

    Values of one parameter mean any of them, so each parameter in use is counted without itself: one statement for
    all that are not in use, one more for each that is.
    """
    used = [name for name in COUNTED if filter_.values_of(name)]
    found = await _counted(filter_, [name for name in COUNTED if name not in used], labels, today=today)
    for name in used:
        found |= await _counted(filter_.without(name), [name], labels, today=today)
    if filter_.promise:
        # With a promise asked for, a language means one that is promised so: not what its boxes count.
        found.pop("in_language", None)
    return found


async def _counted(
    filter_: EventFilter, names: Iterable[str], labels: ActivityLabels, *, today: date
) -> dict[str, Mapping[str, int]]:
    names = tuple(names)
    events = event_condition(filter_, labels, terms_first=True)
    dates = date_condition(filter_, today, page_window(today))
    questions = [
        f"SELECT '{name}' AS name, {COLUMNS[name]} AS value, COUNT(*) AS number FROM b GROUP BY 2"
        for name in names
        if name in COLUMNS
    ]
    facets = ", ".join(f"'{name}'" for name in names if name in TERMS)
    if facets:
        questions.append(
            "SELECT t.facet AS name, t.value AS value, COUNT(*) AS number FROM b JOIN event_term t ON t.event_id = b.id"
            f" WHERE t.facet IN ({facets}) GROUP BY t.facet, t.value"
        )
    if not questions:
        # Every parameter is in use: each is counted without itself.
        return {}
    rows = await fetch(
        "WITH b AS (SELECT e.id, e.kind, e.category, e.registration_kind, e.price, e.online, p.area"
        f" FROM event e {EVENT_JOINS} LEFT JOIN place p ON p.id = e.place_id"
        f" WHERE {events.sql} AND {has_date(dates)}) {' UNION ALL '.join(questions)}",
        *events.values,
        *dates.values,
    )
    counts: dict[str, dict[str, int]] = {name: {} for name in names}
    for row in rows:
        if row["value"]:
            counts[row["name"]][row["value"]] = int(row["number"])
    return dict(counts)
