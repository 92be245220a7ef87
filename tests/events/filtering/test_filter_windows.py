"""Which stretch of time a filter asks for, seen from any day of the year."""

from datetime import UTC, date, datetime
from urllib.parse import parse_qsl

import pytest

from events.filtering.conditions import feed_window, first_day, instant, page_window
from events.filtering.filters import EventFilter, Window, preset_window

OPEN = Window(None, None)
TUESDAY = date(2026, 12, 1)
SUNDAY = date(2026, 12, 6)
NEW_YEARS_EVE = date(2026, 12, 31)


def days(first: str, last: str) -> Window:
    """The days from first to last, both inclusive."""
    begins, ends = date.fromisoformat(first), date.fromisoformat(last)
    return Window(datetime(begins.year, begins.month, begins.day), datetime.fromordinal(ends.toordinal() + 1))


def windows(query: str, today: date = TUESDAY) -> tuple[Window, ...]:
    """What a query asks for; a window open on both sides stands for «not asked»."""
    return EventFilter.from_query(parse_qsl(query))[0].windows(today, OPEN)


PRESETS = {
    TUESDAY: {
        "today": ("2026-12-01", "2026-12-01"),
        "tomorrow": ("2026-12-02", "2026-12-02"),
        "week": ("2026-12-01", "2026-12-06"),
        "weekend": ("2026-12-05", "2026-12-06"),
        "next-week": ("2026-12-07", "2026-12-13"),
        "month": ("2026-12-01", "2026-12-31"),
    },
    SUNDAY: {
        "today": ("2026-12-06", "2026-12-06"),
        "tomorrow": ("2026-12-07", "2026-12-07"),
        "week": ("2026-12-06", "2026-12-06"),
        "weekend": ("2026-12-05", "2026-12-06"),
        "next-week": ("2026-12-07", "2026-12-13"),
        "month": ("2026-12-06", "2026-12-31"),
    },
    NEW_YEARS_EVE: {
        "today": ("2026-12-31", "2026-12-31"),
        "tomorrow": ("2027-01-01", "2027-01-01"),
        "week": ("2026-12-31", "2027-01-03"),
        "weekend": ("2027-01-02", "2027-01-03"),
        "next-week": ("2027-01-04", "2027-01-10"),
        "month": ("2026-12-31", "2026-12-31"),
    },
    date(2028, 2, 28): {
        "today": ("2028-02-28", "2028-02-28"),
        "tomorrow": ("2028-02-29", "2028-02-29"),
        "week": ("2028-02-28", "2028-03-05"),
        "weekend": ("2028-03-04", "2028-03-05"),
        "next-week": ("2028-03-06", "2028-03-12"),
        "month": ("2028-02-28", "2028-02-29"),
    },
}


@pytest.mark.parametrize("today", list(PRESETS), ids=str)
def test_a_named_stretch_is_what_people_mean_by_it_on_that_day(today: date) -> None:
    found = {preset: preset_window(preset, today) for preset in PRESETS[today]}

    assert found == {preset: days(*ends) for preset, ends in PRESETS[today].items()}
    assert {preset: windows(f"when={preset}", today) for preset in found} == {
        preset: (window,) for preset, window in found.items()
    }


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("in_language=ru", (OPEN,)),
        ("start=2026-12-03&end=2026-12-05", (days("2026-12-03", "2026-12-05"),)),
        ("start=2015-01-01", (Window(datetime(2015, 1, 1), None),)),
        ("end=2026-12-05", (days("2026-12-01", "2026-12-05"),)),
        ("end=2026-12-01", (days("2026-12-01", "2026-12-01"),)),
        ("end=2026-11-30", (Window(None, datetime(2026, 12, 1)),)),
        ("end=2026-12-01T18:00", (Window(datetime(2026, 12, 1), datetime(2026, 12, 1, 18)),)),
        ("start=2026-12-03T18:00&end=2026-12-03", (Window(datetime(2026, 12, 3, 18), datetime(2026, 12, 4)),)),
        (
            "start=2026-12-01T15:00Z&end=2026-12-01T20:00%2B02:00",
            (Window(datetime(2026, 12, 1, 17), datetime(2026, 12, 1, 20)),),
        ),
        ("when=weekend,today", (days("2026-12-01", "2026-12-01"), days("2026-12-05", "2026-12-06"))),
        ("when=week&start=2026-12-04", (days("2026-12-04", "2026-12-06"),)),
        ("when=week&end=2026-12-02", (days("2026-12-01", "2026-12-02"),)),
        (
            "when=week,next-week&start=2026-12-06&end=2026-12-07",
            (days("2026-12-06", "2026-12-06"), days("2026-12-07", "2026-12-07")),
        ),
        ("when=today&start=2026-12-02", ()),
        ("when=today&end=2026-11-30", ()),
    ],
)
def test_start_end_and_when_are_cut_to_what_they_have_in_common(query: str, expected: tuple[Window, ...]) -> None:
    assert windows(query) == expected


def test_a_day_without_a_time_asked_is_left_to_the_page_or_the_feed() -> None:
    assert page_window(TUESDAY) == Window(datetime(2026, 12, 1), None)
    assert feed_window(TUESDAY) == Window(datetime(2026, 11, 1), datetime(2027, 12, 2))


@pytest.mark.parametrize(
    ("local", "utc"),
    [
        (datetime(2027, 3, 28), datetime(2027, 3, 27, 22, tzinfo=UTC)),
        (datetime(2027, 3, 29), datetime(2027, 3, 28, 21, tzinfo=UTC)),
        (datetime(2027, 3, 28, 3, 30), datetime(2027, 3, 28, 1, 30, tzinfo=UTC)),
        (datetime(2027, 10, 31), datetime(2027, 10, 30, 21, tzinfo=UTC)),
        (datetime(2027, 11, 1), datetime(2027, 10, 31, 22, tzinfo=UTC)),
        (datetime(2027, 10, 31, 3, 30), datetime(2027, 10, 31, 0, 30, tzinfo=UTC)),
    ],
)
def test_midnights_stay_midnights_on_the_days_the_clocks_change(local: datetime, utc: datetime) -> None:
    assert instant(local) == utc


@pytest.mark.parametrize(
    ("written", "local"),
    [
        ("2027-03-28T02:59:00+02:00", "2027-03-28T02:59"),
        ("2027-03-28T01:00:00Z", "2027-03-28T04:00"),
        ("2027-10-31T00:30:00Z", "2027-10-31T03:30"),
        ("2027-10-31T01:30:00Z", "2027-10-31T03:30"),
        ("2027-10-31T02:00:00Z", "2027-10-31T04:00"),
    ],
)
def test_a_moment_with_an_offset_is_kept_as_the_clock_on_the_wall_shows_it(written: str, local: str) -> None:
    found, _ = EventFilter.from_query([("start", written)])

    assert found.to_query() == f"start={local}"


@pytest.mark.parametrize(
    ("start", "end", "day"),
    [
        ("2026-12-01T18:00", "2026-12-01T20:00", "2026-12-01"),
        ("2026-11-25T00:00", "2026-12-10T00:00", "2026-12-01"),
        ("2026-12-03T12:00", "2026-12-06T12:00", "2026-12-05"),
        ("2026-12-06T22:00", "2026-12-07T02:00", "2026-12-06"),
    ],
)
def test_an_event_of_several_days_stands_under_its_first_day_that_was_asked_for(start: str, end: str, day: str) -> None:
    asked = windows("when=today,weekend")

    found = first_day(asked, datetime.fromisoformat(start), datetime.fromisoformat(end))

    assert found == date.fromisoformat(day)
