"""Which VEVENTs an event becomes, so that every calendar program shows the same dates."""

from __future__ import annotations

from datetime import datetime

import pytest

from events.domain.dates import DateChange
from events.feeds.components import Component, components
from events.schedule.recurrence import HELSINKI, Schedule
from events.schedule.rrule import Frequency, Rule
from tests.events.happenings import (
    CANCELLED,
    assert_shown_rightly,
    day,
    happening,
    local,
    master,
    moved,
    overrides,
    said,
    singles,
    weekly,
)
from tests.people import at, once


def test_an_event_that_takes_place_once_is_one_component() -> None:
    event = happening(once("2026-12-03 17:30"))

    assert components(event) == [
        Component("", local("2026-12-03 17:30"), local("2026-12-03 19:30"), event.dates[0]),
    ]


def test_a_moved_single_event_keeps_its_identity() -> None:
    event = happening(once("2026-12-03 17:30"), changed={"2026-12-03": moved("2026-12-10 18:00")})

    assert singles(components(event)) == [("", "2026-12-10 18:00")]


def test_chosen_dates_are_events_of_their_own() -> None:
    start, end = datetime(2026, 12, 1, 17, 30), datetime(2026, 12, 1, 19)
    event = happening(Schedule.on_dates(start, end, [day("2026-12-15"), day("2026-12-03"), day("2027-06-30")]))

    assert singles(components(event)) == [
        ("-20261203", "2026-12-03 17:30"),
        ("-20261215", "2026-12-15 17:30"),
        ("-20270630", "2027-06-30 17:30"),
    ]


def test_a_moved_chosen_date_keeps_the_identity_of_its_first_plan() -> None:
    start, end = datetime(2026, 12, 1, 17, 30), datetime(2026, 12, 1, 19)
    schedule = Schedule.on_dates(start, end, [day("2026-12-03"), day("2026-12-15")])
    event = happening(schedule, changed={"2026-12-03": moved("2026-12-20 12:00")})

    assert singles(components(event)) == [("-20261215", "2026-12-15 17:30"), ("-20261203", "2026-12-20 12:00")]


def test_a_regular_series_is_one_component_with_a_bounded_rule() -> None:
    event = happening(weekly("2026-12-01 17:30", times=8))

    assert components(event) == [
        Component(
            "",
            local("2026-12-01 17:30"),
            local("2026-12-01 19:30"),
            None,
            rule="FREQ=WEEKLY;BYDAY=TU;WKST=MO;UNTIL=20270119T215959Z",
        )
    ]


def test_skipped_dates_are_left_out_of_the_series() -> None:
    event = happening(weekly("2026-12-01 17:30", times=8, skipped=("2026-12-22", "2026-12-29")))

    assert master(components(event)).skipped == (local("2026-12-22 17:30"), local("2026-12-29 17:30"))
    assert len(components(event)) == 1
    assert_shown_rightly(event)


def test_a_skipped_first_date_gives_way_to_the_second() -> None:
    event = happening(weekly("2026-12-01 17:30", times=4, skipped=("2026-12-01",)))

    assert (said(master(components(event)).start), master(components(event)).skipped) == ("2026-12-08 17:30", ())
    assert_shown_rightly(event)


@pytest.mark.parametrize(
    ("change", "note"),
    [
        (DateChange("cancelled"), ""),
        (DateChange("postponed"), ""),
        (DateChange("tentative"), ""),
        (DateChange(reason="venue"), ""),
        (DateChange(full=True), ""),
        (DateChange(start=at("2026-12-09 12:00")), ""),
        (DateChange(end=at("2026-12-08 22:00")), ""),
        (DateChange(), "Tuo omat luistimet"),
    ],
)
def test_a_date_with_something_to_say_is_an_override(change: DateChange, note: str) -> None:
    notes = {"2026-12-08": note} if note else {}
    event = happening(weekly("2026-12-01 17:30", times=4), changed={"2026-12-08": change}, notes=notes)

    found = components(event)

    assert [one.date and one.date.original_date for one in found] == [None, day("2026-12-08")]
    assert overrides(found) == [("2026-12-08 17:30", said(event.dates[1].start.astimezone(HELSINKI)))]
    assert master(found).skipped == ()
    assert_shown_rightly(event)


def test_a_note_about_the_whole_series_makes_no_override() -> None:
    event = happening(weekly("2026-12-01 17:30", times=4), notes={"": "Uusi ovi"})

    assert len(components(event)) == 1


def test_a_cancelled_first_date_is_still_the_first_of_the_series() -> None:
    event = happening(weekly("2026-12-01 17:30", times=4), changed={"2026-12-01": CANCELLED})

    found = components(event)

    assert said(master(found).start) == "2026-12-01 17:30"
    assert overrides(found) == [("2026-12-01 17:30", "2026-12-01 17:30")]


def test_a_series_cancelled_on_every_date_has_an_override_for_each() -> None:
    dates = ("2026-12-01", "2026-12-08", "2026-12-15")
    event = happening(weekly("2026-12-01 17:30", times=3), changed=dict.fromkeys(dates, CANCELLED))

    assert overrides(components(event)) == [(f"{one} 17:30", f"{one} 17:30") for one in dates]


@pytest.mark.parametrize("new_time", ["2026-12-15 10:00", "2026-12-15 17:30", "2026-12-17 17:30", "2026-12-01 21:00"])
def test_a_date_moved_onto_or_past_a_neighbour_leaves_the_series(new_time: str) -> None:
    event = happening(weekly("2026-12-01 17:30", times=4), changed={"2026-12-08": moved(new_time)})

    found = components(event)

    assert master(found).skipped == (local("2026-12-08 17:30"),)
    assert singles(found) == [("-20261208", new_time)]
    assert overrides(found) == []
    assert_shown_rightly(event)


def test_a_date_moved_onto_the_day_to_which_its_neighbour_was_moved_leaves_the_series() -> None:
    changed = {"2026-12-08": moved("2026-12-10 17:30"), "2026-12-15": moved("2026-12-10 20:00")}
    event = happening(weekly("2026-12-01 17:30", times=4), changed=changed)

    assert singles(components(event)) == [("-20261208", "2026-12-10 17:30"), ("-20261215", "2026-12-10 20:00")]
    assert_shown_rightly(event)


def test_a_date_moved_onto_a_skipped_one_leaves_the_series() -> None:
    schedule = weekly("2026-12-01 17:30", times=4, skipped=("2026-12-15",))
    event = happening(schedule, changed={"2026-12-08": moved("2026-12-15 17:30")})

    assert master(components(event)).skipped == (local("2026-12-08 17:30"), local("2026-12-15 17:30"))
    assert singles(components(event)) == [("-20261208", "2026-12-15 17:30")]
    assert_shown_rightly(event)


def test_a_first_date_that_leaves_the_series_gives_way_to_the_second() -> None:
    event = happening(weekly("2026-12-01 17:30", times=4), changed={"2026-12-01": moved("2026-12-09 17:30")})

    found = components(event)

    assert (said(master(found).start), master(found).skipped) == ("2026-12-08 17:30", ())
    assert singles(found) == [("-20261201", "2026-12-09 17:30")]
    assert_shown_rightly(event)


def test_a_last_date_that_leaves_the_series_is_excluded_where_the_rule_still_names_it() -> None:
    event = happening(weekly("2026-12-01 17:30", times=3), changed={"2026-12-15": moved("2026-12-07 17:30")})

    found = components(event)

    assert master(found).rule.endswith("UNTIL=20261215T215959Z")
    assert master(found).skipped == (local("2026-12-15 17:30"),)
    assert singles(found) == [("-20261215", "2026-12-07 17:30")]
    assert_shown_rightly(event)


def test_a_series_keeps_its_every_second_week_from_whichever_date_it_begins() -> None:
    rule = Rule(Frequency.WEEKLY, interval=2, weekdays=((0, 2), (0, 4)), until=day("2027-01-31"))
    schedule = Schedule.repeating(datetime(2026, 12, 1, 17), datetime(2026, 12, 1, 18), rule)
    event = happening(schedule, changed={"2026-12-01": moved("2026-12-04 17:00")})

    assert said(master(components(event)).start) == "2026-12-03 17:00"
    assert_shown_rightly(event)


def test_one_date_left_is_still_a_series() -> None:
    event = happening(weekly("2026-12-01 17:30", times=2), changed={"2026-12-01": moved("2026-12-08 12:00")})

    found = components(event)

    assert said(master(found).start) == "2026-12-08 17:30"
    assert singles(found) == [("-20261201", "2026-12-08 12:00")]
    assert_shown_rightly(event)


def test_where_every_date_is_moved_past_another_only_single_events_are_left() -> None:
    changed = {"2026-12-01": moved("2026-12-08 12:00"), "2026-12-08": moved("2026-12-01 12:00")}
    event = happening(weekly("2026-12-01 17:30", times=2), changed=changed)

    assert singles(components(event)) == [("-20261208", "2026-12-01 12:00"), ("-20261201", "2026-12-08 12:00")]
    assert len(components(event)) == 2
    assert_shown_rightly(event)


def test_an_event_without_dates_is_nothing() -> None:
    assert components(happening(once(), dates=())) == []
    assert components(happening(weekly("2026-12-01 17:30", times=2), dates=())) == []
