"""Structured data of an event for search engines: schema.org `Event`, for the date that the page shows. Pure."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from events import sentences
from events.domain.dates import EventDate
from events.domain.event import Event
from events.presenting.cards import title, web_address
from events.schedule.recurrence import HELSINKI
from web.i18n import Language

SCHEMA: Final = "https://schema.org"
COUNTRY: Final = "FI"
DANGEROUS: Final = tuple((character, f"\\u{ord(character):04x}") for character in "<>&\u2028\u2029")
"""What could end the element that the data stands in, or a line of a program; JSON reads the escapes as the same."""
_as_json: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def data_block(data: Mapping[str, Any]) -> str:
    """Data as JSON that may stand in a page as it is, whatever was typed into it."""
    text = _as_json(data)
    for character, escape in DANGEROUS:
        text = text.replace(character, escape)
    return text


def event_data(
    event: Event,
    one: EventDate,
    language: Language,
    *,
    address: str,
    organiser_address: str,
    description: str,
    image: str = "",
) -> Mapping[str, Any]:
    """The event on one date. `address` is the page that speaks of it; what nobody told is left out."""
    data = {
        "@context": SCHEMA,
        "@type": "Event",
        "name": title(event, language).text,
        "description": description,
        "url": address,
        "image": image,
        **_times(event, one),
        "eventAttendanceMode": f"{SCHEMA}/{_attendance(event)}EventAttendanceMode",
        "location": _location(event, address),
        "organizer": _organizer(event, organiser_address),
        "inLanguage": [code for code, promise in event.promises if promise == "main"],
        "isAccessibleForFree": {"free": True, "paid": False}.get(event.price),
        "offers": list(_offers(event, one, language, address)),
    }
    return {name: value for name, value in data.items() if value not in (None, "", [])}


def _organizer(event: Event, address: str) -> Mapping[str, Any] | None:
    """The organisation of the register. Whom a resident has named is left to the words that say so."""
    if event.told_by is not None:
        return None
    return {"@type": "Organization", "name": event.organiser.name, "url": address}


def _times(event: Event, one: EventDate) -> Mapping[str, Any]:
    all_day = event.schedule.all_day
    times = {
        "startDate": _written(one.start, all_day=all_day),
        "endDate": _written(one.end, all_day=all_day, closing=True),
        "eventStatus": f"{SCHEMA}/{_status(event, one)}",
    }
    return {**times, "previousStartDate": _written(one.original_start, all_day=all_day)} if one.moved else times


def _written(moment: datetime, *, all_day: bool, closing: bool = False) -> str:
    """A wall time with its offset; a whole day as a date, where the last one is meant and not the one after it."""
    local = moment.astimezone(HELSINKI)
    if not all_day:
        return local.isoformat(timespec="minutes")
    return str((local.replace(tzinfo=None) - timedelta(days=closing)).date())


def _status(event: Event, one: EventDate) -> str:
    effective = event.status_of(one)
    if effective in ("cancelled", "postponed"):
        return f"Event{effective.capitalize()}"
    return "EventRescheduled" if one.moved else "EventScheduled"


def _attendance(event: Event) -> str:
    if not event.online:
        return "Offline"
    return "Mixed" if event.place else "Online"


def _location(event: Event, address: str) -> Any:
    """The place, the meeting on the web, or both; where no address of a meeting is told, the page that will tell it."""
    found: list[Mapping[str, Any]] = []
    if event.place:
        found.append(_place(event))
    if event.online:
        found.append({"@type": "VirtualLocation", "url": web_address(event.online_url) or address})
    return found[0] if len(found) == 1 else found


def _place(event: Event) -> Mapping[str, Any]:
    place = event.place
    if place is None:
        return {}
    told = {"streetAddress": place.street_address, "postalCode": place.postal_code, "addressLocality": place.city}
    written = {name: value for name, value in told.items() if value}
    data: dict[str, Any] = {
        "@type": "Place",
        "name": place.name,
        "address": {"@type": "PostalAddress", **written, "addressCountry": COUNTRY},
    }
    if place.latitude is not None and place.longitude is not None:
        data["geo"] = {"@type": "GeoCoordinates", "latitude": place.latitude, "longitude": place.longitude}
    return data


def _offers(event: Event, one: EventDate, language: Language, address: str) -> Iterable[Mapping[str, Any]]:
    """One for each amount that is known, in the reader's words where it is not for everybody."""
    if event.price != "paid":
        return
    available = "SoldOut" if event.is_full(one) else "InStock"
    for row, words in zip(event.prices, sentences.amounts(event, language), strict=True):
        yield {
            "@type": "Offer",
            "name": words,
            "price": f"{row.amount:.2f}",
            "priceCurrency": "EUR",
            "url": web_address(event.registration.link) or address,
            "availability": f"{SCHEMA}/{available}",
        }
