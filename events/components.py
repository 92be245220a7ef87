"""Which VEVENTs an event becomes: one, one a date, or a series with its exceptions. Pure.

Follows the rules that calendar programs agree on: a regular series is one master with a bounded rule, skipped
dates and overrides; whatever they disagree about is written out as an event of its own.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from events.facts import Event, EventDate
from events.recurrence import HELSINKI, ScheduleKind, in_changing_hour, touches_clock_change

Moment = date | datetime
"""A date for all-day events, else an aware time: in Helsinki, or in UTC where the local one is ambiguous."""


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
        return [_single(event, one) for one in event.dates]
    return [_single(event, one, suffix="") for one in event.dates[:1]]


def _series(event: Event) -> list[Component]:
    alone = [one for one in event.dates if _stands_alone(event, one)]
    in_series = [one for one in event.dates if one not in alone]
    while in_series and _in_changing_hour(event, in_series[0]):
        alone.append(in_series.pop(0))
    if not in_series:
        return [_single(event, one) for one in sorted(alone, key=lambda one: one.start)]
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
    overrides = [_override(event, one) for one in in_series if _needs_override(event, one)]
    return [master, *overrides, *(_single(event, one) for one in sorted(alone, key=lambda one: one.start))]


def _planned_dates(event: Event, *, since: date) -> set[date]:
    rule_dates = {slot.original_date for slot in event.schedule.slots()} | set(event.schedule.skipped)
    return {day for day in rule_dates if day >= since}


def _stands_alone(event: Event, one: EventDate) -> bool:
    """Moved onto the day of a neighbour, or past one: Outlook refuses such an override (MS-OXCICAL)."""
    if not one.moved:
        return False
    day = one.local_start.date()
    span = sorted((one.original_date, day))
    return any(
        span[0] <= neighbour <= span[1]
        for other in event.dates
        if other.original_date != one.original_date
        for neighbour in (other.original_date, other.local_start.date())
    )


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
    if in_changing_hour(one.local_start) or in_changing_hour(one.local_end):
        # Engines disagree about these hours even for single events; only UTC is read alike.
        return one.start.astimezone(UTC), one.end.astimezone(UTC)
    return one.start.astimezone(HELSINKI), one.end.astimezone(HELSINKI)


def _in_changing_hour(event: Event, one: EventDate) -> bool:
    return not event.schedule.all_day and in_changing_hour(event.schedule.wall_start(one.original_date))


def _moment(event: Event, wall: datetime) -> Moment:
    return wall.date() if event.schedule.all_day else wall.replace(tzinfo=HELSINKI)
