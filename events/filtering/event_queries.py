"""Queries about single events and names. `listing_queries` finds what a filter finds, `counting` how many."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from events.domain.public_id import public_id_of
from events.filtering.conditions import EVENT_JOINS, PUBLIC, date_condition, has_date, page_window
from events.filtering.filters import EventFilter
from events.storage.revision_marks import UNTOLD
from organisations.slugs import RESIDENTS
from web.database.connection import as_utc, fetch


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


async def untouched(address: str, since: int) -> bool:
    """Whether an event, its place and its organiser are as they were in revision `since`."""
    rows = await fetch("SELECT revision FROM event WHERE public_id = ?", public_id_of(address) or "")
    return bool(rows) and UNTOLD < rows[0]["revision"] <= since


async def names_of(filter_: EventFilter) -> Mapping[tuple[str, str], str]:
    """The names behind the places and organisations of a filter, those that the public may see."""
    names: dict[tuple[str, str], str] = {}
    if filter_.organisation:
        marks = ", ".join("?" * len(filter_.organisation))
        rows = await fetch(
            f"SELECT slug, name FROM organisation WHERE state = 'approved' AND slug IN ({marks})", *filter_.organisation
        )
        names |= {("organisation", row["slug"]): row["name"] for row in rows if row["slug"] != RESIDENTS}
    places = [int(value) for value in filter_.place if value.isascii() and value.isdigit() and len(value) < 10]
    if places:
        rows = await fetch(f"SELECT id, name FROM place WHERE id IN ({', '.join('?' * len(places))})", *places)
        names |= {("place", str(row["id"])): row["name"] for row in rows}
    return names


async def public_addresses(*, today: date) -> list[tuple[str, datetime]]:
    """(public id, last change) of every public event that is not over for good: for the site map."""
    condition = date_condition(EventFilter(), today, page_window(today))
    rows = await fetch(
        f"SELECT e.public_id, e.modified FROM event e {EVENT_JOINS} WHERE {PUBLIC} AND {has_date(condition)}"
        " ORDER BY e.id",
        *condition.values,
    )
    return [(row["public_id"], as_utc(row["modified"])) for row in rows]
