"""Whole events out of the database, in a number of statements that does not depend on how many there are."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from events.facts import Event, EventDate, Note, Organiser, Place, PriceRow, Registration, Text
from events.recurrence import Schedule
from web.database import as_date, as_json, as_utc, fetch

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
    e.status_reason, e.publication, e.sequence, e.created, e.modified, e.confirmed,
    g.slug AS organiser_slug, g.name AS organiser_name, g.contact_email AS organiser_email,
    g.contact_phone AS organiser_phone, g.website AS organiser_website,
    p.id AS place_id, p.name AS place_name, p.street_address, p.postal_code, p.city, p.area, p.latitude, p.longitude
"""
DATE_COLUMNS: Final = 'o.event_id, o.original_date, o.original_start, o.start, o."end", o.status, o.reason, o."full"'


async def load_events(ids: Sequence[int], *, with_dates: bool) -> Mapping[int, Event]:
    """The events with these ids, their texts, terms and notes; their dates too where asked for."""
    if not ids:
        return {}
    marks = ", ".join("?" * len(ids))
    rows = await fetch(
        f"SELECT {EVENT_COLUMNS} FROM event e JOIN organisation g ON g.id = e.organisation_id"
        f" LEFT JOIN place p ON p.id = e.place_id WHERE e.id IN ({marks})",
        *ids,
    )
    texts = await _texts(ids, marks)
    terms = await _terms(ids, marks)
    notes = await _notes(ids, marks)
    dates = await _dates(ids, marks) if with_dates else {}
    return {
        row["id"]: replace(
            _event(row, terms[row["id"]]),
            texts=texts[row["id"]],
            notes=tuple(notes[row["id"]]),
            dates=tuple(dates.get(row["id"], ())),
        )
        for row in rows
    }


async def _texts(ids: Sequence[int], marks: str) -> Mapping[int, Mapping[str, Text]]:
    rows = await fetch(
        f"SELECT event_id, language, {', '.join(TEXT_COLUMNS)} FROM event_text WHERE event_id IN ({marks})",
        *ids,
    )
    found: dict[int, dict[str, Text]] = defaultdict(dict)
    for row in rows:
        found[row["event_id"]][row["language"]] = Text(*(row[column] for column in TEXT_COLUMNS))
    return found


async def _terms(ids: Sequence[int], marks: str) -> Mapping[int, Mapping[str, list[str]]]:
    rows = await fetch(f"SELECT event_id, facet, value FROM event_term WHERE event_id IN ({marks}) ORDER BY id", *ids)
    found: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        found[row["event_id"]][row["facet"]].append(row["value"])
    return found


async def _notes(ids: Sequence[int], marks: str) -> Mapping[int, list[Note]]:
    rows = await fetch(
        "SELECT event_id, original_date, language, text FROM status_note"
        f" WHERE event_id IN ({marks}) ORDER BY language",
        *ids,
    )
    found: dict[int, list[Note]] = defaultdict(list)
    for row in rows:
        day = row["original_date"]
        found[row["event_id"]].append(Note(row["language"], row["text"], as_date(day) if day else None))
    return found


async def _dates(ids: Sequence[int], marks: str) -> Mapping[int, list[EventDate]]:
    rows = await fetch(
        f"SELECT {DATE_COLUMNS} FROM occurrence o WHERE o.event_id IN ({marks})"
        " ORDER BY o.event_id, o.start, o.original_date",
        *ids,
    )
    found: dict[int, list[EventDate]] = defaultdict(list)
    for row in rows:
        found[row["event_id"]].append(date_of(row))
    return found


def date_of(row: Mapping[str, Any]) -> EventDate:
    """One date out of a row with DATE_COLUMNS."""
    return EventDate(
        original_date=as_date(row["original_date"]),
        original_start=as_utc(row["original_start"]),
        start=as_utc(row["start"]),
        end=as_utc(row["end"]),
        status=row["status"],
        reason=row["reason"],
        full=bool(row["full"]),
    )


def _event(row: Mapping[str, Any], terms: Mapping[str, Iterable[str]]) -> Event:
    closes = row["registration_closes"]
    first_time = as_json(row["first_time"])
    withdrawn = row["publication"] == "withdrawn"
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
        confirmed=as_utc(row["confirmed"]),
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
