"""Read a feed on standard input by a foreign parser and print its dates as JSON. Runs in `.venv-clients`.

    python read_feed.py ical|vobject|ics

Each date is [UID, start, end, title, description]; times are in UTC and days are their midnight.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import ics
import vobject
from dateutil.rrule import rruleset, rrulestr
from ical.calendar_stream import IcsCalendarStream

HELSINKI = ZoneInfo("Europe/Helsinki")
Moment = date | datetime


@dataclass(frozen=True)
class Written:
    """One VEVENT, as a parser without expansion reads it; `starts` are those of its rule, skipped ones left out."""

    uid: str
    start: Moment
    end: Moment
    title: str
    description: str
    recurrence_id: Moment | None = None
    starts: tuple[Moment, ...] = field(default=())


def main() -> None:
    readers = {"ical": by_ical, "vobject": by_vobject, "ics": by_ics}
    content = sys.stdin.buffer.read().decode()
    rows = [
        (one.uid, said(one.start), said(one.end), one.title, one.description) for one in readers[sys.argv[1]](content)
    ]
    json.dump(rows, sys.stdout)


def by_ical(content: str) -> Iterator[Written]:
    """Strict: refuses a feed with one fault in it. Expands by itself."""
    calendar = IcsCalendarStream.calendar_from_ics(content)
    for event in calendar.timeline_tz(HELSINKI):
        yield Written(event.uid, event.start, event.end, event.summary, event.description)


def by_vobject(content: str) -> Iterator[Written]:
    """Reads the rule with its skipped dates; knows nothing of overrides."""
    found = []
    for event in vobject.readOne(content).vevent_list:
        start = event.dtstart.value
        master = "rrule" in event.contents
        found.append(
            Written(
                event.uid.value,
                start,
                event.dtend.value,
                event.summary.value,
                event.description.value,
                event.recurrence_id.value if "recurrence-id" in event.contents else None,
                tuple(same_type(one, start) for one in event.getrruleset()) if master else (),
            )
        )
    return joined(found)


def by_ics(content: str) -> Iterator[Written]:
    """Reads single VEVENTs; of rules it keeps the text, which dateutil reads here."""
    calendar = ics.Calendar(content)
    found = []
    for event in calendar.events:
        lines = {line.name: line for line in event.extra}
        start = day_or_time(event.begin, event.all_day)
        found.append(
            Written(
                event.uid,
                start,
                day_or_time(event.end, event.all_day),
                event.name,
                event.description,
                moment(lines["RECURRENCE-ID"].value) if "RECURRENCE-ID" in lines else None,
                starts(start, lines["RRULE"].value, lines["EXDATE"].value if "EXDATE" in lines else "")
                if "RRULE" in lines
                else (),
            )
        )
    return joined(found)


def joined(found: list[Written]) -> Iterator[Written]:
    """Every date once: a master gives way to its overrides, and its other dates are as long by the wall clock."""
    replaced = {(one.uid, one.recurrence_id) for one in found if one.recurrence_id is not None}
    for one in found:
        if not one.starts:
            yield one
        for start in one.starts:
            if (one.uid, start) not in replaced:
                yield replace(one, start=start, end=start + (one.end - one.start))


def starts(start: Moment, rule: str, skipped: str) -> tuple[Moment, ...]:
    dates = rruleset()
    whole_days = not isinstance(start, datetime)
    dates.rrule(rrulestr(rule, dtstart=midnight(start) if whole_days else start))
    for text in skipped.split(",") if skipped else ():
        one = moment(text)
        dates.exdate(midnight(one) if whole_days else one)
    return tuple(same_type(one, start) for one in dates)


def day_or_time(parsed: object, whole_day: bool) -> Moment:
    if whole_day:
        return parsed.date()
    return parsed.datetime.astimezone(HELSINKI)


def moment(text: str) -> Moment:
    if "T" not in text:
        return datetime.strptime(text, "%Y%m%d").date()
    return datetime.strptime(text, "%Y%m%dT%H%M%S").replace(tzinfo=HELSINKI)


def midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)


def same_type(parsed: datetime, start: Moment) -> Moment:
    return parsed if isinstance(start, datetime) else parsed.date()


def said(one: Moment) -> str:
    if not isinstance(one, datetime):
        return f"{one}T00:00:00Z"
    return f"{one.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


if __name__ == "__main__":
    main()
