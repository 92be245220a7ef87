"""Whichever parser a program is built on, it reads the instants that are stored and the words that are meant."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from typing import Any

import icalendar
import pytest
import recurring_ical_events

from events.domain.event import Event
from tests.clients.environment import read_by
from tests.events.every_kind import every_event, feed
from tests.events.happenings import instants, named, planned
from tests.javascript import run_script

Row = tuple[str, str, str, str, str]
"""Event, start, end, title, description of one date; instants in UTC, days as their midnight."""


def stored() -> list[tuple[str, str, str]]:
    """(event, start, end) of every stored date."""
    return sorted(
        (name, said(start), said(end)) for name, event in every_event().items() for start, end in planned(event)
    )


def said(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def by_recurring_ical_events() -> list[Row]:
    """icalendar and the expander made for it."""
    query = recurring_ical_events.of(icalendar.Calendar.from_ical(feed()))
    return [
        (
            str(one["UID"]),
            said(instants(one["DTSTART"].dt)),
            said(instants(one["DTEND"].dt)),
            str(one["SUMMARY"]),
            str(one["DESCRIPTION"]),
        )
        for one in query.between(datetime(2026, 1, 1, tzinfo=UTC), datetime(2031, 1, 1, tzinfo=UTC))
    ]


PARSERS: dict[str, Callable[[], list[Any]]] = {
    "recurring-ical-events": by_recurring_ical_events,
    "ical": lambda: read_by("ical", feed()),
    "vobject": lambda: read_by("vobject", feed()),
    "ics": lambda: read_by("ics", feed()),
    "ical.js": lambda: run_script("ical_js", feed()),
    "node-ical": lambda: run_script("node_ical", feed()),
}


@cache
def dates_read_by(parser: str) -> list[Row]:
    """Every date as a parser tells it; a date standing beside its series belongs to the same event."""
    return sorted((re.sub("(-[0-9]{8})?@.*", "", uid), *told) for uid, *told in PARSERS[parser]())


KNOWN_DIFFERENCES: dict[str, set[tuple[str, str]]] = {
    # It takes EXDATE and RECURRENCE-ID in the repeated hour for the second passing of that hour and finds no date
    # there, against RFC 5545 3.3.5, so the date stays as the rule has it.
    "node-ical": {(name, "2027-10-31") for name in ("repeatedhours", "repeatedhourfree", "repeatedhourmoved")},
}


def comparable(parser: str, rows: list[Any]) -> list[Any]:
    """Everything but what a parser is known to read otherwise."""
    return [row for row in rows if (row[0], row[1][:10]) not in KNOWN_DIFFERENCES.get(parser, ())]


@pytest.mark.parametrize("parser", PARSERS)
def test_every_parser_reads_the_stored_instants(parser: str) -> None:
    read = [row[:3] for row in dates_read_by(parser)]

    assert comparable(parser, read) == comparable(parser, stored())


@pytest.mark.parametrize("parser", PARSERS)
def test_every_parser_reads_the_same_words(parser: str) -> None:
    read = dates_read_by(parser)

    assert comparable(parser, read) == comparable(parser, dates_read_by("recurring-ical-events"))


def test_the_words_are_those_that_were_typed() -> None:
    titles = {row[0]: row[3] for row in dates_read_by("recurring-ical-events")}

    assert titles["emoji0"] == "🎉👩‍👩‍👧é😀" * 12
    assert titles["arabic"] == "Kielikahvila: مقهى اللغة، الخميس; «أهلا» (A2–B1)"
    assert titles["commas"] == 'Keskiviikko, kahvi; tee: "pulla" & 50% /n C:/nurkka'
    assert titles["control"] == "Kieli kahvila [1m tänään tai huomenna"
    assert titles["propertylike"] == "END:VEVENT"
    assert titles["postponed"] == "LYKÄTTY: Kielikahvila postponed"


def test_a_reader_of_rules_alone_finds_every_planned_date() -> None:
    # rrule.js compares UNTIL, which is in UTC, with wall times: the last date is lost if it begins late in the
    # evening (jkbrzt/rrule#596).
    losing_the_last = ("lateevening", "nights")
    masters = [one for one in icalendar.Calendar.from_ical(feed()).events if "RRULE" in one]
    rules = {str(one["UID"]).partition("@")[0]: rule_lines(one) for one in masters}

    read = run_script("rrule", json.dumps(rules).encode())

    planned_dates = {name: planned_starts(every_event()[name]) for name in rules}
    assert read == {name: dates[:-1] if name in losing_the_last else dates for name, dates in planned_dates.items()}


def rule_lines(master: Any) -> list[str]:
    """The lines that say when, in wall time without its zone."""
    names = [name for name in ("DTSTART", "RRULE", "EXDATE") if name in master]
    return [f"{name}:{master[name].to_ical().decode()}" for name in names]


def planned_starts(event: Event) -> list[str]:
    """The wall start planned for every date that stands in the series."""
    alone = {line.partition("@")[0] for line in named(feed(), "UID")}
    return [
        said(event.schedule.wall_start(one.original_date))
        for one in event.dates
        if f"UID:{event.public_id}-{one.original_date:%Y%m%d}" not in alone
    ]
