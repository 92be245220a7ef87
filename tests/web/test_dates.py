"""Dates and times as Finns, Finland's Swedes and readers of English write them."""

from datetime import date, datetime, time
from pathlib import Path

import pytest

from web.dates import WITHOUT_TODAY, last_day, write_date, write_day, write_hours, write_time, write_when
from web.i18n import load_languages

LANGUAGES = load_languages(Path(__file__).parents[2] / "locales")
SERVED = ("fi", "sv", "en")
THIS_YEAR = date(2026, 12, 1)
YEAR_BEFORE = date(2025, 12, 31)

WHEN = {
    ("2026-12-03T17:30", "2026-12-03T19:00", YEAR_BEFORE): (
        "to 3.12.2026 klo 17.30–19",
        "tors 3.12.2026 kl. 17.30–19",
        "Thu 3 Dec 2026, 17:30–19:00",
    ),
    ("2026-12-03T17:30", "2026-12-03T19:00", THIS_YEAR): (
        "to 3.12. klo 17.30–19",
        "tors 3.12 kl. 17.30–19",
        "Thu 3 Dec, 17:30–19:00",
    ),
    ("2026-12-03T09:15", "2026-12-03T12:00", THIS_YEAR): (
        "to 3.12. klo 9.15–12",
        "tors 3.12 kl. 9.15–12",
        "Thu 3 Dec, 09:15–12:00",
    ),
    ("2026-12-03T17:30", "2026-12-03T17:30", THIS_YEAR): (
        "to 3.12. klo 17.30",
        "tors 3.12 kl. 17.30",
        "Thu 3 Dec, 17:30",
    ),
    ("2027-03-05T18:00", "2027-03-07T15:00", THIS_YEAR): (
        "pe 5.3. klo 18 – su 7.3.2027 klo 15",
        "fre 5.3 kl. 18 – sön 7.3.2027 kl. 15",
        "Fri 5 Mar, 18:00 – Sun 7 Mar 2027, 15:00",
    ),
    ("2026-12-05T21:00", "2026-12-06T02:00", THIS_YEAR): (
        "la 5.12. klo 21 – su 6.12. klo 2",
        "lör 5.12 kl. 21 – sön 6.12 kl. 2",
        "Sat 5 Dec, 21:00 – Sun 6 Dec, 02:00",
    ),
    ("2026-12-31T21:00", "2027-01-01T02:00", THIS_YEAR): (
        "to 31.12. klo 21 – pe 1.1.2027 klo 2",
        "tors 31.12 kl. 21 – fre 1.1.2027 kl. 2",
        "Thu 31 Dec, 21:00 – Fri 1 Jan 2027, 02:00",
    ),
    ("2026-12-31T21:00", "2027-01-01T02:00", date(2027, 1, 1)): (
        "to 31.12.2026 klo 21 – pe 1.1. klo 2",
        "tors 31.12.2026 kl. 21 – fre 1.1 kl. 2",
        "Thu 31 Dec 2026, 21:00 – Fri 1 Jan, 02:00",
    ),
    ("2026-12-03T17:00", "2026-12-04T00:00", THIS_YEAR): (
        "to 3.12. klo 17–24",
        "tors 3.12 kl. 17–24",
        "Thu 3 Dec, 17:00–24:00",
    ),
    ("2026-12-03T17:00", "2026-12-03T18:00", WITHOUT_TODAY): (
        "to 3.12.2026 klo 17–18",
        "tors 3.12.2026 kl. 17–18",
        "Thu 3 Dec 2026, 17:00–18:00",
    ),
}
WHOLE_DAYS = {
    ("2026-12-03", "2026-12-04"): ("to 3.12. koko päivän", "tors 3.12 hela dagen", "Thu 3 Dec, all day"),
    ("2026-12-03", "2026-12-06"): ("to 3.12. – la 5.12.", "tors 3.12 – lör 5.12", "Thu 3 Dec – Sat 5 Dec"),
    ("2027-01-01", "2027-01-03"): ("pe 1.1. – la 2.1.2027", "fre 1.1 – lör 2.1.2027", "Fri 1 Jan – Sat 2 Jan 2027"),
}


@pytest.mark.parametrize(("start", "end", "today"), list(WHEN))
def test_a_date_with_its_hours_reads_as_people_write_it(start: str, end: str, today: date) -> None:
    ends = datetime.fromisoformat(start), datetime.fromisoformat(end)

    written = tuple(write_when(*ends, LANGUAGES[code], all_day=False, today=today) for code in SERVED)

    assert written == WHEN[start, end, today]


@pytest.mark.parametrize(("start", "end"), list(WHOLE_DAYS))
def test_whole_days_are_written_without_hours_and_end_on_their_last_day(start: str, end: str) -> None:
    ends = datetime.fromisoformat(start), datetime.fromisoformat(end)

    written = tuple(write_when(*ends, LANGUAGES[code], all_day=True, today=THIS_YEAR) for code in SERVED)

    assert written == WHOLE_DAYS[start, end]


def test_beside_its_day_an_event_shows_its_hours_alone() -> None:
    def hours(start: str, end: str, *, all_day: bool = False) -> str:
        ends = datetime.fromisoformat(start), datetime.fromisoformat(end)
        return write_hours(*ends, LANGUAGES["fi"], all_day=all_day, today=THIS_YEAR)

    assert hours("2026-12-03T17:30", "2026-12-03T19:00") == "klo 17.30–19"
    assert hours("2026-12-05T21:00", "2026-12-06T02:00") == "klo 21 – su 6.12. klo 2"
    assert hours("2026-12-03", "2026-12-04", all_day=True) == "koko päivän"
    assert hours("2026-12-03", "2026-12-06", all_day=True) == "koko päivän – la 5.12."


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("weekday", ("torstai", "torsdag", "Thursday")),
        ("short weekday", ("to", "tors", "Thu")),
        ("day and month", ("3.12.", "3.12", "3 Dec")),
        ("day heading", ("torstai 3.12.", "torsdag 3.12", "Thursday 3 December")),
        ("month heading", ("joulukuu 2026", "december 2026", "December 2026")),
    ],
)
def test_headings_stand_in_the_basic_form_of_each_language(pattern: str, expected: tuple[str, ...]) -> None:
    assert tuple(write_date(date(2026, 12, 3), pattern, LANGUAGES[code]) for code in SERVED) == expected


def test_the_year_is_told_only_where_it_is_another_one() -> None:
    finnish = LANGUAGES["fi"]

    assert write_day(date(2026, 12, 31), finnish, today=THIS_YEAR) == "to 31.12."
    assert write_day(date(2027, 1, 1), finnish, today=THIS_YEAR) == "pe 1.1.2027"
    assert write_day(date(2025, 12, 31), finnish, today=THIS_YEAR) == "ke 31.12.2025"


@pytest.mark.parametrize(
    ("clock", "expected"),
    [
        (time(19), ("19", "19", "19:00")),
        (time(9, 5), ("9.05", "9.05", "09:05")),
        (time(0), ("0", "0", "00:00")),
        (time(12), ("12", "12", "12:00")),
    ],
)
def test_full_hours_lose_their_minutes_where_the_language_does_so(clock: time, expected: tuple[str, ...]) -> None:
    assert tuple(write_time(clock, LANGUAGES[code]) for code in SERVED) == expected


def test_an_evening_that_ends_at_midnight_does_not_reach_the_next_day() -> None:
    evening = datetime(2026, 12, 3, 18)

    assert last_day(evening, datetime(2026, 12, 4), all_day=False) == date(2026, 12, 3)
    assert last_day(evening, datetime(2026, 12, 4, 0, 1), all_day=False) == date(2026, 12, 4)
    assert last_day(evening, evening, all_day=False) == date(2026, 12, 3)
    assert last_day(datetime(2026, 12, 3), datetime(2026, 12, 5), all_day=True) == date(2026, 12, 4)
