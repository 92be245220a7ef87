"""Which VEVENTs an event becomes: one, one a date, or a series with its exceptions. Pure.

Follows the rules that calendar programs agree on: a regular series is one master with a bounded rule, skipped
dates and overrides; whatever they disagree about is written out as an event of its own.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from events.domain.dates import EventDate
from events.domain.event import Event
from events.schedule.clock_changes import touches_clock_change
from events.schedule.recurrence import HELSINKI, ScheduleKind

Moment = date | datetime
"""A date for all-day events, else an aware time: in Helsinki, or in UTC near a clock change."""


@dataclass(frozen=True, slots=True)
class Component:
    """One VEVENT to be. `date` is None for the master of a series, which speaks of all its dates."""

    suffix: str
    start: Moment
    end: Moment
    date: EventDate | None
    rule: str = ""
    skipped: tuple[Moment, ...] = ()
    recurrence_id: Moment | None = None


def components(event: Event) -> list[Component]:
    """The VEVENTs of an event: a master before its overrides, single ones in the order of time."""
    if event.schedule.kind is ScheduleKind.RULE:
        return _series(event)
    if event.schedule.kind is ScheduleKind.DATES:
        return [_single(event, one) for one in _by_time(event)]
    return [_single(event, one, suffix="") for one in event.dates[:1]]


def _series(event: Event) -> list[Component]:
    alone = _standing_alone(event)
    in_series = sorted(
        (one for one in event.dates if one.original_date not in alone), key=lambda one: one.original_date
    )
    while in_series and not _can_lead(event, in_series[0]):
        alone.add(in_series.pop(0).original_date)
    singles = [_single(event, one) for one in _by_time(event) if one.original_date in alone]
    if not in_series:
        return singles
    first = in_series[0].original_date
    missing = _planned_dates(event, since=first) - {one.original_date for one in in_series}
    wall, rule = event.schedule.wall_start(first), event.schedule.bounded_rule()
    master = Component(
        suffix="",
        start=_moment(event, wall),
        end=_moment(event, wall + event.schedule.duration),
        date=None,
        rule=rule.bounded_text(all_day=event.schedule.all_day) if rule else "",
        skipped=tuple(_moment(event, event.schedule.wall_start(day)) for day in sorted(missing)),
    )
    return [master, *(_override(event, one) for one in in_series if _needs_override(event, one)), *singles]


def _by_time(event: Event) -> list[EventDate]:
    return sorted(event.dates, key=lambda one: (one.start, one.original_date))


def _planned_dates(event: Event, *, since: date) -> set[date]:
    rule_dates = {slot.original_date for slot in event.schedule.slots()} | set(event.schedule.skipped)
    return {day for day in rule_dates if day >= since}


def _standing_alone(event: Event) -> set[date]:
    """The dates moved onto the day of a neighbour or past one: Outlook refuses such overrides (MS-OXCICAL).

    A skipped date counts as a neighbour: what stays of it in a calendar program is not the same everywhere.
    """
    days = {one.original_date: one.local_start.date() for one in event.dates}
    neighbours = [*days.items(), *((day, day) for day in event.schedule.skipped)]
    return {
        one.original_date
        for one in event.dates
        if one.moved and _passes_another(one.original_date, days[one.original_date], neighbours)
    }


def _passes_another(planned: date, moved_to: date, neighbours: Iterable[tuple[date, date]]) -> bool:
    low, high = sorted((planned, moved_to))
    return any(
        low <= day <= high
        for original_date, actual in neighbours
        if original_date != planned
        for day in (original_date, actual)
    )


def _can_lead(event: Event, one: EventDate) -> bool:
    """Whether the series can begin with this date: its length must be what every other date takes over."""
    wall = event.schedule.wall_start(one.original_date)
    start, end = (moment.replace(tzinfo=HELSINKI).astimezone(UTC) for moment in (wall, wall + event.schedule.duration))
    return event.schedule.all_day or not touches_clock_change(start, end)


def _needs_override(event: Event, one: EventDate) -> bool:
    special = one.moved or one.full or bool(one.reason) or one.status != "scheduled"
    noted = any(note.original_date == one.original_date for note in event.notes)
    changing = not event.schedule.all_day and touches_clock_change(one.start, one.end)
    wall_end = event.schedule.wall_start(one.original_date) + event.schedule.duration
    return special or noted or changing or (not one.moved and one.local_end != wall_end)


def _override(event: Event, one: EventDate) -> Component:
    recurrence_id = _moment(event, event.schedule.wall_start(one.original_date))
    start, end = _span(event, one)
    return Component(suffix="", start=start, end=end, date=one, recurrence_id=recurrence_id)


def _single(event: Event, one: EventDate, *, suffix: str | None = None) -> Component:
    start, end = _span(event, one)
    return Component(
        suffix=f"-{one.original_date:%Y%m%d}" if suffix is None else suffix, start=start, end=end, date=one
    )


def _span(event: Event, one: EventDate) -> tuple[Moment, Moment]:
    if event.schedule.all_day:
        return one.local_start.date(), one.local_end.date()
    if any(touches_clock_change(moment, moment) for moment in (one.start, one.end)):
        # Engines disagree about these hours even for single events; only UTC is read alike. A start planned in
        # the skipped hour is stored an hour later and counts as well.
        return one.start.astimezone(UTC), one.end.astimezone(UTC)
    return one.start.astimezone(HELSINKI), one.end.astimezone(HELSINKI)


def _moment(event: Event, wall: datetime) -> Moment:
    return wall.date() if event.schedule.all_day else wall.replace(tzinfo=HELSINKI)
