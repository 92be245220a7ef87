"""The repeat rule reads what calendar programs write, refuses what cannot be kept, and writes one form."""

import pickle
from collections.abc import Callable
from concurrent.futures import Future
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path
from threading import Thread
from typing import TypeVar
from zoneinfo import ZoneInfo

import pytest
from babel.messages.extract import extract_from_file

from events.schedule import errors as schedule_errors
from events.schedule.errors import Problem, ScheduleError
from events.schedule.rrule import Frequency, Rule

Answer = TypeVar("Answer")

WEDNESDAY = date(2026, 9, 2)


def within(seconds: float, call: Callable[[], Answer]) -> Answer:
    """Fail instead of hanging; how fast the call is does not matter here."""
    outcome: Future[Answer] = Future()

    def run() -> None:
        try:
            outcome.set_result(call())
        except ScheduleError as refused:
            outcome.set_exception(refused)

    # A pool would wait for the hanging thread at exit.
    Thread(target=run, daemon=True).start()
    return outcome.result(timeout=seconds)


def refusal(text: str) -> ScheduleError:
    with pytest.raises(ScheduleError) as refused:
        within(30, lambda: Rule.parse(text))
    return refused.value


def dates(text: str, first: date, number: int) -> list[str]:
    return [f"{day:%a %-d.%-m.%y}" for day in islice(Rule.parse(text).instances(first), number)]


def test_every_part_of_a_rule_is_read() -> None:
    rule = Rule.parse("FREQ=MONTHLY;INTERVAL=2;BYMONTH=9,3;BYDAY=-1FR,2TU;BYSETPOS=-1;WKST=SU;COUNT=12")

    assert rule == Rule(
        Frequency.MONTHLY,
        interval=2,
        weekdays=((-1, 5), (2, 2)),
        months=(3, 9),
        position=-1,
        week_start=7,
        count=12,
    )


@pytest.mark.parametrize(
    "text",
    [
        "FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20271231",
        "RRULE:FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20271231",
        "freq=weekly;byday=we,mo;until=20271231",
        " FREQ = WEEKLY ; BYDAY = MO, WE ;\r\n UNTIL=20271231; ",
        "BYDAY=MO,WE,MO;UNTIL=20271231T235959;INTERVAL=1;WKST=MO;FREQ=WEEKLY",
        "FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20271231T215959Z",
    ],
)
def test_other_programs_spellings_mean_the_same(text: str) -> None:
    assert Rule.parse(text) == Rule(Frequency.WEEKLY, weekdays=((0, 1), (0, 3)), until=date(2027, 12, 31))


@pytest.mark.parametrize(
    ("until", "last"),
    [
        ("20271231", date(2027, 12, 31)),
        ("20271231T235959", date(2027, 12, 31)),
        ("20271231T180000", date(2027, 12, 31)),
        ("20271231T175959", date(2027, 12, 30)),
        ("20271231T000000", date(2027, 12, 30)),
        ("20271231T160000Z", date(2027, 12, 31)),
        ("20271231T155959Z", date(2027, 12, 30)),
        ("20271230T220000Z", date(2027, 12, 30)),
        ("20271230T215959Z", date(2027, 12, 30)),
        ("20270731T150000Z", date(2027, 7, 31)),
        ("20270731T145959Z", date(2027, 7, 30)),
    ],
)
@pytest.mark.parametrize("start", [datetime(2026, 9, 2, 18), datetime(2026, 9, 2, 15, tzinfo=UTC)])
def test_an_until_before_the_hour_of_the_event_leaves_that_day_out(start: datetime, until: str, last: date) -> None:
    assert Rule.parse(f"FREQ=DAILY;UNTIL={until}", start=start).until == last


def test_an_until_in_utc_is_a_date_of_the_zone_asked_for() -> None:
    text = "FREQ=DAILY;UNTIL=20271231T230000Z"

    assert Rule.parse(text).until == date(2028, 1, 1)
    assert Rule.parse(text, zone=ZoneInfo("America/New_York")).until == date(2027, 12, 31)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "An event can repeat by the day, week, month or year."),
        ("BYDAY=MO", "An event can repeat by the day, week, month or year."),
        ("FREQ=SECONDLY", "An event can repeat by the day, week, month or year."),
        ("FREQ=MINUTELY;COUNT=3", "An event can repeat by the day, week, month or year."),
        ("FREQ=HOURLY", "An event can repeat by the day, week, month or year."),
        ("FREQ=DAILY;INTERVAL=0", "The interval between repeats must be from 1 to 99."),
        ("FREQ=DAILY;INTERVAL=-1", "The interval between repeats must be from 1 to 99."),
        ("FREQ=DAILY;INTERVAL=100", "The interval between repeats must be from 1 to 99."),
        ("FREQ=DAILY;BYHOUR=1,2", "The repeat rule uses BYHOUR, which this calendar does not support."),
        ("FREQ=DAILY;BYMINUTE=1", "The repeat rule uses BYMINUTE, which this calendar does not support."),
        ("FREQ=DAILY;BYSECOND=1", "The repeat rule uses BYSECOND, which this calendar does not support."),
        ("FREQ=YEARLY;BYWEEKNO=9", "The repeat rule uses BYWEEKNO, which this calendar does not support."),
        ("FREQ=YEARLY;BYYEARDAY=9", "The repeat rule uses BYYEARDAY, which this calendar does not support."),
        (
            "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=1,2",
            "The repeat rule uses BYSETPOS=1,2, which this calendar does not support.",
        ),
        (
            "FREQ=DAILY;COUNT=3;UNTIL=20271231",
            "Give either the last date or the number of times, not both.",
        ),
        ("FREQ=DAILY;COUNT=3;COUNT=4", "The repeat rule says COUNT more than once."),
        ("FREQ=DAILY;FREQ=DAILY", "The repeat rule says FREQ more than once."),
        ("FREQ=DAILY;COUNT=0", "This part of the repeat rule could not be read: COUNT."),
        ("FREQ=DAILY;COUNT=1_0", "This part of the repeat rule could not be read: COUNT=1_0."),
        ("FREQ=DAILY;COUNT=٣", "This part of the repeat rule could not be read: COUNT=٣."),
        ("FREQ=DAILY;COUNT=", "This part of the repeat rule could not be read: COUNT=."),
        ("FREQ=DAILY;INTERVAL=1,2", "This part of the repeat rule could not be read: INTERVAL=1,2."),
        ("FREQ=DAILY;banana", "This part of the repeat rule could not be read: BANANA."),
        ("FREQ=WEEKLY;BYDAY=MO,", "This part of the repeat rule could not be read: BYDAY=."),
        ("FREQ=WEEKLY;BYDAY=XX", "This part of the repeat rule could not be read: BYDAY=XX."),
        ("FREQ=MONTHLY;BYDAY=0MO", "This part of the repeat rule could not be read: BYDAY=0MO."),
        ("FREQ=MONTHLY;BYDAY=6MO", "This part of the repeat rule could not be read: BYDAY."),
        ("FREQ=YEARLY;BYDAY=54MO", "This part of the repeat rule could not be read: BYDAY."),
        ("FREQ=MONTHLY;BYMONTHDAY=32", "This part of the repeat rule could not be read: BYMONTHDAY."),
        ("FREQ=MONTHLY;BYMONTHDAY=0", "This part of the repeat rule could not be read: BYMONTHDAY."),
        ("FREQ=YEARLY;BYMONTH=13", "This part of the repeat rule could not be read: BYMONTH."),
        ("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=0", "This part of the repeat rule could not be read: BYSETPOS."),
        ("FREQ=WEEKLY;WKST=1MO", "This part of the repeat rule could not be read: WKST=1MO."),
        ("FREQ=WEEKLY;BYDAY=2MO", "The repeat rule uses BYDAY in a way that is not allowed."),
        ("FREQ=WEEKLY;BYMONTHDAY=2", "The repeat rule uses BYMONTHDAY in a way that is not allowed."),
        ("FREQ=MONTHLY;BYSETPOS=1", "The repeat rule uses BYSETPOS in a way that is not allowed."),
        ("FREQ=DAILY;UNTIL=20270230", "This part of the repeat rule could not be read: UNTIL=20270230."),
        ("FREQ=DAILY;UNTIL=20271231Z", "This part of the repeat rule could not be read: UNTIL=20271231Z."),
        ("FREQ=DAILY;UNTIL=soon", "This part of the repeat rule could not be read: UNTIL=SOON."),
        ("FREQ=DAILY;UNTIL=00010101T000000Z", "The year must be from 2000 to 2100."),
        ("FREQ=DAILY;UNTIL=99991231T235959Z", "The year must be from 2000 to 2100."),
        ("FREQ=DAILY;UNTIL=21001231T230000Z", "The year must be from 2000 to 2100."),
        ("FREQ=DAILY;UNTIL=19991231", "The year must be from 2000 to 2100."),
        ("FREQ=MONTHLY;BYMONTHDAY=" + "1," * 300, "The repeat rule is longer than 500 characters."),
        (
            "FREQ=DAILY;X-" + "A" * 60 + "=1",
            f"The repeat rule uses X-{'A' * 37}…, which this calendar does not support.",
        ),
    ],
)
def test_a_rule_that_cannot_be_kept_is_refused_with_its_reason(text: str, message: str) -> None:
    refused = refusal(text)

    assert (str(refused), refused.field) == (message, "rule")


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("FREQ=WEEKLY;INTERVAL=1;BYDAY=WE,MO;COUNT=3", "FREQ=WEEKLY;BYDAY=MO,WE;WKST=MO"),
        ("WKST=SU;BYDAY=TU;INTERVAL=2;FREQ=WEEKLY", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;WKST=SU"),
        ("FREQ=MONTHLY;BYDAY=+2TU", "FREQ=MONTHLY;BYDAY=2TU;WKST=MO"),
        ("FREQ=MONTHLY;BYDAY=FR,MO;BYSETPOS=-1", "FREQ=MONTHLY;BYDAY=MO,FR;BYSETPOS=-1;WKST=MO"),
        ("FREQ=YEARLY;BYMONTHDAY=6;BYMONTH=12", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=6;WKST=MO"),
    ],
)
def test_a_rule_is_written_in_one_form(text: str, canonical: str) -> None:
    assert Rule.parse(text).text() == canonical


def test_until_is_written_as_the_last_local_second_in_utc_or_as_a_date() -> None:
    winter = Rule(Frequency.DAILY, until=date(2027, 12, 31))
    summer = Rule(Frequency.DAILY, until=date(2027, 7, 31))

    assert winter.bounded_text(all_day=False) == "FREQ=DAILY;WKST=MO;UNTIL=20271231T215959Z"
    assert summer.bounded_text(all_day=False) == "FREQ=DAILY;WKST=MO;UNTIL=20270731T205959Z"
    assert summer.bounded_text(all_day=True) == "FREQ=DAILY;WKST=MO;UNTIL=20270731"


def test_a_rule_that_names_no_day_takes_it_from_its_first_date() -> None:
    texts = [
        Rule.parse(text).anchored(WEDNESDAY).text()
        for text in ("FREQ=DAILY", "FREQ=WEEKLY", "FREQ=MONTHLY", "FREQ=YEARLY", "FREQ=YEARLY;BYMONTH=5")
    ]

    assert texts == [
        "FREQ=DAILY;WKST=MO",
        "FREQ=WEEKLY;BYDAY=WE;WKST=MO",
        "FREQ=MONTHLY;BYMONTHDAY=2;WKST=MO",
        "FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=2;WKST=MO",
        "FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=2;WKST=MO",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE", ["Wed 2.9.26", "Mon 14.9.26", "Wed 16.9.26"]),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,WE;WKST=SU", ["Wed 2.9.26", "Sun 13.9.26", "Wed 16.9.26"]),
        ("FREQ=MONTHLY;BYDAY=2TU", ["Tue 8.9.26", "Tue 13.10.26", "Tue 10.11.26"]),
        ("FREQ=MONTHLY;BYDAY=-1FR", ["Fri 25.9.26", "Fri 30.10.26", "Fri 27.11.26"]),
        ("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", ["Fri 13.11.26", "Fri 13.8.27", "Fri 13.10.28"]),
        (
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
            ["Wed 30.9.26", "Fri 30.10.26", "Mon 30.11.26"],
        ),
        ("FREQ=MONTHLY;BYMONTHDAY=31", ["Sat 31.10.26", "Thu 31.12.26", "Sun 31.1.27"]),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", ["Wed 30.9.26", "Sat 31.10.26", "Mon 30.11.26"]),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", ["Tue 29.2.28", "Sun 29.2.32", "Fri 29.2.36"]),
        ("FREQ=YEARLY;BYDAY=20MO", ["Mon 17.5.27", "Mon 15.5.28", "Mon 14.5.29"]),
        ("FREQ=YEARLY;BYMONTH=5;BYDAY=2SU", ["Sun 9.5.27", "Sun 14.5.28", "Sun 13.5.29"]),
        ("FREQ=DAILY;INTERVAL=3;BYMONTH=9", ["Wed 2.9.26", "Sat 5.9.26", "Tue 8.9.26"]),
        ("FREQ=DAILY;COUNT=2", ["Wed 2.9.26", "Thu 3.9.26"]),
        ("FREQ=DAILY;UNTIL=20260903", ["Wed 2.9.26", "Thu 3.9.26"]),
    ],
)
def test_a_rule_yields_the_dates_people_expect(text: str, expected: list[str]) -> None:
    assert dates(text, WEDNESDAY, 3) == expected


def test_an_endless_rule_ends_with_the_year_2100() -> None:
    days = list(Rule(Frequency.DAILY).instances(date(2000, 1, 1)))

    assert (len(days), days[-1]) == (101 * 365 + 25, date(2100, 12, 31))
    assert days[-1] - days[0] == timedelta(days=len(days) - 1)


def test_every_message_is_found_for_translation_and_can_be_filled_in() -> None:
    extracted = extract_from_file("python", Path(schedule_errors.__file__))
    samples = {"maximum": 99, "part": "BYDAY", "first": 2000, "last": 2100}

    assert [message for _line, message, *_rest in extracted] == [problem.value for problem in Problem]
    assert [problem for problem in Problem if not problem.format(**samples).endswith(".")] == []


def test_a_refusal_survives_the_way_back_from_an_import_process() -> None:
    refused = refusal("FREQ=DAILY;INTERVAL=0")

    copied = pickle.loads(pickle.dumps(refused))

    assert (copied.message, copied.field, copied.values, str(copied)) == (
        "The interval between repeats must be from 1 to {maximum}.",
        "rule",
        {"maximum": 99},
        "The interval between repeats must be from 1 to 99.",
    )
