"""Events as they stand, made without a database: for tests of what is written about them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

import icalendar
import recurring_ical_events

from events import sentences
from events.domain.dates import DateChange
from events.domain.event import Event
from events.domain.places import Organiser, Place
from events.domain.registration import Registration
from events.domain.texts import Note, Text
from events.feeds import ical
from events.feeds.components import Component, Moment
from events.schedule.recurrence import HELSINKI, Schedule
from events.schedule.rrule import Frequency, Rule
from events.storage.search_index import date_rows
from tests.people import BASE_URL, at
from web.i18n import Language, load_languages
from web.settings import ROOT

CANCELLED = DateChange("cancelled", "illness")
UID = "abcdefghjk@yhdessa.example"
LIBRARY = Place(1, "Pääkirjasto", "Salpausselänkatu 33", "45100", "Kouvola", "centre", 60.868, 26.7)


def happening(
    schedule: Schedule,
    *,
    changed: dict[str, DateChange] | None = None,
    notes: dict[str, str] | None = None,
    **facts: Any,
) -> Event:
    """Pulina's Finnish language café on this schedule, unless told otherwise.

    `changed` maps «yyyy-mm-dd» to a DateChange, `notes` to a Finnish note («» stands for the whole event).
    """
    changes = {date.fromisoformat(day): change for day, change in (changed or {}).items()}
    known: dict[str, Any] = {
        "id": 1,
        "public_id": "abcdefghjk",
        "organiser": Organiser("pulina", "Pulina"),
        "place": LIBRARY,
        "kind": "event",
        "category": "language",
        "original_language": "fi",
        "activities": ("language_cafe",),
        "audiences": ("all",),
        "promises": (("fi", "main"),),
        "no_language": False,
        "online": False,
        "online_url": "",
        "price": "free",
        "prices": (),
        "registration": Registration("none"),
        "min_age": None,
        "max_age": None,
        "access": {},
        "first_time": {},
        "nearest_stop": "",
        "contact_email": "",
        "contact_phone": "",
        "link": "",
        "event_status": "scheduled",
        "full": False,
        "status_reason": "",
        "withdrawn": False,
        "sequence": 3,
        "created": datetime(2026, 11, 1, 8, 0, 0, 250, tzinfo=UTC),
        "modified": datetime(2026, 11, 20, 9, 30, 15, 123456, tzinfo=UTC),
        "confirmed": datetime(2026, 11, 20, 9, 30, 15, 123456, tzinfo=UTC),
        "texts": {"fi": Text("Kielikahvila")},
        "notes": tuple(
            Note("fi", text, date.fromisoformat(day) if day else None) for day, text in (notes or {}).items()
        ),
        "dates": tuple(row.occurrence for row in date_rows(schedule, changes)),
    }
    return Event(schedule=schedule, **{**known, **facts})


def weekly(
    start: str, *, times: int, hours: float = 2, skipped: tuple[str, ...] = (), all_day: bool = False, days: int = 1
) -> Schedule:
    """Once a week from a first date on; with `all_day`, for so many whole days at a time."""
    begins = datetime.fromisoformat(start)
    rule = Rule(Frequency.WEEKLY, weekdays=((0, begins.isoweekday()),), count=times)
    length = timedelta(days=days) if all_day else timedelta(hours=hours)
    return Schedule.repeating(
        begins, begins + length, rule, [date.fromisoformat(day) for day in skipped], all_day=all_day
    )


@cache
def language(code: str = "fi") -> Language:
    """One of the languages served."""
    return load_languages(ROOT / "locales")[code]


def written(event: Event, *, code: str = "fi", form: str = "feed") -> bytes:
    """A feed of one event."""
    return ical.feed("Yhdessä", [ical.event_body(event, language(code), form=form, base_url=BASE_URL, uid=UID)])


def parsed(event: Event, *, code: str = "fi", form: str = "feed") -> list[icalendar.Event]:
    """The VEVENTs of a feed of one event, in the order of the file."""
    calendar = icalendar.Calendar.from_ical(written(event, code=code, form=form))
    return [one for one in calendar.walk("VEVENT") if isinstance(one, icalendar.Event)]


def instants(moment: date | datetime) -> datetime:
    """A parsed date or time as a UTC instant; a date is its midnight."""
    if isinstance(moment, datetime):
        assert moment.tzinfo is not None
        return moment.astimezone(UTC)
    return datetime(moment.year, moment.month, moment.day, tzinfo=UTC)


def shown_by_a_calendar_program(content: bytes) -> list[tuple[datetime, datetime]]:
    """(start, end) in UTC of everything that a calendar program shows between 2025 and 2031, in order."""
    query = recurring_ical_events.of(icalendar.Calendar.from_ical(content))
    shown = query.between(datetime(2025, 1, 1, tzinfo=UTC), datetime(2031, 1, 1, tzinfo=UTC))
    return sorted((instants(one["DTSTART"].dt), instants(one["DTEND"].dt)) for one in shown)


def planned(event: Event) -> list[tuple[datetime, datetime]]:
    """What a calendar program ought to show: (start, end) in UTC of every stored date, in order."""
    if event.schedule.all_day:
        return sorted((instants(one.local_start.date()), instants(one.local_end.date())) for one in event.dates)
    return sorted((one.start, one.end) for one in event.dates)


def local(text: str) -> datetime:
    """A wall time in Helsinki, aware."""
    return datetime.fromisoformat(text).replace(tzinfo=HELSINKI)


def day(text: str) -> date:
    """A local date."""
    return date.fromisoformat(text)


def moved(start: str, end: str = "") -> DateChange:
    """Another time for a date, as long as before unless told otherwise."""
    return DateChange(start=at(start), end=at(end) if end else None)


def said(moment: Moment | None) -> str:
    """How a moment will be written: «2026-12-01 17:30», «… UTC», or «2026-12-01» for a whole day."""
    if not isinstance(moment, datetime):
        return str(moment)
    return f"{moment:%Y-%m-%d %H:%M}{' UTC' if moment.tzinfo is UTC else ''}"


def master(found: list[Component]) -> Component:
    """The component that speaks of a whole series."""
    return next(one for one in found if one.date is None)


def overrides(found: list[Component]) -> list[tuple[str, str]]:
    """(RECURRENCE-ID, DTSTART) of every override."""
    return [(said(one.recurrence_id), said(one.start)) for one in found if one.recurrence_id is not None]


def singles(found: list[Component]) -> list[tuple[str, str]]:
    """(UID suffix, DTSTART) of everything that belongs to no series."""
    return [(one.suffix, said(one.start)) for one in found if one.date and one.recurrence_id is None]


def assert_shown_rightly(event: Event) -> None:
    """A calendar program shows exactly the stored dates."""
    assert shown_by_a_calendar_program(written(event)) == planned(event)


def lines(content: bytes) -> list[str]:
    """The unfolded lines of a file."""
    return content.replace(b"\r\n ", b"").decode().split("\r\n")[:-1]


def named(content: bytes, name: str) -> list[str]:
    """The unfolded lines of one property, parameters and all, as they are written."""
    return [line for line in lines(content) if re.match(rf"{name}[:;]", line)]


def busy_series() -> Event:
    """A series in which everything happens."""
    return happening(
        weekly("2026-12-01 17:30", times=8, skipped=("2026-12-22",)),
        changed={
            "2026-12-08": CANCELLED,
            "2026-12-15": DateChange(start=at("2026-12-16 18:00")),
            "2026-12-29": DateChange(start=at("2027-01-05 10:00")),
        },
    )


def described(event: Event, code: str = "fi", *, form: str = "feed", number: int = 0) -> list[str]:
    """The lines of a description."""
    return str(parsed(event, code=code, form=form)[number]["DESCRIPTION"]).split("\n")


def facts(event: Event, code: str = "fi") -> list[str]:
    """What is chosen from lists, in a language."""
    return list(sentences.facts_in_lines(event, language(code), today=date(2030, 1, 1)))
