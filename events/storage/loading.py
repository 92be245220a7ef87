"""Whole events out of the database, in a number of statements that does not depend on how many there are."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, Final

from events.domain.dates import EventDate
from events.domain.event import Event, Picture
from events.domain.places import Organiser, Place
from events.domain.prices import PriceRow
from events.domain.registration import Registration
from events.domain.texts import Note, Text
from events.schedule.recurrence import Schedule
from events.storage.revision_marks import UNTOLD
from organisations.slugs import RESIDENTS
from web.database.connection import Dialect, as_date, as_json, as_utc, connection, dialect, fetch, json_rows

TEXT_COLUMNS: Final = (
    "title",
    "summary",
    "description",
    "place_note",
    "price_note",
    "registration_note",
    "first_time_note",
)
EVENT_COLUMNS: Final = """
    e.id, e.public_id, e.kind, e.category, e.original_language, e.schedule, e.online, e.online_url, e.price,
    e.prices, e.registration_kind, e.registration, e.registration_closes, e.min_age, e.max_age, e.access,
    e.first_time, e.nearest_stop, e.contact_email, e.contact_phone, e.link, e.event_status, e."full",
    e.status_reason, e.publication, e.sequence, e.created, e.modified, e.confirmed, e.source, e.told_by,
    g.slug AS organiser_slug, g.name AS organiser_name, g.contact_email AS organiser_email,
    g.contact_phone AS organiser_phone, g.website AS organiser_website, g.state AS organiser_state,
    p.id AS place_id, p.name AS place_name, p.street_address, p.postal_code, p.city, p.area, p.latitude, p.longitude,
    i.digest, i.width, i.height, i.decorative, i.alternatives, i.credit, i.licence
"""
DATE_FIELDS: Final = ("original_date", "original_start", "start", '"end"', "status", "reason", '"full"')
DATE_COLUMNS: Final = f"o.event_id, {', '.join(f'o.{name}' for name in DATE_FIELDS)}"


async def load_events(ids: Sequence[int], *, with_dates: bool) -> Mapping[int, Event]:
    """The events with these ids, their texts, terms and notes; their dates too where asked for. One statement."""
    if not ids:
        return {}
    marks = ", ".join("?" * len(ids))
    rows = await _rows(f"e.id IN ({marks})", ids, with_dates=with_dates)
    return {row["id"]: _whole(row) for row in rows}


async def load_by_public_id(public_id: str, *, since: int = UNTOLD) -> tuple[Event, bool] | None:
    """The event of this id with its dates, and whether it is gone; None where the public never saw one, or where it
    is as it was in revision `since`.

    Gone is what was withdrawn, and whose organiser was suspended. One statement.
    """
    condition = "e.public_id = ? AND e.published IS NOT NULL AND e.revision NOT BETWEEN ? AND ?"
    rows = await _rows(condition, (public_id, UNTOLD + 1, since), with_dates=True)
    if not rows:
        return None
    gone = rows[0]["publication"] != "published" or rows[0]["organiser_state"] != "approved"
    return _whole(rows[0]), gone


async def _rows(condition: str, values: Sequence[Any], *, with_dates: bool) -> list[dict[str, Any]]:
    return await fetch(f"{_question(dialect(connection()), with_dates=with_dates)} WHERE {condition}", *values)


@cache
def _question(_dialect: Dialect, *, with_dates: bool) -> str:
    """What is asked about an event, up to the condition: long, and always the same words to the one database."""
    parts = [
        part("texts", "event_text", ("language", *TEXT_COLUMNS), "language"),
        part("terms", "event_term", ("facet", "value"), "id"),
        part("notes", "status_note", ("language", "text", "original_date"), "language"),
    ]
    if with_dates:
        parts.append(part("dates", "occurrence", DATE_FIELDS, "start, original_date"))
    return (
        f"SELECT {EVENT_COLUMNS}, {', '.join(parts)} FROM event e JOIN organisation g ON g.id = e.organisation_id"
        " LEFT JOIN place p ON p.id = e.place_id LEFT JOIN image i ON i.id = e.image_id"
    )


def part(name: str, table: str, columns: Sequence[str], order: str) -> str:
    """The rows of an event `e` in another table, as a column of JSON."""
    return (
        f"(SELECT {json_rows(*(f'part.{column}' for column in columns))} FROM (SELECT * FROM {table} kept"
        f" WHERE kept.event_id = e.id ORDER BY {order}) part) AS {name}"
    )


def _whole(row: Mapping[str, Any]) -> Event:
    terms: dict[str, list[str]] = defaultdict(list)
    for facet, value in as_json(row["terms"]):
        terms[facet].append(value)
    return _event(
        row,
        terms,
        texts={language: Text(*columns) for language, *columns in as_json(row["texts"])},
        notes=tuple(
            Note(language, text, as_date(day) if day else None) for language, text, day in as_json(row["notes"])
        ),
        dates=tuple(_date(*columns) for columns in as_json(row.get("dates", "[]"))),
    )


def date_of(row: Mapping[str, Any]) -> EventDate:
    """One date out of a row with DATE_COLUMNS."""
    return _date(*(row[name.strip('"')] for name in DATE_FIELDS))


def _date(day: Any, original_start: Any, start: Any, end: Any, status: str, reason: str, full: Any) -> EventDate:
    return EventDate(as_date(day), as_utc(original_start), as_utc(start), as_utc(end), status, reason, full=bool(full))


def _event(row: Mapping[str, Any], terms: Mapping[str, Iterable[str]], **parts: Any) -> Event:
    # One value made of many fields, each in its line: no part of it would read better alone.
    closes = row["registration_closes"]
    first_time = as_json(row["first_time"])
    # Whose organiser the city has suspended is off like what was withdrawn: calendars say so, and nothing else.
    withdrawn = row["publication"] == "withdrawn" or row["organiser_state"] == "suspended"
    return Event(
        id=row["id"],
        public_id=row["public_id"],
        organiser=Organiser(
            slug=row["organiser_slug"],
            name=row["organiser_name"],
            contact_email=row["organiser_email"],
            contact_phone=row["organiser_phone"],
            website=row["organiser_website"],
        ),
        place=_place(row),
        kind=row["kind"],
        category=row["category"],
        original_language=row["original_language"],
        schedule=Schedule.from_json(as_json(row["schedule"])),
        activities=tuple(terms.get("activity", ())),
        audiences=tuple(terms.get("audience", ())),
        promises=_promises(terms.get("promise", ())),
        no_language="zxx" in terms.get("in_language", ()),
        online=bool(row["online"]),
        online_url=row["online_url"],
        price=row["price"],
        prices=tuple(PriceRow.from_json(stored) for stored in as_json(row["prices"])),
        registration=Registration.from_json(
            row["registration_kind"], as_utc(closes) if closes else None, as_json(row["registration"])
        ),
        min_age=row["min_age"],
        max_age=row["max_age"],
        access=as_json(row["access"]),
        first_time={fact: tuple(values) for fact, values in first_time.items()},
        nearest_stop=row["nearest_stop"],
        contact_email=row["contact_email"],
        contact_phone=row["contact_phone"],
        link=row["link"],
        event_status="cancelled" if withdrawn else row["event_status"],
        full=bool(row["full"]),
        status_reason=row["status_reason"],
        withdrawn=withdrawn,
        sequence=row["sequence"],
        created=as_utc(row["created"]),
        modified=as_utc(row["modified"]),
        confirmed=as_utc(row["confirmed"]) if row["confirmed"] else None,
        picture=picture_of(row),
        imported=row["source"] is not None,
        told_by=row["told_by"] if row["organiser_slug"] == RESIDENTS else None,
        **parts,
    )


def picture_of(row: Mapping[str, Any]) -> Picture | None:
    """The picture out of a row with its columns; None where they are empty."""
    if row["digest"] is None:
        return None
    return Picture(
        digest=row["digest"],
        width=row["width"],
        height=row["height"],
        alternatives={} if row["decorative"] else as_json(row["alternatives"]),
        credit=row["credit"],
        licence=row["licence"],
    )


def _promises(values: Iterable[str]) -> tuple[tuple[str, str], ...]:
    pairs = (value.partition(":") for value in values)
    return tuple((code, promise) for code, separator, promise in pairs if separator)


def _place(row: Mapping[str, Any]) -> Place | None:
    if row["place_id"] is None:
        return None
    return Place(
        id=row["place_id"],
        name=row["place_name"],
        street_address=row["street_address"],
        postal_code=row["postal_code"],
        city=row["city"],
        area=row["area"],
        latitude=row["latitude"],
        longitude=row["longitude"],
    )
