"""One feed with an event of every kind over two years, for whoever reads feeds; and every fact that can be told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from events.domain import vocabulary
from events.domain.dates import DateChange
from events.domain.event import Event
from events.domain.prices import PriceRow
from events.domain.registration import Registration
from events.domain.texts import Text
from events.feeds import ical
from events.schedule.recurrence import Schedule
from events.schedule.rrule import Frequency, Rule
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

GREEK = "Ομάδα"
"""Stands for whatever somebody types: in no language served, so that no translated word can be mistaken for it."""


def every_fact() -> list[dict[str, Any]]:
    """What to publish so that every key of every vocabulary is told: many facts in an event, each status in its own."""
    widest = max(len(values) for values in vocabulary.FIRST_TIME.values())
    told = (
        _categories(),
        [{"kind": key} for key in vocabulary.KINDS],
        [{"promises": tuple((code, key) for code in vocabulary.LANGUAGES)} for key in vocabulary.PROMISES],
        _prices(),
        [
            {"first_time": {fact: values[n:][:1] for fact, values in vocabulary.FIRST_TIME.items()}}
            for n in range(widest)
        ],
        [{"access": dict.fromkeys(vocabulary.ACCESS, answer)} for answer in (True, False)],
        _registrations(),
        [{"min_age": 7, "max_age": 12}, {"min_age": 18}, {"max_age": 3}],
        [{"nearest_stop": GREEK}, {"online": True, "online_url": "https://x.example/"}, {"no_language": True}],
    )
    statuses = [("cancelled", reason) for reason in vocabulary.REASONS]
    statuses += [(status, "other") for status in vocabulary.STATUSES]
    return [
        *({name: fact for facts in turn for name, fact in facts.items()} for turn in _turns(told)),
        *({"event_status": status, "status_reason": reason} for status, reason in statuses),
        {"full": True},
        {"schedule": once("2026-11-03 17:30")},
        {"schedule": weekly("2026-06-02 17:30", times=60)},
    ]


def _turns(told: tuple[list[dict[str, Any]], ...]) -> Iterator[list[dict[str, Any]]]:
    """One of each list at a time, the shorter ones over and over."""
    for turn in range(max(len(facts) for facts in told)):
        yield [facts[turn % len(facts)] for facts in told]


def _categories() -> list[dict[str, Any]]:
    """Every category, with every activity and audience spread over them."""
    activities, audiences, count = list(vocabulary.ACTIVITIES), list(vocabulary.AUDIENCES), len(vocabulary.CATEGORIES)
    return [
        {"category": key, "activities": tuple(activities[n::count]), "audiences": tuple(audiences[n::count])}
        for n, key in enumerate(vocabulary.CATEGORIES)
    ]


def _prices() -> list[dict[str, Any]]:
    amount = Decimal("2.5")
    return [
        *(
            {"price": "paid", "prices": tuple(PriceRow(amount, unit, group) for unit in vocabulary.PRICE_UNITS)}
            for group in vocabulary.PRICE_GROUPS
        ),
        {"price": "free"},
        {"price": "unknown"},
    ]


def _registrations() -> list[dict[str, Any]]:
    way = Registration("required", "https://x.example/", "x@x.example", "1", True, tuple(vocabulary.LANGUAGES))
    return [
        {"registration": replace(way, mid_season=True)},
        {"registration": replace(way, closes=at("2027-01-04 12:00"))},
        {"registration": replace(way, closes=at("2026-11-04 12:00"))},
        {"registration": Registration("none")},
        {"registration": Registration("unknown")},
    ]


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
