"""The same again next season, without the days on which people are elsewhere."""

from datetime import date, datetime, timedelta

import pytest

from events.domain.dates import DateChange
from events.domain.registration import Registration
from events.domain.texts import Note
from events.editing.input.title_status import status_in_title
from events.editing.seasons import next_season
from events.schedule.holidays import NAMES
from events.schedule.recurrence import Schedule
from events.schedule.rrule import Frequency, Rule
from events.schedule.school_breaks import BREAKS, free_days, school_break
from tests.people import at, draft, once, weekly


def days(schedule: Schedule) -> list[str]:
    return [f"{slot.original_date:%d.%m.}" for slot in schedule.slots()]


def test_a_weekly_club_keeps_its_weekday_its_hour_and_its_weeks() -> None:
    autumn = draft(
        schedule=weekly("2026-09-01 17:30", times=12),
        changed={"2026-09-08": DateChange("cancelled", "illness")},
        notes=(Note("fi", "Kuume", date(2026, 9, 8)),),
        full=True,
        registration=Registration("required", closes=at("2026-08-30 12:00")),
    )

    spring = next_season(autumn, date(2027, 1, 11))

    # From Monday the 11th to its own Tuesday; without the winter break of week 9.
    assert days(spring.schedule) == [
        *("12.01.", "19.01.", "26.01.", "02.02.", "09.02.", "16.02.", "23.02.", "09.03.", "16.03.", "23.03."),
        "30.03.",
    ]
    assert spring.schedule.start == datetime(2027, 1, 12, 17, 30)
    assert spring.schedule.duration == timedelta(hours=1.5)
    assert (spring.changes, spring.notes, spring.full) == ({}, (), False)
    assert spring.registration.closes == at("2027-01-10 12:00")


def test_holidays_inside_the_season_are_skipped_unless_the_organiser_says_otherwise() -> None:
    club = draft(schedule=weekly("2026-09-03 18:00", times=6))

    assert days(next_season(club, date(2027, 4, 22)).schedule) == ["22.04.", "29.04.", "13.05.", "20.05.", "27.05."]
    assert len(days(next_season(club, date(2027, 4, 22), skipped=()).schedule)) == 6


def test_a_series_that_lives_on_holidays_keeps_them() -> None:
    christmas = draft(schedule=weekly("2026-12-24 18:00", times=2))

    assert days(next_season(christmas, date(2027, 12, 20)).schedule) == ["23.12.", "30.12."]


def test_a_skipped_week_of_last_season_is_still_a_week_of_the_season() -> None:
    club = draft(schedule=weekly("2026-09-01 17:30", times=4, skipped=("2026-09-08", "2026-09-15")))

    assert len(days(next_season(club, date(2027, 1, 12)).schedule)) == 4


def test_single_chosen_and_monthly_dates_move_too() -> None:
    assert next_season(draft(schedule=once("2026-12-05 12:00")), date(2027, 12, 4)).schedule == once("2027-12-04 12:00")
    chosen = Schedule.on_dates(
        datetime(2026, 9, 1, 18), datetime(2026, 9, 1, 20), [date(2026, 9, 1), date(2026, 9, 10)]
    )
    assert days(next_season(draft(schedule=chosen), date(2027, 1, 12)).schedule) == ["12.01.", "21.01."]
    start = datetime(2026, 9, 8, 18)
    second_tuesday = Schedule.repeating(
        start,
        start + timedelta(hours=2),
        Rule(Frequency.MONTHLY, weekdays=((2, 2),), until=date(2026, 12, 8)),
    )
    assert days(next_season(draft(schedule=second_tuesday), date(2027, 1, 12)).schedule) == [
        "12.01.",
        "09.02.",
        "09.03.",
        "13.04.",
    ]


@pytest.mark.parametrize(
    ("day", "found"),
    [
        ("2026-10-12", "autumn break"),
        ("2026-10-18", "autumn break"),
        ("2026-10-19", ""),
        ("2026-12-20", ""),
        ("2026-12-21", "Christmas break"),
        ("2027-01-05", "Christmas break"),
        ("2027-03-01", "winter break"),
        ("2027-03-08", ""),
    ],
)
def test_the_schools_of_kouvola(day: str, found: str) -> None:
    assert school_break(date.fromisoformat(day)) == found


def test_a_series_is_offered_the_days_to_skip_with_their_names() -> None:
    tuesdays = [date(2026, 12, 1) + timedelta(weeks=week) for week in range(15)]
    fridays = [day + timedelta(days=3) for day in tuesdays]

    assert free_days(tuesdays) == [
        (date(2026, 12, 22), "Christmas break"),
        (date(2026, 12, 29), "Christmas break"),
        (date(2027, 1, 5), "Christmas break"),
        (date(2027, 3, 2), "winter break"),
    ]
    assert free_days(fridays)[0] == (date(2026, 12, 25), "Christmas Day")


def test_every_day_to_skip_has_a_name() -> None:
    year = [date(2027, 1, 1) + timedelta(days=number) for number in range(365)]

    assert {key for _, key in free_days(year)} - {*NAMES, *BREAKS} == set()


@pytest.mark.parametrize(
    ("title", "status", "rest"),
    [
        ("PERUTTU: Kielikahvila", "cancelled", "Kielikahvila"),
        ("Kielikahvila (peruttu)", "cancelled", "Kielikahvila"),
        ("Kielikahvila – PERUTTU!", "cancelled", "Kielikahvila"),
        ("PERUTTU Kielikahvila", "cancelled", "Kielikahvila"),
        ("INSTÄLLT: Språkcafé", "cancelled", "Språkcafé"),
        ("Inställd: Konsert", "cancelled", "Konsert"),
        ("CANCELLED - Choir", "cancelled", "Choir"),
        ("[CANCELED] Choir", "cancelled", "Choir"),
        ("ОТМЕНЕНО: Хор", "cancelled", "Хор"),
        ("СКАСОВАНО: Хор", "cancelled", "Хор"),
        ("ملغى: المقهى", "cancelled", "المقهى"),
        ("SIIRRETTY: Kuoro", "postponed", "Kuoro"),
        ("POSTPONED: Choir", "postponed", "Choir"),
        ("ПЕРЕНЕСЕНО: Хор", "postponed", "Хор"),
        ("TÄYNNÄ! Kuoro", "full", "Kuoro"),
        ("Choir (fully booked)", "full", "Choir"),
        ("Kuoro - LOPPUUNVARATTU", "full", "Kuoro"),
        ("Siirretty aika", "", "Siirretty aika"),
        ("Täynnä elämää", "", "Täynnä elämää"),
        ("Full moon walk", "", "Full moon walk"),
        ("PERUTTU", "", "PERUTTU"),
        ("", "", ""),
        ("Kielikahvila", "", "Kielikahvila"),
    ],
)
def test_a_status_in_a_title_is_noticed(title: str, status: str, rest: str) -> None:
    assert status_in_title(title) == (status, rest)
