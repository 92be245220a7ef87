"""The schedule of an imported entry in Finnish wall time, every date at the instant its file means. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Final

from events.domain.dates import DateChange
from events.imports.ics.lines import Component, Value
from events.imports.ics.rules import CUT, Dates, dates_by_rule, excluded_by_rule, shifted, within_limits
from events.imports.ics.spans import Span, lasting, span_of
from events.imports.ics.zones import Zones
from events.schedule.errors import ScheduleError
from events.schedule.recurrence import HELSINKI, Schedule
from events.schedule.rrule import Rule

_PERIOD_PARTS: Final = 2
_EXCLUDED_AT_MOST: Final = 10_000


@dataclass(frozen=True, slots=True)
class Override:
    """What an entry with a RECURRENCE-ID says of one date, named by its date in the series' own zone."""

    component: Component
    day: date
    span: Span | None
    status: str


@dataclass(slots=True)
class Plan:
    """The dates of one entry: a schedule, what differs on single dates, and the overrides that found no date."""

    schedule: Schedule
    changes: Mapping[date, DateChange]
    notes: tuple[str, ...] = ()
    was_cut: bool = False
    orphans: tuple[Override, ...] = ()
    dates: Mapping[date, date] = field(default_factory=dict)
    """From the date in the series' own zone to the Finnish date it is stored under."""


def plan(component: Component, span: Span, overrides: Sequence[Override], zones: Zones, *, not_before: date) -> Plan:
    """Plan all dates of an entry; ValueError (also as `ScheduleError`) where they cannot be kept."""
    if not any(component.first(name) for name in ("RRULE", "RDATE")):
        return _single(span, overrides)
    instants, dates = _dates(component, span, overrides, zones, not_before)
    schedule, keys, offset = _finnish(instants, dates, span)
    by_day = {override.day: override for override in overrides}
    slots = {slot.original_date: slot for slot in schedule.slots()}
    changes: dict[date, DateChange] = {}
    for day, (start, end) in instants.items():
        slot = slots[keys[day]]
        override = by_day.get(day)
        if override and override.span:
            start, end = override.span.begins, override.span.ends
        status = override.status if override else "scheduled"
        moved = start != slot.start
        if moved or end != slot.end or status != "scheduled":
            stated_end = end if moved or end != slot.end else None
            changes[keys[day]] = DateChange(
                status=status,
                start=start if moved else None,
                end=stated_end,
                planned=override is None or override.span is None,
            )
    orphans = [one for one in overrides if one.day not in instants and not _is_out_of_sight(one, dates)]
    notes = dates.notes + ((_offset_note(offset),) if offset else ())
    return Plan(schedule, changes, notes, dates.was_cut, tuple(orphans), keys)


def _single(span: Span, overrides: Sequence[Override]) -> Plan:
    """One date. An override of it, as some programs write, replaces its times."""
    own = next((one for one in overrides if one.day == span.start.date()), None)
    shown = own.span if own and own.span else span
    start, end = _helsinki(shown.begins), _helsinki(shown.ends)
    if end <= start:
        end = start + (shown.ends - shown.begins)
    schedule = Schedule.once(start, end, all_day=shown.all_day)
    slot = schedule.slots()[0]
    change = DateChange(
        status=own.status if own else "scheduled",
        start=shown.begins if slot.start != shown.begins else None,
        end=shown.ends if slot.end != shown.ends or slot.start != shown.begins else None,
        planned=True,
    )
    changes = {slot.original_date: change} if change != DateChange(planned=True) else {}
    orphans = tuple(one for one in overrides if one is not own)
    return Plan(schedule, changes, orphans=orphans, dates={span.start.date(): slot.original_date})


def _dates(
    component: Component, span: Span, overrides: Sequence[Override], zones: Zones, not_before: date
) -> tuple[dict[date, tuple[datetime, datetime]], Dates]:
    """Every date in the entry's own zone with its instants, after EXDATE, RDATE and EXRULE."""
    named = (day for value in component.properties.get("EXDATE", ()) for day in _days(value, span, zones))
    excluded = set(islice(named, _EXCLUDED_AT_MOST))
    for value in component.properties.get("EXRULE", ()):
        excluded |= excluded_by_rule(value.raw, span)
    # A date that is left out and overridden takes place as the override says.
    excluded -= {one.day for one in overrides if one.status != "cancelled"}
    added, notes = _added(component, span, zones)
    if rules := component.properties.get("RRULE", []):
        found = dates_by_rule(rules[0].raw, span, excluded, not_before=not_before)
        notes += ["a second repeat rule was left out"] if len(rules) > 1 else []
    else:
        found = Dates((span.start.date(),) if span.start.date() not in excluded else ())
    extra = {day: times for day, times in added.items() if day not in excluded}
    instants = {**{day: span.instants(day) for day in found.days}}
    if any(instants.get(day, times) != times for day, times in extra.items()):
        notes.append("more than one time a day: only the first was taken")
    instants = {**extra, **instants}
    if not instants:
        raise ValueError("every one of its dates is left out")
    if set(instants) > set(found.days):
        days, short = within_limits(instants, not_before=not_before)
        notes += [CUT.format(count=len(days), last=days[-1].isoformat())] if short else []
        found = replace(found, days=days, rule=None, was_cut=found.was_cut or short)
    found = replace(found, notes=(*span.notes, *found.notes, *notes))
    return {day: instants[day] for day in found.days}, found


def _added(component: Component, span: Span, zones: Zones) -> tuple[dict[date, tuple[datetime, datetime]], list[str]]:
    """The dates of RDATE with their instants; periods bring an end of their own."""
    added: dict[date, tuple[datetime, datetime]] = {}
    notes: list[str] = []
    for value in component.properties.get("RDATE", ()):
        for written in filter(None, (part.strip() for part in value.raw.split(","))):
            try:
                day, times = _one_added(written, value, span, zones)
            except ValueError:
                notes.append(f"the extra date «{written[:40]}» could not be read")
                continue
            if added.setdefault(day, times) != times:
                notes.append("more than one time a day: only the first was taken")
    return added, list(dict.fromkeys(notes))


def _one_added(written: str, value: Value, span: Span, zones: Zones) -> tuple[date, tuple[datetime, datetime]]:
    begin, *rest = written.split("/", _PERIOD_PARTS - 1)
    at = zones.moment(begin, value.parameters).at
    if not isinstance(at, datetime):
        return at, span.instants(at)
    wall = at.astimezone(span.zone).replace(tzinfo=None)
    if span.all_day:
        return at.date(), span.instants(at.date())
    if not rest:
        return wall.date(), (span.utc(wall), span.utc(wall + (span.end - span.start)))
    if rest[0].lstrip("+-").upper().startswith("P"):
        return wall.date(), (span.utc(wall), span.utc(lasting(wall, rest[0], span.zone)))
    end = zones.moment(rest[0], value.parameters).at
    if not isinstance(end, datetime):
        raise ValueError("a period without times")
    return wall.date(), (span.utc(wall), span.utc(end.astimezone(span.zone).replace(tzinfo=None)))


def _days(value: Value, span: Span, zones: Zones) -> Iterable[date]:
    for written in filter(None, (part.strip() for part in value.raw.split(","))):
        try:
            yield day_of(written, value.parameters, span, zones)
        except ValueError:
            continue


def day_of(written: str, parameters: Mapping[str, str], span: Span, zones: Zones) -> date:
    """The date in the series' own zone that an EXDATE or RECURRENCE-ID names."""
    at = zones.moment(written, parameters).at
    if not isinstance(at, datetime):
        return at
    return at.date() if span.all_day else at.astimezone(span.zone).date()


def _finnish(
    instants: Mapping[date, tuple[datetime, datetime]], dates: Dates, span: Span
) -> tuple[Schedule, dict[date, date], int]:
    """A schedule at the commonest Finnish time, the Finnish key of each date, and how many dates differ."""
    walls = {day: (_helsinki(start), _helsinki(end)) for day, (start, end) in instants.items()}
    common = Counter(((start.date() - day).days, start.time(), end - start) for day, (start, end) in walls.items())
    (offset, clock, length), agreeing = common.most_common(1)[0]
    length = max(length, timedelta(minutes=1))
    keys = {day: day + timedelta(days=offset) for day in sorted(instants)}
    chosen = list(keys.values())
    start = datetime.combine(chosen[0], clock)
    others = 0 if span.zone is HELSINKI else len(instants) - agreeing
    if len(chosen) == 1:
        return Schedule.once(start, start + length, all_day=span.all_day), keys, others
    skipped = [day + timedelta(days=offset) for day in dates.skipped]
    rule = shifted(dates.rule, offset, chosen[-1]) if dates.rule else None
    schedule = _repeating(start, start + length, rule, skipped, chosen, all_day=span.all_day)
    schedule = schedule or Schedule.on_dates(start, start + length, chosen, all_day=span.all_day)
    return schedule, keys, others


def _repeating(
    start: datetime,
    end: datetime,
    rule: Rule | None,
    skipped: Iterable[date],
    chosen: Sequence[date],
    *,
    all_day: bool,
) -> Schedule | None:
    if rule is None:
        return None
    try:
        schedule = Schedule.repeating(start, end, rule, skipped, all_day=all_day)
    except ScheduleError:
        return None
    return schedule if [slot.original_date for slot in schedule.slots()] == list(chosen) else None


def _is_out_of_sight(override: Override, dates: Dates) -> bool:
    """Cancelled dates nobody has, and dates outside the part of the series that was taken."""
    cut_away = dates.was_cut and not dates.days[0] <= override.day <= dates.days[-1]
    return cut_away or override.status == "cancelled"


def _offset_note(count: int) -> str:
    return f"{count} of its dates begin at another hour in Finland, since the clocks change on other days there"


def _helsinki(moment: datetime) -> datetime:
    return moment.astimezone(HELSINKI).replace(tzinfo=None)


def read_override(component: Component, master: Span | None, zones: Zones, status: str) -> Override:
    """An entry with a RECURRENCE-ID; ValueError where neither that nor its own start can be read."""
    written = component.first("RECURRENCE-ID")
    span = span_of(component, zones) if component.first("DTSTART") else None
    frame = master or span
    if written is None or frame is None:
        raise ValueError("no start time")
    return Override(component, day_of(written.raw, written.parameters, frame, zones), span, status)
