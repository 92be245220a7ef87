"""From when until when one entry of an iCalendar file lasts. Pure."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final

from icalendar import InvalidCalendar, vDuration

from events.imports.ics.lines import Component, Value
from events.imports.ics.zones import Zones
from events.schedule.recurrence import HELSINKI

ONE_HOUR: Final = timedelta(hours=1)
ONE_DAY: Final = timedelta(days=1)
_MIDNIGHT: Final = time()


@dataclass(frozen=True, slots=True)
class Span:
    """Naive start and end by the wall clock of `zone`; all day they are midnights and the end is exclusive."""

    start: datetime
    end: datetime
    zone: tzinfo
    all_day: bool
    notes: tuple[str, ...] = ()

    def instants(self, day: date) -> tuple[datetime, datetime]:
        """Start and end in UTC of the same times on another day of the zone."""
        wall, length = datetime.combine(day, self.start.time()), self.end - self.start
        start, end = self.utc(wall), self.utc(wall + length)
        return start, end if end > start else start + length

    def utc(self, wall: datetime) -> datetime:
        """The instant of a wall time in the zone."""
        return wall.replace(tzinfo=self.zone).astimezone(UTC)

    @property
    def begins(self) -> datetime:
        """The instant it starts."""
        return self.utc(self.start)

    @property
    def ends(self) -> datetime:
        """The instant it ends."""
        return self.utc(self.end)


def span_of(component: Component, zones: Zones) -> Span:
    """Read DTSTART with DTEND or DURATION; ValueError where there is no start that can be read.

    Without an end it lasts an hour, or the whole day; an end that is not later than the start counts as none.
    """
    written = component.first("DTSTART")
    if written is None or not written.raw.strip():
        raise ValueError("no start time")
    begin = zones.moment(written.raw, written.parameters)
    notes = [begin.note] if begin.note else []
    if isinstance(begin.at, datetime):
        start, zone = begin.at.replace(tzinfo=None), begin.at.tzinfo or HELSINKI
    else:
        start, zone = datetime.combine(begin.at, _MIDNIGHT), HELSINKI
    end, problem = _end(component, zones, start, zone)
    all_day = begin.all_day or _is_marked_all_day(component, start, end)
    end, mended = _mended(start, end, zone, all_day=all_day)
    notes += [said for said in (problem, mended) if said]
    return Span(start, end, HELSINKI if all_day else zone, all_day, tuple(notes))


def _end(component: Component, zones: Zones, start: datetime, zone: tzinfo) -> tuple[datetime | None, str]:
    try:
        if (written := component.first("DTEND")) and written.raw.strip():
            return _wall(written, zones, zone), ""
        if (written := component.first("DURATION")) and written.raw.strip():
            return lasting(start, written.raw, zone), ""
    except (ValueError, OverflowError):
        return None, "its end could not be read"
    return None, ""


def _wall(written: Value, zones: Zones, zone: tzinfo) -> datetime:
    """An end by the wall clock of the start's zone, so that a series keeps its hours."""
    moment = zones.moment(written.raw, written.parameters).at
    if isinstance(moment, datetime):
        return moment.astimezone(zone).replace(tzinfo=None) if "T" in written.raw.upper() else moment
    return datetime.combine(moment, _MIDNIGHT)


def lasting(start: datetime, duration: str, zone: tzinfo) -> datetime:
    """Add a DURATION: days by the calendar, hours by the stop-watch (RFC 5545 3.3.6); ValueError if unreadable."""
    try:
        length: timedelta = vDuration.from_ical(duration.strip())  # type: ignore[no-untyped-call]
    except InvalidCalendar as error:
        raise ValueError("a duration that cannot be read") from error
    nominal = start + timedelta(days=length.days)
    exact = nominal.replace(tzinfo=zone).astimezone(UTC) + timedelta(seconds=length.seconds)
    return exact.astimezone(zone).replace(tzinfo=None)


def _is_marked_all_day(component: Component, start: datetime, end: datetime | None) -> bool:
    """Outlook writes whole days as midnights with a mark of its own."""
    marked = component.text("X-MICROSOFT-CDO-ALLDAYEVENT").upper() == "TRUE"
    return marked and start.time() == _MIDNIGHT and (end is None or end.time() == _MIDNIGHT)


def _mended(start: datetime, end: datetime | None, zone: tzinfo, *, all_day: bool) -> tuple[datetime, str]:
    if all_day:
        if end is not None and end.time() != _MIDNIGHT:
            end = datetime.combine(end.date() + ONE_DAY, _MIDNIGHT)
        if end is not None and end > start:
            return end, ""
        return start + ONE_DAY, "its end is before its start: one day" if end and end < start else ""
    if end is not None and _later(end, start, zone):
        return end, ""
    after_an_hour = (start.replace(tzinfo=zone).astimezone(UTC) + ONE_HOUR).astimezone(zone).replace(tzinfo=None)
    return after_an_hour, "its end is before its start: one hour" if end and end < start else ""


def _later(end: datetime, start: datetime, zone: tzinfo) -> bool:
    return end.replace(tzinfo=zone).astimezone(UTC) > start.replace(tzinfo=zone).astimezone(UTC)
