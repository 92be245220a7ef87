"""Whatever series people think of, a calendar program shows exactly the dates that are stored."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from events.domain.dates import DateChange
from events.domain.event import Event
from events.schedule.recurrence import Schedule
from events.schedule.rrule import Frequency, Rule
from tests.events.happenings import (
    happening,
    parsed,
    planned,
    shown_by_a_calendar_program,
    written,
)


@st.composite
def schedules(draw: st.DrawFn) -> Schedule:
    """A weekly or monthly series around the clock changes of 2027, some of its dates skipped."""
    near = draw(st.sampled_from([date(2027, 3, 1), date(2027, 10, 4)])) + timedelta(days=draw(st.integers(0, 20)))
    clock = draw(st.sampled_from([0, 90, 150, 180, 210, 239, 240, 270, 600, 1050, 1320, 1435]))
    begins = datetime(near.year, near.month, near.day) + timedelta(minutes=clock)
    length = timedelta(minutes=draw(st.sampled_from([15, 60, 90, 150, 330, 480, 1440, 3000])))
    whole_days = draw(st.integers(0, 5)) == 0
    if whole_days:
        begins, length = begins.replace(hour=0, minute=0), timedelta(days=draw(st.integers(1, 3)))
    rule = draw(rules(begins))
    skipped = draw(st.sets(st.integers(1, 6), max_size=3))
    days = list(rule.instances(begins.date()))
    chosen = [days[number] for number in skipped if number < len(days) - 1]
    return Schedule.repeating(begins, begins + length, rule, chosen, all_day=whole_days)


@st.composite
def rules(draw: st.DrawFn, begins: datetime) -> Rule:
    interval, count = draw(st.integers(1, 2)), draw(st.integers(2, 10))
    if draw(st.booleans()):
        days = draw(st.sets(st.integers(1, 7), max_size=3)) | {begins.isoweekday()}
        return Rule(Frequency.WEEKLY, interval, weekdays=tuple((0, day) for day in days), count=count)
    if draw(st.booleans()):
        return Rule(Frequency.MONTHLY, interval, month_days=(draw(st.sampled_from([1, 15, 28, 31, -1])),), count=count)
    return Rule(Frequency.MONTHLY, interval, weekdays=((draw(st.sampled_from([1, 2, 4, -1])), 7),), count=count)


@st.composite
def happenings(draw: st.DrawFn) -> Event:
    """Such a series with some dates cancelled, moved or made longer."""
    schedule = draw(schedules())
    changed = {}
    for slot in schedule.slots():
        days = draw(st.sampled_from([0, 0, 1, -1, 7, 14]))
        minutes = draw(st.sampled_from([30, 300, 900]))
        moved = slot.start + (timedelta(days=days) if schedule.all_day else timedelta(days=days, minutes=minutes))
        changed[str(slot.original_date)] = draw(
            st.sampled_from(
                [
                    *[DateChange()] * 4,
                    DateChange("cancelled"),
                    DateChange() if schedule.all_day else DateChange(start=moved),
                    DateChange() if schedule.all_day else DateChange(end=slot.end + timedelta(minutes=45)),
                ]
            )
        )
    return happening(schedule, changed=changed)


@settings(max_examples=40, derandomize=True)
@given(happenings())
def test_a_calendar_program_shows_exactly_the_stored_dates(event: Event) -> None:
    assert shown_by_a_calendar_program(written(event)) == planned(event)


@settings(max_examples=40, derandomize=True)
@given(happenings())
def test_exceptions_hit_real_dates_of_their_series(event: Event) -> None:
    read = parsed(event)
    rule = event.schedule.bounded_rule()
    assert rule is not None

    for master in (one for one in read if "RRULE" in one):
        first = master["DTSTART"].dt
        real = set(rule.instances(local_day(first)))
        excluded = [moment.dt for moment in master["EXDATE"].dts] if "EXDATE" in master else []
        overridden = [one["RECURRENCE-ID"].dt for one in read if "RECURRENCE-ID" in one]
        days = [local_day(moment) for moment in (*excluded, *overridden)]

        assert {type(moment) for moment in (*excluded, *overridden)} <= {type(first)}
        assert len(days) == len(set(days))
        assert set(days) <= real
        assert len(excluded) < len(real)
        assert local_day(first) == min(real)


def local_day(moment: date | datetime) -> date:
    return moment.date() if isinstance(moment, datetime) else moment
