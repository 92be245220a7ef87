"""The repeat rule of an imported entry, freed of what says nothing, as dates in the entry's own zone. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Final

from dateutil.relativedelta import relativedelta

from events.imports.ics.spans import Span
from events.schedule.errors import FIRST_YEAR
from events.schedule.recurrence import Schedule
from events.schedule.rrule import Frequency, Rule
from events.schedule.windows import MAXIMUM_DATES, MAXIMUM_MONTHS

_EARLIEST_YEAR: Final = 1900
_CLOCK: Final = {"BYHOUR": "hour", "BYMINUTE": "minute", "BYSECOND": "second"}
_SAYS_NOTHING: Final = {"RSCALE": "GREGORIAN", "SKIP": "OMIT"}
_EXCLUDED_AT_MOST: Final = 5_000
CUT: Final = "a long series: {count} dates were taken, the last on {last}"


@dataclass(frozen=True, slots=True)
class Dates:
    """The dates of a series in its own zone. `rule` ends with the last; None if no rule tells them all."""

    days: tuple[date, ...]
    rule: Rule | None = None
    skipped: tuple[date, ...] = ()
    was_cut: bool = False
    notes: tuple[str, ...] = ()


def dates_by_rule(text: str, span: Span, excluded: Iterable[date], *, not_before: date) -> Dates:
    """The dates of an RRULE value, at most 730 in 24 months; ValueError where it cannot be kept."""
    text, notes = _plain(text, span.start)
    rule = Rule.parse(text, start=span.start.replace(tzinfo=span.zone), zone=span.zone)
    start, rule = _in_range(span.start, rule)
    skipped = frozenset(excluded)
    schedule, was_cut = Schedule.cut(
        start,
        start + (span.end - span.start),
        rule,
        skipped=skipped,
        all_day=span.all_day,
        not_before=not_before,
    )
    days = tuple(slot.original_date for slot in schedule.slots())
    if was_cut:
        notes += (CUT.format(count=len(days), last=days[-1].isoformat()),)
    elif start.date() not in days and start.date() not in skipped:
        notes += (f"its first date, {start.date()}, does not fit its own repeat rule and was left out",)
    return Dates(days, schedule.rule, schedule.skipped, was_cut, notes)


def excluded_by_rule(text: str, span: Span) -> set[date]:
    """The dates of an EXRULE (RFC 2445), as far as anybody could need them."""
    text, _notes = _plain(text, span.start)
    rule = Rule.parse(text, start=span.start.replace(tzinfo=span.zone), zone=span.zone)
    return set(islice(rule.instances(span.start.date()), _EXCLUDED_AT_MOST))


def within_limits(days: Iterable[date], *, not_before: date) -> tuple[tuple[date, ...], bool]:
    """At most 730 of these dates in 24 months, from the first or, if those are over, from `not_before`."""
    ordered = sorted(set(days))
    for first in (ordered[0], next((day for day in ordered if day >= not_before), ordered[0])):
        last = first + relativedelta(months=MAXIMUM_MONTHS)
        kept = [day for day in ordered if first <= day <= last][:MAXIMUM_DATES]
        if kept[-1] == ordered[-1] or kept[-1] >= not_before:
            break
    return tuple(kept), len(kept) < len(ordered)


def shifted(rule: Rule, days: int, last: date) -> Rule | None:
    """The rule a day earlier or later, ending with `last`; None where that is no rule."""
    if days == 0:
        return replace(rule, until=last, count=None)
    if rule.frequency is Frequency.DAILY and not (rule.weekdays or rule.month_days or rule.months):
        return replace(rule, until=last, count=None)
    if rule.frequency is not Frequency.WEEKLY or rule.months or rule.position:
        return None
    moved = tuple((0, (day - 1 + days) % 7 + 1) for _ordinal, day in rule.weekdays)
    week_start = (rule.week_start - 1 + days) % 7 + 1
    return replace(rule, weekdays=moved, week_start=week_start, until=last, count=None)


def _plain(text: str, start: datetime) -> tuple[str, tuple[str, ...]]:
    """Leave out parts that only repeat the start's time of day. More times a day are cut to that one."""
    parts, notes = [], []
    for part in "".join(text.split()).upper().removeprefix("RRULE:").split(";"):
        name, _equals, value = part.partition("=")
        if value and _SAYS_NOTHING.get(name) == value:
            continue
        if name not in _CLOCK:
            parts.append(part)
            continue
        wanted = {int(one) for one in value.split(",") if one.isascii() and one.isdigit()}
        if getattr(start, _CLOCK[name]) not in wanted:
            raise ValueError(f"its repeat rule uses {name} for another time of day than its start")
        if len(wanted) > 1:
            notes.append("more than one time a day: only the first was taken")
    return ";".join(parts), tuple(dict.fromkeys(notes))


def _in_range(start: datetime, rule: Rule) -> tuple[datetime, Rule]:
    """A series that began before 2000, such as a birthday, begins with its first date since."""
    if not _EARLIEST_YEAR <= start.year < FIRST_YEAR:
        return start, rule
    rule = rule.anchored(start.date())
    for before, day in enumerate(rule.instances(start.date())):
        if day.year >= FIRST_YEAR:
            left = None if rule.count is None else rule.count - before
            # The week or month of this date is one that the interval counts, so the phase stays.
            return start + timedelta(days=(day - start.date()).days), replace(rule, count=left)
    return start, rule
