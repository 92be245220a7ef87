"""What stands in a calendar file, byte by byte, for every program that will read it."""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

import icalendar
import pytest

from events.domain.places import Organiser, Place
from events.domain.texts import Text
from events.feeds import ical
from tests.events.happenings import (
    CANCELLED,
    busy_series,
    described,
    facts,
    happening,
    language,
    lines,
    named,
    parsed,
    weekly,
    written,
)
from tests.people import BASE_URL, all_day, once

HELSINKI = ZoneInfo("Europe/Helsinki")
FOREVER = "🎉" * 60 + "مرحبا بالجميع" * 8 + "Добро пожаловать " * 8


def test_every_line_ends_with_carriage_return_and_line_feed() -> None:
    content = written(busy_series())

    assert content.startswith(b"BEGIN:VCALENDAR\r\n")
    assert content.endswith(b"\r\nEND:VCALENDAR\r\n")
    assert content.count(b"\n") == content.count(b"\r") == content.count(b"\r\n")
    assert b"\r\n\r\n" not in content


def test_long_lines_are_folded_at_75_octets_and_never_inside_a_character() -> None:
    event = happening(once(), texts={"fi": Text(FOREVER[:120], FOREVER[:140], FOREVER * 3)})

    content = written(event, form="full")

    folded = content.removesuffix(b"\r\n").split(b"\r\n")
    assert max(map(len, folded)) <= 75
    assert all(line.decode() for line in folded)
    assert str(parsed(event, form="full")[0]["SUMMARY"]) == " ".join(FOREVER[:120].split())


def test_text_is_escaped_once() -> None:
    event = happening(once(), texts={"fi": Text("Kahvia, pullaa; ja leikkiä", "Tule!\nOta ystävä, mukaan")})

    assert named(written(event), "SUMMARY") == [r"SUMMARY:Kahvia\, pullaa\; ja leikkiä"]
    assert r"Tule!\nOta ystävä\, mukaan" in named(written(event), "DESCRIPTION")[0]


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Kahvi\x0bla\x0c", "Kahvi la"),
        ("Kah\x00v\x07i\x1b", "Kahvi"),
        ("Kahvi\tja\rtee", "Kahvi ja tee"),
        ("Kahvi\u2028ja\u2029tee\x85nyt", "Kahvi ja tee nyt"),
        ("C:\\new", "C:/new"),
        ("קפה\u200f (kahvi)", "קפה\u200f (kahvi)"),
        ("\u202eaksivhak\u202c", "aksivhak"),
        ("\u2068مقهى\u2069 (kahvi)", "\u2068مقهى\u2069 (kahvi)"),
        ("Kahvi \U0001fae8", "Kahvi \U0001fae8"),
    ],
)
def test_typed_text_holds_nothing_that_a_parser_stumbles_over(typed: str, shown: str) -> None:
    event = happening(once(), texts={"fi": Text(typed, typed)})

    (read,) = parsed(event)

    assert str(read["SUMMARY"]) == shown
    assert " ".join(str(read["DESCRIPTION"]).split("\n")).count(shown) == 1


def test_lines_of_any_kind_stay_lines_in_a_description() -> None:
    event = happening(once(), texts={"fi": Text("Kahvila", "yksi\r\nkaksi\rkolme\u2028neljä\x0bviisi")})

    assert described(event)[:-4] == [*facts(event), "yksi", "kaksi", "kolme", "neljä", "viisi"]


def test_a_feed_says_its_name_twice_and_how_often_to_ask() -> None:
    content = ical.feed("Yhdessä · Uinti", [])

    assert lines(content)[:8] == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Yhdessa//Tapahtumat 1.0//FI",
        "CALSCALE:GREGORIAN",
        "NAME:Yhdessä · Uinti",
        "X-WR-CALNAME:Yhdessä · Uinti",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
        "X-PUBLISHED-TTL:PT6H",
    ]


def test_names_that_others_gave_are_cleaned_too() -> None:
    event = happening(once(), organiser=Organiser("pulina", "Pulina\x0b\x07ry"), place=Place(1, "Tori\x0c\x00"))
    body = ical.event_body(event, language(), form="feed", base_url=BASE_URL, uid="a@yhdessa.example")

    content = ical.feed("Yhdessä\x0b\x00nyt", [body])

    assert named(content, "X-WR-CALNAME") == ["X-WR-CALNAME:Yhdessä nyt"]
    assert named(content, "CONTACT") == ["CONTACT:Pulina ry"]
    assert named(content, "LOCATION") == ["LOCATION:Tori"]
    assert re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", content) is None


def test_an_empty_feed_still_has_its_time_zone() -> None:
    content = ical.feed("Yhdessä", [])

    assert [one.name for one in icalendar.Calendar.from_ical(content).subcomponents] == ["VTIMEZONE"]


def test_one_events_own_file_has_no_calendar_name() -> None:
    body = ical.event_body(busy_series(), language(), form="full", base_url=BASE_URL, uid="a@yhdessa.example")

    assert lines(ical.single(body))[:5] == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Yhdessa//Tapahtumat 1.0//FI",
        "CALSCALE:GREGORIAN",
        "BEGIN:VTIMEZONE",
    ]


def test_the_time_zone_is_what_the_database_says_from_2020_to_2040() -> None:
    (zone,) = icalendar.Calendar.from_ical(ical.feed("Yhdessä", [])).walk("VTIMEZONE")
    assert isinstance(zone, icalendar.Timezone)
    ours = zone.to_tz()

    noons = [datetime(2020, 1, 1, 12) + timedelta(days=n) for n in range(366 * 21)]
    # Every hour of the week in which the clocks change, but the one that is skipped or repeated.
    late = [datetime(year, month, 25, hour) for year in range(2020, 2041) for month in (3, 10) for hour in range(24)]
    changes = [moment + timedelta(days=n) for moment in late for n in range(7) if moment.hour != 3]

    assert [moment for moment in noons + changes if offset(moment, ours) != offset(moment, HELSINKI)] == []


def offset(moment: datetime, zone: tzinfo) -> timedelta | None:
    return moment.replace(tzinfo=zone).utcoffset()


def test_every_event_says_what_programs_rely_on_exactly_once() -> None:
    event = busy_series()

    for one in parsed(event):
        names = [name for name, _ in one.property_items(recursive=False) if name not in ("BEGIN", "END")]
        allowed = {"RECURRENCE-ID"} if "RECURRENCE-ID" in one else {"RRULE", "EXDATE"} if "RRULE" in one else set()
        assert Counter(names) == Counter(EVERYWHERE | allowed)


EVERYWHERE = {
    *("UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "STATUS", "TRANSP", "SEQUENCE", "LAST-MODIFIED"),
    *("DESCRIPTION", "URL", "LOCATION", "GEO", "CATEGORIES", "CONTACT", "CREATED", "X-MICROSOFT-CDO-BUSYSTATUS"),
}


def test_nothing_that_harms_a_subscriber_is_in_the_file() -> None:
    content = written(busy_series(), form="full")

    found = {re.split("[:;]", line)[0] for line in lines(content)}

    assert found & {"METHOD", "ORGANIZER", "ATTENDEE", "RDATE", "DURATION", "X-WR-TIMEZONE", "X-ALT-DESC"} == set()
    assert "BEGIN:VALARM" not in lines(content)
    assert len(named(content, "UID")) == len(named(content, "BEGIN")) - 4  # calendar, zone and its two halves


def test_no_address_of_a_person_is_in_the_file_but_the_telephone_is() -> None:
    event = happening(once(), contact_email="aino@pulina.example", contact_phone="040 123 4567")

    content = written(event, form="full")

    assert b"aino" not in content
    assert named(content, "CONTACT") == [r"CONTACT:Pulina\, 040 123 4567"]
    assert "Järjestäjä: Pulina, 040 123 4567" in described(event)


def test_the_times_of_writing_are_those_of_the_last_change() -> None:
    content = written(busy_series())

    events = len(named(content, "UID"))
    assert named(content, "DTSTAMP") == ["DTSTAMP:20261120T093015Z"] * events
    assert named(content, "LAST-MODIFIED") == ["LAST-MODIFIED:20261120T093015Z"] * events
    assert named(content, "CREATED") == ["CREATED:20261101T080000Z"] * events
    assert named(content, "SEQUENCE") == ["SEQUENCE:3"] * events


def test_equal_events_are_written_in_equal_bytes() -> None:
    assert written(busy_series()) == written(busy_series())


def test_a_single_event_is_written_in_local_time() -> None:
    content = written(happening(once("2026-12-03 17:30")))

    assert named(content, "DTSTART")[2:] == ["DTSTART;TZID=Europe/Helsinki:20261203T173000"]
    assert named(content, "DTEND") == ["DTEND;TZID=Europe/Helsinki:20261203T193000"]


def test_a_single_event_in_the_repeated_hour_is_written_in_utc() -> None:
    content = written(happening(once("2027-10-31 03:30")))

    assert named(content, "DTSTART")[2:] == ["DTSTART:20271031T003000Z"]
    assert named(content, "DTEND") == ["DTEND:20271031T033000Z"]


def test_an_all_day_event_is_written_in_dates() -> None:
    content = written(happening(all_day("2026-12-06", "2026-12-07")))

    assert named(content, "DTSTART")[2:] == ["DTSTART;VALUE=DATE:20261206"]
    assert named(content, "DTEND") == ["DTEND;VALUE=DATE:20261208"]


def test_a_series_and_its_exceptions_are_written_alike() -> None:
    content = written(busy_series())

    assert named(content, "RRULE")[2:] == ["RRULE:FREQ=WEEKLY;UNTIL=20270119T215959Z;BYDAY=TU;WKST=MO"]
    assert named(content, "EXDATE") == ["EXDATE;TZID=Europe/Helsinki:20261222T173000,20261229T173000"]
    assert named(content, "RECURRENCE-ID") == [
        "RECURRENCE-ID;TZID=Europe/Helsinki:20261208T173000",
        "RECURRENCE-ID;TZID=Europe/Helsinki:20261215T173000",
    ]
    assert named(content, "UID") == [
        *["UID:abcdefghjk@yhdessa.example"] * 3,
        "UID:abcdefghjk-20261229@yhdessa.example",
    ]


def test_the_end_of_a_summer_series_is_written_in_summer_time() -> None:
    content = written(happening(weekly("2027-06-01 17:30", times=2)))

    assert named(content, "RRULE")[2:] == ["RRULE:FREQ=WEEKLY;UNTIL=20270608T205959Z;BYDAY=TU;WKST=MO"]


def test_an_all_day_series_and_its_exceptions_are_written_in_dates() -> None:
    schedule = weekly("2026-12-01", times=4, all_day=True, skipped=("2026-12-08",))
    content = written(happening(schedule, changed={"2026-12-15": CANCELLED}))

    assert named(content, "RRULE")[2:] == ["RRULE:FREQ=WEEKLY;UNTIL=20261222;BYDAY=TU;WKST=MO"]
    assert named(content, "EXDATE") == ["EXDATE;VALUE=DATE:20261208"]
    assert named(content, "RECURRENCE-ID") == ["RECURRENCE-ID;VALUE=DATE:20261215"]
