"""Rescheduling one date, or all coming dates to another hour: read, checked, and made. Pure.

A series that has not begun simply begins at its new hour. Of one that runs, every coming date is said to have moved:
those who know the old hour must hear of it, and what is over stays as it was.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from events.desk.problem_texts import field_text, refusal_text
from events.domain.dates import EventDate
from events.domain.drafts import EventDraft
from events.domain.event import Event
from events.editing.errors import EditRefused
from events.editing.input.fields import Problem, read_date, read_time, wall
from events.editing.status_changes import Reason, instant, moved, moved_as_a_whole
from events.schedule.errors import FIRST_YEAR, LAST_YEAR
from web.forms import Reading
from web.i18n import Language

LONGEST_TYPED: Final = 40
LONGEST_NIGHT: Final = timedelta(hours=12)
"""An end that is earlier by the clock than the start is on the next day, unless that would be longer than this."""
DraftChange = Callable[[EventDraft], EventDraft]


@dataclass(frozen=True, slots=True)
class NewTime:
    """Naive Finnish wall times. Without an end it lasts as long as planned."""

    start: datetime
    end: datetime | None


def filled(event: Event, one: EventDate) -> Mapping[str, tuple[str, ...]]:
    """The fields as they stand before anything is typed: the time that the date has now."""
    day = {"date": (one.local_start.date().isoformat(),)}
    if event.schedule.all_day:
        return day
    end = {"end": (f"{one.local_end:%H:%M}",)} if has_end(event) else {}
    return {**day, "start": (f"{one.local_start:%H:%M}",), **end}


def has_end(event: Event) -> bool:
    """Whether an hour tells the end: what lasts for days keeps its length."""
    return not event.schedule.all_day and event.schedule.duration < timedelta(days=1)


def read_one(
    reading: Reading, event: Event, one: EventDate, language: Language, *, now: datetime, today: date
) -> NewTime | None:
    """The new time of one date; None, with a message at the field, where it cannot be."""
    day = _date(reading, language, today=today)
    if event.schedule.all_day:
        span = NewTime(datetime.combine(day, datetime.min.time()), None) if day else None
    else:
        span = _hours(reading, language, day or today, with_end=has_end(event))
    if day is None or span is None:
        return None
    others = [each for each in event.dates if each is not one and event.takes_place(each)]
    if any(each.local_start.date() == day for each in others):
        reading.problem("date", language.gettext("This event takes place on that day already. Choose another day."))
    return _possible(reading, span, language, now=now, field="date")


def read_hours(reading: Reading, event: Event, language: Language, *, now: datetime, today: date) -> NewTime | None:
    """The new hour of all coming dates, on the first of them; None, with a message, where it cannot be."""
    first = next(iter(movable(event, now=now)), None)
    if first is None:
        reading.problem("", language.gettext("No date is left that could be moved."))
        return None
    span = _hours(reading, language, first.local_start.date(), with_end=has_end(event))
    return _possible(reading, span, language, now=now, field="start") if span else None


def movable(event: Event, *, now: datetime) -> list[EventDate]:
    """The coming dates that take place on the day they were planned for: what was said of one date alone stands."""
    return [
        one
        for one in event.dates
        if one.start > now and event.takes_place(one) and one.local_start.date() == one.original_date
    ]


def hours_changed(event: Event, span: NewTime, why: Reason, *, now: datetime) -> DraftChange:
    """What gives all coming dates another hour."""
    days = [one.original_date for one in movable(event, now=now)]
    length = span.end - span.start if span.end else None

    def begin_anew(draft: EventDraft) -> EventDraft:
        first = draft.schedule.slots()[0].original_date
        start = wall(first, span.start.time())
        return moved_as_a_whole(draft, start, start + length if length else None, why)

    def move_each(draft: EventDraft) -> EventDraft:
        for day in days:
            start = wall(day, span.start.time())
            draft = moved(draft, day, start, start + length if length else None, why)
        return draft

    untouched = all(one.start > now and not one.moved for one in event.dates)
    return begin_anew if untouched else move_each


def _date(reading: Reading, language: Language, *, today: date) -> date | None:
    text = reading.line("date", longest=LONGEST_TYPED, missing=_said("date_missing", language))
    day = read_date(text, today=today)
    if text and day is None:
        reading.problem("date", _said("not_a_date", language))
    if day and not FIRST_YEAR <= day.year < LAST_YEAR:
        reading.problem("date", _said("year", language, first=FIRST_YEAR, last=LAST_YEAR))
        return None
    return day


def _hours(reading: Reading, language: Language, day: date, *, with_end: bool) -> NewTime | None:
    """Start and end on a day."""
    start_text = reading.line("start", longest=LONGEST_TYPED, missing=_said("time_missing", language))
    end_text = reading.line("end", longest=LONGEST_TYPED) if with_end else ""
    start, end = read_time(start_text), read_time(end_text)
    for name, text, found in (("start", start_text, start), ("end", end_text, end)):
        if text and found is None:
            reading.problem(name, _said("not_a_time", language))
    if start is None or (end_text and end is None):
        return None
    begins, ends = wall(day, start), wall(day, end) if end is not None else None
    if ends is not None and ends < begins:
        ends += timedelta(days=1)
    if ends is not None and not timedelta(0) < ends - begins <= max(LONGEST_NIGHT, wall(day, time.max) - begins):
        reading.problem("end", refusal_text(EditRefused("end_before_start"), language))
        return None
    return NewTime(begins, ends)


def _possible(reading: Reading, span: NewTime, language: Language, *, now: datetime, field: str) -> NewTime | None:
    for name, moment in (("start", span.start), ("end", span.end)):
        try:
            begins = instant(moment) if moment else None
        except EditRefused:
            reading.problem(name, _said("skipped_hour", language))
            continue
        if name == "start" and begins is not None and begins <= now:
            reading.problem(field, language.gettext("That time is over already. Choose a later one."))
    return None if reading.form.problems else span


def _said(code: str, language: Language, **values: object) -> str:
    return field_text(Problem("", code, values), language)
