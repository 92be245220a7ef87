"""One feed with an event of every kind over two years, for whoever reads feeds."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

from events import ical
from events.facts import DateChange, Event, Text
from events.recurrence import Schedule
from events.rrule import Frequency, Rule
from tests.events.happenings import CANCELLED, happening, language, weekly
from tests.people import BASE_URL, all_day, at, once

LONG = "Tervetuloa puhumaan suomea, ruotsia ja arabiaa; mukaan mahtuu. "


def repeating(start: str, hours: float, rule: Rule, *skipped: str) -> Schedule:
    begins = datetime.fromisoformat(start)
    return Schedule.repeating(
        begins, begins + timedelta(hours=hours), rule, [date.fromisoformat(day) for day in skipped]
    )


def monthly(weekday: tuple[int, int], times: int) -> Rule:
    return Rule(Frequency.MONTHLY, weekdays=(weekday,), count=times)


EVENTS: dict[str, dict[str, Any]] = {
    # Series and what happens to their dates.
    "lively": {
        "schedule": weekly("2027-01-05 17:30", times=20, skipped=("2027-01-26", "2027-02-16")),
        "changed": {
            "2027-01-12": CANCELLED,
            "2027-01-19": DateChange(start=at("2027-01-20 18:00")),
            "2027-02-02": DateChange(end=at("2027-02-02 21:00")),
            "2027-02-09": DateChange(full=True),
        },
    },
    "passing": {
        "schedule": weekly("2027-01-04 10:00", times=8),
        "changed": {
            "2027-01-11": DateChange(start=at("2027-01-19 12:00")),
            "2027-02-01": DateChange(start=at("2027-01-25 15:00")),
        },
    },
    "fortnightly": {
        "schedule": repeating("2027-01-05 17:00", 1.5, Rule(Frequency.WEEKLY, 2, weekdays=((0, 2), (0, 4)), count=40))
    },
    "secondtuesday": {"schedule": repeating("2027-01-12 18:00", 2, monthly((2, 2), 24), "2027-07-13")},
    "lastfriday": {"schedule": repeating("2027-01-29 21:30", 2, monthly((-1, 5), 24), "2027-12-31")},
    "yearly": {"schedule": repeating("2027-02-28 12:00", 3, Rule(Frequency.YEARLY, count=3))},
    "thirtyfirst": {"schedule": repeating("2027-01-31 09:00", 1, Rule(Frequency.MONTHLY, month_days=(31,), count=10))},
    "daily": {"schedule": repeating("2027-03-20 08:15", 0.75, Rule(Frequency.DAILY, count=20), "2027-03-26")},
    "chosen": {
        "schedule": Schedule.on_dates(
            datetime(2027, 2, 3, 16), datetime(2027, 2, 3, 18), [date(2027, 2, 3), date(2027, 3, 28), date(2027, 6, 1)]
        )
    },
    "lateevening": {"schedule": weekly("2027-09-03 23:30", times=14, hours=1)},
    "calledoff": {
        "schedule": weekly("2027-08-16 17:30", times=6),
        "changed": {"2027-08-23": DateChange(start=at("2027-08-24 17:30"))},
        "event_status": "cancelled",
        "status_reason": "illness",
    },
    # The clock changes of 28 March and 31 October 2027.
    "skippedhour": {"schedule": once("2027-03-28 03:30", "2027-03-28 05:00")},
    "repeatedhour": {"schedule": once("2027-10-31 03:30", "2027-10-31 03:45")},
    "springnight": {"schedule": once("2027-03-27 22:00", "2027-03-28 06:00")},
    "autumnnight": {"schedule": once("2027-10-30 22:00", "2027-10-31 06:00")},
    "skippedhours": {"schedule": weekly("2027-03-07 03:30", times=7, hours=1)},
    "repeatedhours": {"schedule": weekly("2027-10-10 03:30", times=7, hours=0.25)},
    "skippedhourfree": {"schedule": weekly("2027-03-07 03:30", times=5, hours=1, skipped=("2027-03-28",))},
    "repeatedhourfree": {"schedule": weekly("2027-10-10 03:30", times=5, hours=0.25, skipped=("2027-10-31",))},
    "skippedhourmoved": {
        "schedule": weekly("2027-03-07 03:30", times=5, hours=1),
        "changed": {"2027-03-28": DateChange(start=at("2027-03-28 12:00"))},
    },
    "repeatedhourmoved": {
        "schedule": weekly("2027-10-10 03:30", times=5, hours=0.25),
        "changed": {"2027-10-31": DateChange(start=at("2027-10-31 12:00"))},
    },
    "nights": {"schedule": weekly("2027-03-06 22:00", times=40, hours=8)},
    "ledbychange": {"schedule": weekly("2027-03-28 03:15", times=4, hours=1)},
    "intothechange": {
        "schedule": weekly("2027-10-17 12:00", times=5),
        "changed": {"2027-10-31": DateChange(start=datetime(2027, 10, 31, 1, 30, tzinfo=UTC))},
    },
    # Whole days.
    "independence": {"schedule": all_day("2027-12-06")},
    "festival": {"schedule": all_day("2027-10-29", "2027-11-02")},
    "wholedays": {
        "schedule": weekly("2027-03-06", times=8, all_day=True, days=2, skipped=("2027-03-20",)),
        "changed": {"2027-03-27": CANCELLED},
    },
    # What became of single events.
    "postponed": {"schedule": once("2027-05-04 18:00"), "event_status": "postponed"},
    "tentative": {"schedule": once("2027-05-05 18:00"), "event_status": "tentative"},
    "newtime": {
        "schedule": once("2027-05-06 18:00"),
        "changed": {"2027-05-06": DateChange(start=at("2027-05-07 19:00"), end=at("2027-05-07 20:30"))},
    },
    # Words.
    **{
        f"emoji{length}": {
            "schedule": once("2027-06-01 10:00"),
            "texts": {"fi": Text("a" * length + "🎉👩‍👩‍👧é😀" * 12, "ä" * length + "🎉é😀" * 30)},
        }
        for length in range(6)
    },
    "arabic": {
        "schedule": once("2027-06-02 10:00"),
        "original_language": "ar",
        "texts": {"ar": Text("مقهى اللغة، الخميس; «أهلا» (A2–B1)", "تعالوا نتحدث، الجميع مرحب بهم. " * 8)},
    },
    "commas": {
        "schedule": once("2027-06-03 10:00"),
        "texts": {"fi": Text('Keskiviikko, kahvi; tee: "pulla" & 50% \\n C:\\nurkka', LONG * 4)},
    },
    "control": {
        "schedule": once("2027-06-04 10:00"),
        "texts": {
            "fi": Text(
                "Kieli\x0bkahvila\x00 \x1b[1m\u2028tänään\ttai\x7f huomenna\x85", "Rivi\r\nrivi\u2029rivi\x0c" * 9
            )
        },
    },
    "propertylike": {
        "schedule": once("2027-06-05 10:00"),
        "texts": {"fi": Text("END:VEVENT", "Rivi\nEND:VCALENDAR\nBEGIN:VALARM\nSTATUS:CANCELLED\n=20")},
    },
}


@cache
def every_event() -> dict[str, Event]:
    return {
        name: happening(**{"public_id": name, "texts": {"fi": Text(f"Kielikahvila {name}", LONG)}, **facts})
        for name, facts in EVENTS.items()
    }


@cache
def feed() -> bytes:
    """All of them in Finnish; the identity of each is its name here."""
    return ical.feed(
        "Yhdessä",
        [
            ical.event_body(event, language(), form="feed", base_url=BASE_URL, uid=f"{name}@yhdessa.example")
            for name, event in every_event().items()
        ],
    )
