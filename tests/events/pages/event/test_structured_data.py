"""What search engines and assistants read of an event: schema.org, true and harmless."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from events.domain.dates import DateChange
from events.domain.event import Event
from events.domain.places import Place
from events.domain.prices import PriceRow
from events.domain.registration import Registration
from events.domain.texts import Text
from events.pages.event.structured_data import data_block, event_data
from tests.events.happenings import happening, language, moved, weekly
from tests.pages import read
from tests.people import BASE_URL, Calendar, all_day, once
from tests.people import weekly as published_weekly

ADDRESS = f"{BASE_URL}/fi/events/abcdefghjk"
ORGANISER = f"{BASE_URL}/fi/organisations/pulina"


def told(event: Event, number: int = 0, code: str = "fi") -> dict[str, Any]:
    """The data about one date, as a reader of JSON gets it."""
    block = data_block(
        event_data(
            event,
            event.dates[number],
            language(code),
            address=ADDRESS,
            organiser_address=ORGANISER,
            description="Kahvia ja puhetta",
        )
    )
    read_back: dict[str, Any] = json.loads(block)
    return read_back


def test_a_single_event_is_told_in_full() -> None:
    event = happening(
        once("2026-12-03 17:30"),
        promises=(("fi", "main"), ("ru", "main"), ("ar", "helper")),
        price="paid",
        prices=(PriceRow(Decimal("4.5")), PriceRow(Decimal(2), "person", "child")),
        registration=Registration("required", link="https://pulina.example/tule"),
    )

    offer = {
        "@type": "Offer",
        "priceCurrency": "EUR",
        "url": "https://pulina.example/tule",
        "availability": "https://schema.org/InStock",
    }
    assert told(event) == {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": "Kielikahvila",
        "description": "Kahvia ja puhetta",
        "url": ADDRESS,
        "startDate": "2026-12-03T17:30+02:00",
        "endDate": "2026-12-03T19:30+02:00",
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "location": {
            "@type": "Place",
            "name": "Pääkirjasto",
            "address": {
                "@type": "PostalAddress",
                "streetAddress": "Salpausselänkatu 33",
                "postalCode": "45100",
                "addressLocality": "Kouvola",
                "addressCountry": "FI",
            },
            "geo": {"@type": "GeoCoordinates", "latitude": 60.868, "longitude": 26.7},
        },
        "organizer": {"@type": "Organization", "name": "Pulina", "url": ORGANISER},
        "inLanguage": ["fi", "ru"],
        "isAccessibleForFree": False,
        "offers": [
            {**offer, "name": "4,50\u00a0€/hlö", "price": "4.50"},
            {**offer, "name": "lapset 2\u00a0€/hlö", "price": "2.00"},
        ],
    }


@pytest.mark.parametrize(
    ("change", "status", "previous"),
    [
        (DateChange(), "EventScheduled", None),
        (DateChange("tentative"), "EventScheduled", None),
        (DateChange("cancelled"), "EventCancelled", None),
        (DateChange("postponed"), "EventPostponed", None),
        (moved("2027-06-08 18:00"), "EventRescheduled", "2027-06-01T17:30+03:00"),
        (DateChange("cancelled", start=moved("2027-06-08 18:00").start), "EventCancelled", "2027-06-01T17:30+03:00"),
    ],
)
def test_what_became_of_a_date_is_told(change: DateChange, status: str, previous: str | None) -> None:
    event = happening(weekly("2027-06-01 17:30", times=2), changed={"2027-06-01": change})
    number = next(n for n, one in enumerate(event.dates) if str(one.original_date) == "2027-06-01")

    data = told(event, number)

    assert (data["eventStatus"], data.get("previousStartDate")) == (f"https://schema.org/{status}", previous)


def test_an_event_cancelled_as_a_whole_is_cancelled_on_each_date() -> None:
    event = happening(weekly("2027-06-01 17:30", times=2), event_status="cancelled")

    assert {told(event, number)["eventStatus"] for number in (0, 1)} == {"https://schema.org/EventCancelled"}


def test_whole_days_are_dates_and_end_on_their_last_day() -> None:
    data = told(happening(all_day("2026-12-05", "2026-12-06")))

    assert (data["startDate"], data["endDate"]) == ("2026-12-05", "2026-12-06")


@pytest.mark.parametrize(
    ("facts", "mode", "kinds"),
    [
        ({}, "Offline", ["Place"]),
        ({"online": True, "online_url": "https://meet.example/x"}, "Mixed", ["Place", "https://meet.example/x"]),
        ({"online": True, "place": None}, "Online", [ADDRESS]),
        ({"online": True, "place": None, "online_url": "javascript:alert(1)"}, "Online", [ADDRESS]),
        ({"place": None}, "Offline", []),
    ],
)
def test_where_it_is_held_is_told_as_far_as_known(facts: dict[str, Any], mode: str, kinds: list[str]) -> None:
    data = told(happening(once(), **facts))
    places = data.get("location", [])

    assert data["eventAttendanceMode"] == f"https://schema.org/{mode}EventAttendanceMode"
    assert [each.get("url", each["@type"]) for each in (places if isinstance(places, list) else [places])] == kinds


def test_what_nobody_told_is_left_out() -> None:
    event = happening(once(), price="unknown", promises=(), place=Place(1, "Metsä"))

    data = told(event)

    assert {"isAccessibleForFree", "offers", "inLanguage", "image"} & set(data) == set()
    assert data["location"]["address"] == {"@type": "PostalAddress", "addressCountry": "FI"}
    assert told(happening(once(), price="free"))["isAccessibleForFree"] is True


def test_a_full_date_is_sold_out() -> None:
    event = happening(
        weekly("2026-12-01 17:30", times=2),
        changed={"2026-12-01": DateChange(full=True)},
        price="paid",
        prices=(PriceRow(Decimal(2)),),
    )

    assert [told(event, number)["offers"][0]["availability"].rpartition("/")[2] for number in (0, 1)] == [
        "SoldOut",
        "InStock",
    ]


@pytest.mark.parametrize(
    "title",
    [
        "</script><script>alert(1)</script>",
        "<!--<script>",
        "]]> & <b>",
        "rivi\u2028rivi\u2029rivi",
        '"quoted" \\ back',
        "🎉 \u0000\u001b",
    ],
)
def test_a_hostile_title_ends_nothing_and_is_read_back_as_it_was(title: str) -> None:
    block = data_block({"name": title})

    assert not set(block) & set("<>&\u2028\u2029")
    assert json.loads(block) == {"name": title}


def test_the_page_holds_the_data_of_the_date_it_speaks_of(sqlite_calendar: Calendar) -> None:
    hostile = "</script><img src=x onerror=alert(1)>"
    event = sqlite_calendar.publish(
        schedule=published_weekly(),
        changed={"2026-12-08": DateChange("cancelled")},
        texts={"fi": Text(hostile, "Tule mukaan")},
    )

    pages = {day: read(sqlite_calendar, f"/sv/events/{event}?date={day}") for day in ("2026-12-01", "2026-12-08")}
    blocks = {
        day: json.loads("".join(str(child) for child in page.one("script", type="application/ld+json").children))
        for day, page in pages.items()
    }

    assert {day: (data["name"], data["startDate"], data["description"]) for day, data in blocks.items()} == {
        day: (hostile, f"{day}T17:30+02:00", "Tule mukaan") for day in pages
    }
    assert {data["url"] for data in blocks.values()} == {f"{BASE_URL}/sv/events/{event}?date={day}" for day in pages}
    assert blocks["2026-12-08"]["eventStatus"] == "https://schema.org/EventCancelled"
    assert blocks["2026-12-08"]["organizer"]["url"] == f"{BASE_URL}/sv/organisations/pulina"
    assert all(page.all("img") == [] for page in pages.values())


def test_a_description_is_told_without_its_form(sqlite_calendar: Calendar) -> None:
    event = sqlite_calendar.publish(
        texts={"fi": Text("Kerho", "", "Tule **mukaan** & [katso](https://x.example)\n\n- 1 < 2")}
    )

    page = read(sqlite_calendar, f"/fi/events/{event}")
    data = json.loads("".join(str(child) for child in page.one("script", type="application/ld+json").children))

    assert data["description"] == "Tule mukaan & katso 1 < 2"
