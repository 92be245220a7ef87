"""The next season of an event: the same event on new dates. Pure."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from events.domain.drafts import EventDraft
from events.schedule.recurrence import HELSINKI, Schedule, ScheduleKind
from events.schedule.rrule import Frequency
from events.schedule.school_breaks import free_days


def next_season(draft: EventDraft, first: date, skipped: Iterable[date] | None = None) -> EventDraft:
    """The event from `first` on: the same weekday, time, length and number of weeks; nothing is off, moved or full.

    A weekly one begins on its own weekday, on `first` or after it. `skipped` are the days left out; where none are
    given, public holidays and school breaks are, as long as a date remains. Raises `ScheduleError`.
    """
    schedule = draft.schedule
    begins = _first_date(schedule, first)
    by = begins - schedule.start.date()
    fresh = replace(
        draft,
        event_status="scheduled",
        status_reason="",
        full=False,
        changes={},
        notes=(),
        registration=replace(draft.registration, closes=_moved(draft.registration.closes, by)),
    )
    if schedule.kind is ScheduleKind.ONCE:
        moved = Schedule.once(schedule.start + by, schedule.end + by, all_day=schedule.all_day)
        return replace(fresh, schedule=moved)
    if schedule.kind is ScheduleKind.DATES:
        days = _left([day + by for day in schedule.dates], skipped)
        chosen = Schedule.on_dates(schedule.start, schedule.end, days, all_day=schedule.all_day)
        return replace(fresh, schedule=chosen)
    return replace(fresh, schedule=_series(schedule, by, skipped))


def _moved(moment: datetime | None, by: timedelta) -> datetime | None:
    """So many days later, at the same hour by the clock on the wall."""
    return (moment.astimezone(HELSINKI) + by).astimezone(UTC) if moment else None


def _series(schedule: Schedule, by: timedelta, skipped: Iterable[date] | None) -> Schedule:
    assert schedule.rule is not None
    rule = replace(schedule.rule.anchored(schedule.start.date()), until=_last_planned(schedule) + by, count=None)
    start = schedule.start + by
    days = list(rule.instances(start.date()))
    left = set(_left(days, skipped))
    return Schedule.repeating(
        start, start + schedule.duration, rule, [day for day in days if day not in left], all_day=schedule.all_day
    )


def _left(days: list[date], skipped: Iterable[date] | None) -> list[date]:
    """The days without those skipped; all of them where none would remain."""
    out = {day for day, _key in free_days(days)} if skipped is None else set(skipped)
    return [day for day in days if day not in out] or days


def _last_planned(schedule: Schedule) -> date:
    return max([schedule.last_date, *schedule.skipped])


def _first_date(schedule: Schedule, first: date) -> date:
    """The first date's own weekday, on or after the day given; a series by days of the month begins on the day given,
    and the rule finds its own."""
    weekly = schedule.rule is None or schedule.rule.frequency is Frequency.WEEKLY
    if schedule.kind is ScheduleKind.ONCE or not weekly:
        return first
    return first + timedelta(days=(schedule.start.isoweekday() - first.isoweekday()) % 7)
