"""When a Linked Events object takes place: instants, whole days, or a start without an hour. Pure."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from events.domain.dates import DateChange
from events.schedule.recurrence import HELSINKI, Schedule

_DATE: Final = re.compile(r"\d{4}-\d\d-\d\d")
_ONE_HOUR: Final = timedelta(hours=1)
_ONE_DAY: Final = timedelta(days=1)


def times_of(event: Mapping[str, Any]) -> tuple[Schedule, dict[date, DateChange], list[str]]:
    """The schedule, what brings it to the exact instant in a changing hour, and notes; ValueError without a start.

    Without an end it lasts an hour. A date without a time means the whole day, and an end date is included.
    """
    written = event.get("start_time")
    if not written or not isinstance(written, str):
        raise ValueError("no start time")
    begin, notes = _read(written)
    try:
        end = _read(str(event["end_time"]))[0] if event.get("end_time") else None
    except ValueError:
        end, notes = None, [*notes, "its end could not be read: one hour"]
    if _is_all_day(event, begin, end):
        schedule, mended = _whole_days(begin, end)
        return schedule, {}, [*notes, *mended]
    start = _instant(begin)
    until = None if end is None else _instant(end) if isinstance(end, datetime) else _midnight(end + _ONE_DAY)
    if until is not None and until < start:
        notes.append("its end is before its start: one hour")
    if until is None or until <= start:
        until = start + _ONE_HOUR
    return *_exactly(start, until), notes


def _read(written: str) -> tuple[date | datetime, list[str]]:
    text = written.strip()
    if _DATE.fullmatch(text):
        return date.fromisoformat(text), []
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f"the time «{text[:40]}» cannot be read") from None
    if moment.tzinfo is None:
        return moment.replace(tzinfo=HELSINKI), ["times without a time zone were read as Finnish time"]
    return moment, []


def _is_all_day(event: Mapping[str, Any], begin: date | datetime, end: date | datetime | None) -> bool:
    """Marked so, or a date, or from one Finnish midnight to another."""
    if not isinstance(begin, datetime) or event.get("has_start_time") is False:
        return True
    if event.get("has_start_time") is True or end is None:
        return False
    return _is_midnight(begin) and (not isinstance(end, datetime) or _is_midnight(end))


def _whole_days(begin: date | datetime, end: date | datetime | None) -> tuple[Schedule, list[str]]:
    first = begin.astimezone(HELSINKI).date() if isinstance(begin, datetime) else begin
    after = first + _ONE_DAY if end is None else _day_after(end)
    mended = ["its end is before its start: one day"] if after < first else []
    after = max(after, first + _ONE_DAY)
    schedule = Schedule.once(datetime.combine(first, time()), datetime.combine(after, time()), all_day=True)
    return schedule, mended


def _day_after(end: date | datetime) -> date:
    """The first day that is free again: an end at midnight, Finnish or UTC, is not yet in that day."""
    if not isinstance(end, datetime):
        return end + _ONE_DAY
    for zone in (HELSINKI, UTC):
        local = end.astimezone(zone)
        if local.time() == time():
            return local.date()
    return end.astimezone(HELSINKI).date() + _ONE_DAY


def _exactly(start: datetime, end: datetime) -> tuple[Schedule, dict[date, DateChange]]:
    wall_start, wall_end = _wall(start), _wall(end)
    if wall_end <= wall_start:
        wall_end = wall_start + (end - start)
    schedule = Schedule.once(wall_start, wall_end)
    slot = schedule.slots()[0]
    if (slot.start, slot.end) == (start, end):
        return schedule, {}
    moved = start if slot.start != start else None
    return schedule, {slot.original_date: DateChange(start=moved, end=end)}


def _instant(moment: date | datetime) -> datetime:
    return moment.astimezone(UTC) if isinstance(moment, datetime) else _midnight(moment)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), HELSINKI).astimezone(UTC)


def _is_midnight(moment: datetime) -> bool:
    return _wall(moment).time() == time()


def _wall(moment: datetime) -> datetime:
    return moment.astimezone(HELSINKI).replace(tzinfo=None)
