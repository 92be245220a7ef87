"""A schedule yields the dates that other calendar programs see, and no imported rule can make it hang."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
import recurring_ical_events  # type: ignore[import-untyped]
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar, Event, vRecur

from events.schedule.clock_changes import in_changing_hour, touches_clock_change
from events.schedule.errors import ScheduleError
from events.schedule.recurrence import HELSINKI, Schedule, ScheduleKind, Slot
from events.schedule.rrule import Frequency, Rule
from tests.events.schedule.test_rrule import within

modestly = settings(max_examples=60, derandomize=True)

EVENING = datetime(2026, 9, 2, 18)
EVENING_END = datetime(2026, 9, 2, 19, 30)
ODD_HOURS = [time(0), time(2, 30), time(3), time(3, 30), time(3, 59), time(4), time(18), time(23, 30)]
LENGTHS = [
    timedelta(minutes=15),
    timedelta(minutes=45),
    timedelta(hours=2),
    timedelta(hours=7),
    timedelta(days=3),
]


def oracle(schedule: Schedule, rule: str) -> list[tuple[datetime, datetime]]:
    """Expand with recurring-ical-events, which knows nothing of our rule but its text."""
    event = Event()
    event.add("UID", "oracle")
    event.add("DTSTAMP", datetime(2026, 1, 1, tzinfo=UTC))
    if schedule.all_day:
        event.add("DTSTART", schedule.start.date())
        event.add("DTEND", schedule.end.date())
    else:
        event.add("DTSTART", schedule.start.replace(tzinfo=HELSINKI))
        event.add("DTEND", schedule.end.replace(tzinfo=HELSINKI))
    event.add("RRULE", vRecur.from_ical(rule))
    for day in schedule.skipped:
        event.add("EXDATE", day if schedule.all_day else schedule.wall_start(day).replace(tzinfo=HELSINKI))
    calendar = Calendar()
    calendar.add_component(event)
    found = recurring_ical_events.of(calendar).between(datetime(2026, 1, 1), datetime(2034, 1, 1))
    return sorted((instant(each["DTSTART"].dt), instant(each["DTEND"].dt)) for each in found)


def instant(moment: date) -> datetime:
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, time(), HELSINKI)
    return moment.astimezone(UTC)


def repaired(schedule: Schedule, pairs: list[tuple[datetime, datetime]]) -> list[tuple[datetime, datetime]]:
    """Mend the one thing the oracle gets wrong: a date from the skipped hour until soon after it ends before
    it starts there."""
    return [(start, end if end > start else start + schedule.duration) for start, end in pairs]


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    """Draw rules of the kinds that clubs use, without an end."""
    days = st.integers(1, 7)
    several = st.sets(days, min_size=1, max_size=3)
    interval = draw(st.integers(1, 3))
    shape = draw(st.sampled_from(["daily", "weekly", "nth", "position", "month day", "yearly", "yearly nth"]))
    if shape == "daily":
        return Rule(Frequency.DAILY, interval, months=tuple(draw(st.sets(st.integers(1, 12), max_size=2))))
    if shape == "weekly":
        weekdays = tuple((0, day) for day in draw(several))
        return Rule(Frequency.WEEKLY, interval, weekdays, week_start=draw(st.sampled_from([1, 7])))
    if shape == "nth":
        nth = draw(st.sampled_from([1, 2, 3, 4, 5, -1, -2]))
        return Rule(Frequency.MONTHLY, interval, weekdays=((nth, draw(days)),))
    if shape == "position":
        position = draw(st.sampled_from([1, 2, -1]))
        return Rule(Frequency.MONTHLY, interval, weekdays=tuple((0, day) for day in draw(several)), position=position)
    month_days = tuple(draw(st.sets(st.sampled_from([1, 13, 28, 29, 30, 31, -1, -3]), min_size=1, max_size=2)))
    if shape == "month day":
        return Rule(Frequency.MONTHLY, interval, month_days=month_days)
    months = tuple(draw(st.sets(st.integers(1, 12), min_size=1, max_size=3)))
    if shape == "yearly":
        return Rule(Frequency.YEARLY, month_days=month_days, months=months)
    return Rule(Frequency.YEARLY, weekdays=((draw(st.sampled_from([1, 2, -1])), draw(days)),), months=months)


@st.composite
def series(draw: st.DrawFn) -> tuple[Schedule, Rule]:
    """Draw a rule and the schedule cut from it, over two years with both clock changes of 2027."""
    all_day = draw(st.booleans()) and draw(st.booleans())
    start = datetime.combine(
        draw(st.dates(date(2026, 9, 1), date(2027, 3, 28))),
        time() if all_day else draw(st.sampled_from(ODD_HOURS)),
    )
    length = timedelta(days=draw(st.integers(1, 3))) if all_day else draw(st.sampled_from(LENGTHS))
    rule = draw(rules())
    try:
        schedule, _was_cut = Schedule.cut(start, start + length, rule, all_day=all_day)
    except ScheduleError:
        # The thirtieth of February and its like.
        rule = Rule(Frequency.WEEKLY)
        schedule, _was_cut = Schedule.cut(start, start + length, rule, all_day=all_day)
    inner = [slot.original_date for slot in schedule.slots()][1:-1]
    skipped = draw(st.sets(st.sampled_from(inner), max_size=5)) if inner else set()
    schedule, _was_cut = Schedule.cut(start, start + length, rule, all_day=all_day, skipped=skipped)
    return schedule, rule


@modestly
@given(series())
def test_a_series_has_the_dates_that_another_program_finds(drawn: tuple[Schedule, Rule]) -> None:
    schedule, rule = drawn
    last_second = instant(schedule.last_date + timedelta(days=1)) - timedelta(seconds=1)
    until = f"{schedule.last_date:%Y%m%d}" if schedule.all_day else f"{last_second:%Y%m%dT%H%M%SZ}"

    found = oracle(schedule, f"{rule.text()};UNTIL={until}")

    ours = [(slot.start, slot.end) for slot in schedule.slots()]
    assert ours == repaired(schedule, found)


@modestly
@given(series())
def test_the_rule_in_the_feed_has_the_dates_that_are_stored(drawn: tuple[Schedule, Rule]) -> None:
    schedule, _rule = drawn
    rule = schedule.bounded_rule()
    assert rule is not None

    found = oracle(schedule, rule.bounded_text(all_day=schedule.all_day))

    ours = [(slot.start, slot.end) for slot in schedule.slots()]
    assert ours == repaired(schedule, found)


@pytest.mark.parametrize("length", LENGTHS)
@pytest.mark.parametrize("hour", ODD_HOURS)
def test_the_sundays_of_both_clock_changes_are_those_of_another_program(hour: time, length: timedelta) -> None:
    start = datetime.combine(date(2027, 3, 21), hour)
    schedule = Schedule.repeating(start, start + length, Rule.parse("FREQ=WEEKLY;UNTIL=20271107"))

    found = oracle(schedule, "FREQ=WEEKLY;UNTIL=20271107T215959Z")

    ours = [(slot.start, slot.end) for slot in schedule.slots()]
    assert ours == repaired(schedule, found)
    assert [start for start, end in ours if end <= start] == []


@modestly
@given(series(), st.integers(1, 60))
def test_a_number_of_times_counts_like_in_another_program(drawn: tuple[Schedule, Rule], count: int) -> None:
    schedule, rule = drawn
    counted, _was_cut = Schedule.cut(
        schedule.start, schedule.end, Rule.parse(f"{rule.text()};COUNT={count}"), all_day=schedule.all_day
    )
    assert counted.rule is not None

    found = oracle(counted, counted.rule.bounded_text(all_day=counted.all_day))

    ours = [(slot.start, slot.end) for slot in counted.slots()]
    assert ours == repaired(counted, found)
    assert len(ours) <= count


def test_a_single_event_is_one_slot_in_utc() -> None:
    schedule = Schedule.once(EVENING, EVENING_END)

    assert schedule.slots() == (
        Slot(date(2026, 9, 2), datetime(2026, 9, 2, 15, tzinfo=UTC), datetime(2026, 9, 2, 16, 30, tzinfo=UTC)),
    )
    assert (schedule.last_date, schedule.bounded_rule()) == (date(2026, 9, 2), None)


def test_an_all_day_event_runs_from_local_midnight_to_local_midnight() -> None:
    schedule = Schedule.once(datetime(2027, 3, 27), datetime(2027, 3, 29), all_day=True)

    assert schedule.slots() == (
        Slot(date(2027, 3, 27), datetime(2027, 3, 26, 22, tzinfo=UTC), datetime(2027, 3, 28, 21, tzinfo=UTC)),
    )


def test_chosen_dates_are_sorted_and_keep_their_hour_over_the_clock_change() -> None:
    chosen = [date(2026, 11, 4), date(2026, 10, 7), date(2026, 11, 4)]

    schedule = Schedule.on_dates(EVENING, EVENING_END, chosen)

    assert schedule.start == datetime(2026, 10, 7, 18)
    assert [(slot.original_date, slot.start) for slot in schedule.slots()] == [
        (date(2026, 10, 7), datetime(2026, 10, 7, 15, tzinfo=UTC)),
        (date(2026, 11, 4), datetime(2026, 11, 4, 16, tzinfo=UTC)),
    ]
    assert schedule.wall_start(date(2026, 11, 4)) == datetime(2026, 11, 4, 18)
    assert schedule.duration == timedelta(minutes=90)


def test_an_event_in_the_skipped_hour_keeps_its_length() -> None:
    schedule = Schedule.once(datetime(2027, 3, 28, 3, 30), datetime(2027, 3, 28, 4, 15))

    assert schedule.slots() == (
        Slot(
            date(2027, 3, 28),
            datetime(2027, 3, 28, 1, 30, tzinfo=UTC),
            datetime(2027, 3, 28, 2, 15, tzinfo=UTC),
        ),
    )


def test_a_series_starts_on_its_first_real_date() -> None:
    mondays = Rule.parse("FREQ=WEEKLY;BYDAY=MO;COUNT=4")

    schedule = Schedule.repeating(EVENING, EVENING_END, mondays, [date(2026, 9, 7), date(2026, 9, 21)])

    assert schedule == Schedule(
        ScheduleKind.RULE,
        datetime(2026, 9, 14, 18),
        datetime(2026, 9, 14, 19, 30),
        rule=Rule(Frequency.WEEKLY, weekdays=((0, 1),), count=3),
        skipped=(date(2026, 9, 21),),
    )
    assert [slot.original_date for slot in schedule.slots()] == [date(2026, 9, 14), date(2026, 9, 28)]
    assert schedule.last_date == date(2026, 9, 28)


def test_a_series_whose_last_dates_are_skipped_ends_earlier() -> None:
    skipped = [date(2026, 9, 23), date(2026, 9, 30), date(2026, 9, 24)]

    by_date = Schedule.repeating(EVENING, EVENING_END, Rule.parse("FREQ=WEEKLY;UNTIL=20260930"), skipped)
    by_count = Schedule.repeating(EVENING, EVENING_END, Rule.parse("FREQ=WEEKLY;COUNT=5"), skipped)

    assert (by_date.rule, by_date.skipped) == (
        Rule(Frequency.WEEKLY, weekdays=((0, 3),), until=date(2026, 9, 16)),
        (),
    )
    assert (by_count.rule, by_count.skipped) == (Rule(Frequency.WEEKLY, weekdays=((0, 3),), count=3), ())


def test_a_first_of_the_fortnight_that_is_skipped_does_not_shift_the_fortnights() -> None:
    rule = Rule.parse("FREQ=WEEKLY;INTERVAL=2;UNTIL=20261014")

    schedule = Schedule.repeating(EVENING, EVENING_END, rule, [date(2026, 9, 2)])

    assert [slot.original_date for slot in schedule.slots()] == [
        date(2026, 9, 16),
        date(2026, 9, 30),
        date(2026, 10, 14),
    ]


def once(start: datetime, end: datetime, *, all_day: bool = False) -> Callable[[], object]:
    return lambda: Schedule.once(start, end, all_day=all_day)


def repeating(text: str, *skipped: date, length: timedelta = timedelta(hours=1)) -> Callable[[], object]:
    return lambda: Schedule.repeating(EVENING, EVENING + length, Rule.parse(text), skipped)


def on_dates(*dates: date) -> Callable[[], object]:
    return lambda: Schedule.on_dates(EVENING, EVENING_END, dates)


@pytest.mark.parametrize(
    ("made", "field", "message"),
    [
        (once(EVENING, datetime(2026, 9, 2, 17)), "end", "The end must be later than the start."),
        (once(EVENING, EVENING), "end", "The end must be later than the start."),
        (once(datetime(1999, 9, 2), EVENING), "start", "The year must be from 2000 to 2100."),
        (once(EVENING, datetime(2101, 1, 1)), "end", "The year must be from 2000 to 2100."),
        (once(EVENING, datetime(2028, 9, 3)), "end", "It can last at most 731 days at a time."),
        (once(EVENING, EVENING_END, all_day=True), "start", "An all-day event starts and ends at midnight."),
        (
            once(datetime(2026, 9, 2), EVENING_END, all_day=True),
            "end",
            "An all-day event starts and ends at midnight.",
        ),
        (on_dates(), "dates", "Choose at least one date."),
        (on_dates(date(2101, 1, 1)), "dates", "The year must be from 2000 to 2100."),
        (
            on_dates(date(2026, 9, 2), date(2028, 9, 3)),
            "dates",
            "The last date can be at most 24 months after the first.",
        ),
        (
            on_dates(*(date(2026, 9, 2) + timedelta(days=number) for number in range(731))),
            "dates",
            "A series can have at most 730 dates.",
        ),
        (
            repeating("FREQ=WEEKLY"),
            "rule",
            "Tell when the series ends: give the last date or the number of times.",
        ),
        (
            repeating("FREQ=WEEKLY;UNTIL=20260901"),
            "rule",
            "The last date of the series is before its first date.",
        ),
        (
            repeating("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=2"),
            "rule",
            "There is no date on which this repeat rule would take place.",
        ),
        (repeating("FREQ=DAILY;COUNT=731"), "rule", "A series can have at most 730 dates."),
        (
            repeating("FREQ=WEEKLY;COUNT=106"),
            "rule",
            "The last date can be at most 24 months after the first.",
        ),
        (
            repeating("FREQ=DAILY;COUNT=2", date(2026, 9, 2), date(2026, 9, 3)),
            "skipped",
            "Every date of the series is skipped. Leave at least one.",
        ),
        (
            repeating("FREQ=YEARLY;COUNT=2", length=timedelta(days=31, minutes=1)),
            "end",
            "It can last at most 31 days at a time.",
        ),
    ],
)
def test_a_schedule_that_cannot_be_kept_is_refused_with_its_reason(
    made: Callable[[], object], field: str, message: str
) -> None:
    with pytest.raises(ScheduleError) as refused:
        made()

    assert (refused.value.field, str(refused.value)) == (field, message)


def test_times_with_a_zone_are_a_mistake_of_the_programmer() -> None:
    with pytest.raises(TypeError):
        Schedule.once(EVENING.replace(tzinfo=UTC), EVENING_END)


def test_the_limits_themselves_are_allowed() -> None:
    daily = Schedule.repeating(EVENING, EVENING_END, Rule.parse("FREQ=DAILY;COUNT=730"))
    yearly = Schedule.repeating(EVENING, EVENING_END, Rule.parse("FREQ=YEARLY;UNTIL=20280902"))

    assert (len(daily.slots()), len(yearly.slots())) == (730, 3)
    Schedule.once(EVENING, EVENING + timedelta(days=731))
    Schedule.repeating(EVENING, EVENING + timedelta(days=31), Rule.parse("FREQ=YEARLY;COUNT=2"))


def imported(text: str, first: date, **options: Any) -> tuple[date, date, int, bool]:
    start = datetime.combine(first, time(18))
    schedule, was_cut = within(5, lambda: Schedule.cut(start, start + timedelta(hours=1), Rule.parse(text), **options))
    slots = schedule.slots()
    return slots[0].original_date, slots[-1].original_date, len(slots), was_cut


def test_an_imported_series_within_the_limits_is_not_cut() -> None:
    schedule, was_cut = Schedule.cut(EVENING, EVENING_END, Rule.parse("FREQ=WEEKLY;COUNT=10"))

    assert (schedule, was_cut) == (
        Schedule.repeating(EVENING, EVENING_END, Rule.parse("FREQ=WEEKLY;COUNT=10")),
        False,
    )


@pytest.mark.parametrize(
    ("text", "first", "expected"),
    [
        ("FREQ=WEEKLY", date(2026, 9, 2), (date(2026, 9, 2), date(2028, 8, 30), 105, True)),
        ("FREQ=DAILY", date(2026, 9, 2), (date(2026, 9, 2), date(2028, 8, 31), 730, True)),
        ("FREQ=DAILY;COUNT=1000000000", date(2026, 9, 2), (date(2026, 9, 2), date(2028, 8, 31), 730, True)),
        ("FREQ=DAILY;COUNT=" + "9" * 400, date(2026, 9, 2), (date(2026, 9, 2), date(2028, 8, 31), 730, True)),
        ("FREQ=WEEKLY;UNTIL=20281231", date(2026, 9, 2), (date(2026, 9, 2), date(2028, 8, 30), 105, True)),
        ("FREQ=YEARLY;UNTIL=21001231", date(2099, 9, 2), (date(2099, 9, 2), date(2100, 9, 2), 2, False)),
        ("FREQ=YEARLY;COUNT=9", date(2099, 9, 2), (date(2099, 9, 2), date(2100, 9, 2), 2, True)),
        ("FREQ=MONTHLY", date(2100, 11, 2), (date(2100, 11, 2), date(2100, 12, 2), 2, True)),
    ],
)
def test_a_longer_imported_series_is_cut_and_says_so(
    text: str, first: date, expected: tuple[date, date, int, bool]
) -> None:
    assert imported(text, first) == expected


@pytest.mark.parametrize(
    ("text", "first", "expected"),
    [
        ("FREQ=WEEKLY", date(2019, 1, 2), (date(2026, 11, 4), date(2028, 11, 1), 105, True)),
        ("FREQ=WEEKLY;INTERVAL=2", date(2019, 1, 2), (date(2026, 11, 11), date(2028, 11, 8), 53, True)),
        ("FREQ=DAILY", date(2000, 1, 1), (date(2026, 11, 1), date(2028, 10, 30), 730, True)),
        ("FREQ=WEEKLY;COUNT=411", date(2019, 1, 2), (date(2026, 11, 4), date(2026, 11, 11), 2, True)),
        ("FREQ=WEEKLY;UNTIL=20261107", date(2019, 1, 2), (date(2026, 11, 4), date(2026, 11, 4), 1, True)),
        ("FREQ=WEEKLY;UNTIL=20261030", date(2019, 1, 2), (date(2019, 1, 2), date(2020, 12, 30), 105, True)),
        ("FREQ=WEEKLY;UNTIL=20190130", date(2019, 1, 2), (date(2019, 1, 2), date(2019, 1, 30), 5, False)),
        ("FREQ=WEEKLY", date(2025, 1, 1), (date(2025, 1, 1), date(2026, 12, 30), 105, True)),
        ("FREQ=WEEKLY", date(2027, 1, 6), (date(2027, 1, 6), date(2029, 1, 3), 105, True)),
    ],
)
def test_a_club_that_began_years_ago_is_imported_with_its_current_dates(
    text: str, first: date, expected: tuple[date, date, int, bool]
) -> None:
    assert imported(text, first, not_before=date(2026, 11, 1)) == expected


def test_a_skipped_current_date_is_not_where_an_imported_series_begins() -> None:
    found = imported(
        "FREQ=WEEKLY;COUNT=412",
        date(2019, 1, 2),
        not_before=date(2026, 11, 1),
        skipped=[date(2026, 11, 4), date(2019, 1, 9)],
    )

    assert found == (date(2026, 11, 11), date(2026, 11, 18), 2, True)


@pytest.mark.parametrize(
    "text",
    [
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=WEEKLY;BYDAY=MO;BYMONTH=2;BYSETPOS=2",
        "FREQ=MONTHLY;BYMONTH=4;BYMONTHDAY=31",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=1000000000",
        "FREQ=DAILY;BYDAY=MO;BYSETPOS=2;UNTIL=21001231",
        "FREQ=DAILY;INTERVAL=99;BYMONTH=2;BYMONTHDAY=30",
    ],
)
def test_a_rule_that_never_matches_is_refused_and_does_not_hang(text: str) -> None:
    with pytest.raises(ScheduleError) as refused:
        imported(text, date(2000, 1, 1), not_before=date(2026, 11, 1))

    assert str(refused.value) == "There is no date on which this repeat rule would take place."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("FREQ=YEARLY;BYMONTHDAY=29;BYMONTH=2", (date(2028, 2, 29), date(2028, 2, 29), 1, True)),
        ("FREQ=DAILY;BYMONTHDAY=29;BYMONTH=2;BYDAY=MO", (date(2044, 2, 29), date(2044, 2, 29), 1, True)),
        ("FREQ=YEARLY;INTERVAL=99", (date(2099, 1, 1), date(2099, 1, 1), 1, True)),
    ],
)
def test_a_rule_that_rarely_matches_is_found(text: str, expected: tuple[date, date, int, bool]) -> None:
    assert imported(text, date(2000, 1, 1), not_before=date(2026, 11, 1)) == expected


@modestly
@given(series())
def test_a_series_is_the_same_after_storing(drawn: tuple[Schedule, Rule]) -> None:
    schedule, _rule = drawn

    stored = json.loads(json.dumps(schedule.to_json()))

    assert Schedule.from_json(stored) == schedule
    assert list(stored) == ["kind", "start", "end", "all_day", "rule", "dates", "skipped"]


@modestly
@given(
    st.datetimes(datetime(2000, 1, 1), datetime(2098, 1, 1)),
    st.timedeltas(timedelta(minutes=1), timedelta(days=31)),
    st.sets(st.dates(date(2026, 9, 2), date(2028, 9, 2)), max_size=20),
)
def test_other_schedules_are_the_same_after_storing(start: datetime, length: timedelta, dates: set[date]) -> None:
    once = Schedule.once(start, start + length)
    schedule = Schedule.on_dates(start, start + length, dates) if dates else once

    assert Schedule.from_json(json.loads(json.dumps(schedule.to_json()))) == schedule


def test_a_stored_schedule_is_readable() -> None:
    rule = Rule.parse("FREQ=WEEKLY;COUNT=3")

    assert Schedule.repeating(EVENING, EVENING_END, rule, [date(2026, 9, 9)]).to_json() == {
        "kind": "rule",
        "start": "2026-09-02T18:00:00",
        "end": "2026-09-02T19:30:00",
        "all_day": False,
        "rule": "FREQ=WEEKLY;BYDAY=WE;WKST=MO;COUNT=3",
        "dates": [],
        "skipped": ["2026-09-09"],
    }


@pytest.mark.parametrize(
    ("wall", "changing"),
    [
        (datetime(2027, 3, 28, 2, 59), False),
        (datetime(2027, 3, 28, 3, 0), True),
        (datetime(2027, 3, 28, 3, 59), True),
        (datetime(2027, 3, 28, 4, 0), False),
        (datetime(2027, 10, 31, 2, 59), False),
        (datetime(2027, 10, 31, 3, 0), True),
        (datetime(2027, 10, 31, 3, 59), True),
        (datetime(2027, 10, 31, 4, 0), False),
        (datetime(2027, 10, 30, 3, 30), False),
    ],
)
def test_the_changing_hours_are_from_three_to_four(wall: datetime, changing: bool) -> None:
    assert in_changing_hour(wall) is changing


@pytest.mark.parametrize(
    ("start", "end", "touches"),
    [
        (datetime(2027, 3, 27, 18), datetime(2027, 3, 27, 20), False),
        (datetime(2027, 3, 27, 22), datetime(2027, 3, 28, 8), True),
        (datetime(2027, 3, 28, 1), datetime(2027, 3, 28, 2, 30), False),
        (datetime(2027, 3, 28, 1), datetime(2027, 3, 28, 3), True),
        (datetime(2027, 3, 28, 3, 30), datetime(2027, 3, 28, 4, 15), True),
        (datetime(2027, 3, 28, 18), datetime(2027, 3, 28, 20), False),
        (datetime(2027, 10, 30, 22), datetime(2027, 10, 31, 8), True),
        (datetime(2027, 10, 31, 1), datetime(2027, 10, 31, 2, 30), False),
        (datetime(2027, 10, 31, 1), datetime(2027, 10, 31, 3), True),
        (datetime(2027, 10, 31, 3, 30), datetime(2027, 10, 31, 3, 45), True),
        (datetime(2027, 10, 31, 4), datetime(2027, 10, 31, 6), False),
        (datetime(2027, 1, 10, 4), datetime(2027, 12, 10, 6), True),
        (datetime(2027, 4, 1), datetime(2027, 10, 1), False),
    ],
)
def test_a_date_in_a_changing_hour_or_through_it_is_noticed(start: datetime, end: datetime, touches: bool) -> None:
    slot = Schedule.once(start, end).slots()[0]

    assert touches_clock_change(slot.start, slot.end) is touches


def test_no_other_evening_of_a_series_touches_the_clock_change() -> None:
    schedule = Schedule.repeating(
        datetime(2026, 9, 5, 22), datetime(2026, 9, 6, 5), Rule.parse("FREQ=WEEKLY;UNTIL=20280901")
    )

    touched = [slot.original_date for slot in schedule.slots() if touches_clock_change(slot.start, slot.end)]

    assert touched == [date(2026, 10, 24), date(2027, 3, 27), date(2027, 10, 30), date(2028, 3, 25)]
