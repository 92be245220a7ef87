"""Whole days, and times near a clock change: where calendar programs disagree most."""

from __future__ import annotations

import pytest

from events.feeds.components import Component, components
from tests.events.happenings import (
    CANCELLED,
    assert_shown_rightly,
    day,
    happening,
    master,
    moved,
    overrides,
    said,
    singles,
    weekly,
)
from tests.people import all_day, once


@pytest.mark.parametrize(
    ("start", "end", "starts", "ends"),
    [
        ("2027-03-28 03:30", "2027-03-28 05:00", "2027-03-28 01:30 UTC", "2027-03-28 02:00 UTC"),
        ("2027-03-28 01:00", "2027-03-28 03:15", "2027-03-27 23:00 UTC", "2027-03-28 01:15 UTC"),
        ("2027-10-31 03:30", "2027-10-31 05:00", "2027-10-31 00:30 UTC", "2027-10-31 03:00 UTC"),
        ("2027-10-30 22:00", "2027-10-31 03:30", "2027-10-30 19:00 UTC", "2027-10-31 00:30 UTC"),
        ("2027-10-30 22:00", "2027-10-31 05:00", "2027-10-30 22:00", "2027-10-31 05:00"),
        ("2027-10-31 02:30", "2027-10-31 02:45", "2027-10-31 02:30", "2027-10-31 02:45"),
    ],
)
def test_a_single_event_in_the_skipped_or_the_repeated_hour_is_told_in_utc(
    start: str, end: str, starts: str, ends: str
) -> None:
    event = happening(once(start, end))

    (only,) = components(event)

    assert (said(only.start), said(only.end)) == (starts, ends)
    assert_shown_rightly(event)


@pytest.mark.parametrize(
    ("first", "hours", "override"),
    [
        ("2027-03-14 03:30", 1, ("2027-03-28 03:30", "2027-03-28 01:30 UTC")),
        ("2027-03-13 22:00", 8, ("2027-03-27 22:00", "2027-03-27 22:00")),
        ("2027-03-13 22:00", 5.5, ("2027-03-27 22:00", "2027-03-27 20:00 UTC")),
        ("2027-10-17 03:30", 1, ("2027-10-31 03:30", "2027-10-31 00:30 UTC")),
        ("2027-10-16 22:00", 8, ("2027-10-30 22:00", "2027-10-30 22:00")),
    ],
)
def test_a_date_of_a_series_that_meets_a_clock_change_says_its_own_times(
    first: str, hours: float, override: tuple[str, str]
) -> None:
    event = happening(weekly(first, times=5, hours=hours))

    found = components(event)

    assert overrides(found) == [override]
    assert (said(master(found).start), singles(found)) == (first, [])
    assert_shown_rightly(event)


@pytest.mark.parametrize(
    ("first", "hours", "second"),
    [
        ("2027-03-28 03:30", 1, "2027-04-04 03:30"),
        ("2027-10-31 03:30", 1, "2027-11-07 03:30"),
        ("2027-03-27 22:00", 8, "2027-04-03 22:00"),
        ("2027-10-30 22:00", 8, "2027-11-06 22:00"),
    ],
)
def test_a_series_does_not_begin_with_a_date_whose_length_a_clock_change_alters(
    first: str, hours: float, second: str
) -> None:
    event = happening(weekly(first, times=3, hours=hours))

    found = components(event)

    assert said(master(found).start) == second
    assert [suffix for suffix, _ in singles(found)] == [f"-{first[:10].replace('-', '')}"]
    assert_shown_rightly(event)


def test_an_all_day_event_ends_on_the_day_after_its_last() -> None:
    (only,) = components(happening(all_day("2027-03-27", "2027-03-29")))

    assert (only.start, only.end) == (day("2027-03-27"), day("2027-03-30"))


def test_an_all_day_series_is_told_in_dates_alone() -> None:
    schedule = weekly("2027-03-07", times=5, all_day=True, skipped=("2027-03-14",))
    event = happening(schedule, changed={"2027-03-28": CANCELLED})

    found = components(event)

    assert found == [
        Component(
            "",
            day("2027-03-07"),
            day("2027-03-08"),
            None,
            rule="FREQ=WEEKLY;BYDAY=SU;WKST=MO;UNTIL=20270404",
            skipped=(day("2027-03-14"),),
        ),
        Component("", day("2027-03-28"), day("2027-03-29"), event.dates[2], recurrence_id=day("2027-03-28")),
    ]
    assert_shown_rightly(event)


def test_an_all_day_series_of_several_days_needs_no_override_at_a_clock_change() -> None:
    event = happening(weekly("2027-03-12", times=6, all_day=True, days=3))

    found = components(event)

    assert [(said(one.start), said(one.end)) for one in found] == [("2027-03-12", "2027-03-15")]
    assert_shown_rightly(event)


def test_a_moved_all_day_date_is_told_in_dates() -> None:
    event = happening(
        weekly("2027-03-07", times=3, all_day=True),
        changed={"2027-03-14": moved("2027-03-16 00:00", "2027-03-17 00:00")},
    )

    assert overrides(components(event)) == [("2027-03-14", "2027-03-16")]
    assert_shown_rightly(event)
