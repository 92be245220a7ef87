"""What is published is true on that day: no day that is over, no late sign-up, no skip of what is no date."""

from datetime import date
from typing import Any

import pytest

from events.domain.dates import DateChange
from events.editing.drafts import payload_of_draft, read, without_status
from events.editing.input.fields import Problem
from events.editing.publishing_checks import Edited, untrue
from events.editing.scopes import offered
from tests.events.editing.test_typed_events import FORM
from tests.people import TODAY, at, draft, once, weekly

CLUB = {"repeats": "weekly", "date": "14.1.2027", "until": "25.3.2027"}
TUESDAYS = draft(schedule=weekly("2026-11-17 17:30", times=6))
BEGUN = Edited(TUESDAYS)
"""On Tuesdays since 17 November; on 1 December two are over."""


def untrue_of(fields: dict[str, str], known: Edited | None = None) -> tuple[Problem, ...]:
    """What would not be so if this form, Liisa's otherwise, were published on 1 December."""
    typed = {**FORM, **fields}
    return untrue(typed, read(typed, today=TODAY), today=TODAY, edited=known)


def edit_of(known: Edited, **fields: str) -> dict[str, str]:
    """The form of an edit of a whole event, with these fields typed otherwise."""
    return {**without_status(payload_of_draft(known.standing)), **fields}


def days(*texts: str) -> tuple[date, ...]:
    return tuple(date.fromisoformat(text) for text in texts)


UNTRUE: list[tuple[dict[str, str], Edited | None, list[tuple[str, str, dict[str, Any]]]]] = [
    ({"date": "12.11.2026"}, None, [("date", "day_over", {"days": days("2026-11-12")})]),
    (
        {"repeats": "dates", "dates": "12.11.2026, 8.12.2026, 30.11.2026"},
        None,
        [("dates", "day_over", {"days": days("2026-11-12", "2026-11-30")})],
    ),
    (
        {"repeats": "weekly", "date": "17.11.2026", "until": "8.12.2026"},
        None,
        [("date", "day_over", {"days": days("2026-11-17")})],
    ),
    (
        edit_of(BEGUN, weekdays="2,4"),
        BEGUN,
        [("date", "day_over_in_series", {"days": days("2026-11-19")})],
    ),
    (
        {"date": "20.2.2027", "registration_closes_date": "15.3.2027"},
        None,
        [("registration_closes_date", "closes_after_start", {"start": date(2027, 2, 20)})],
    ),
    (
        {**CLUB, "registration_closes_date": "26.3.2027"},
        None,
        [("registration_closes_date", "closes_after_last_start", {"start": date(2027, 3, 25)})],
    ),
    (
        {"registration_closes_date": "8.12.", "registration_closes_time": "17.45"},
        None,
        [("registration_closes_time", "closes_after_hour", {})],
    ),
    (
        {**CLUB, "skipped": "17.2.2027, 18.2.2027"},
        None,
        [("skipped", "not_among_dates", {"days": days("2027-02-17"), "nearest": days("2027-02-18")})],
    ),
    (
        {"repeats": "dates", "dates": "8.12., 15.12.", "skipped": "10.12."},
        None,
        [("skipped", "not_among_dates", {"days": days("2026-12-10"), "nearest": days("2026-12-08")})],
    ),
    (
        {"title.fi": "", "date": "12.11.2026"},
        None,
        [("date", "day_over", {"days": days("2026-11-12")})],
    ),
]


@pytest.mark.parametrize(("fields", "known", "problems"), UNTRUE)
def test_what_would_not_be_so_is_said_at_its_field(
    fields: dict[str, str], known: Edited | None, problems: list[tuple[str, str, dict[str, Any]]]
) -> None:
    assert [(one.field, one.code, dict(one.values)) for one in untrue_of(fields, known)] == problems


@pytest.mark.parametrize(
    ("fields", "known"),
    [
        (FORM, None),
        ({"date": "1.12.2026", "start": "0.00"}, None),
        ({"date": "20.11.2026", "end_date": "1.12.2026"}, None),
        ({"date": "20.11.2026", "end_date": "1.12.2026", "all_day": "yes"}, None),
        ({"date": "jouluna"}, None),
        (edit_of(BEGUN), BEGUN),
        (edit_of(BEGUN, start="18.00", end="19.30", until="2027-01-26"), BEGUN),
        ({"registration_closes_date": "8.12."}, None),
        ({"registration_closes_date": "8.12.", "registration_closes_time": "17.30"}, None),
        ({"registration_closes_date": "8.12.", "registration_closes_time": "18", "all_day": "yes"}, None),
        ({"registration_closes_date": "9.12.", "registration": "none"}, None),
        ({"registration_closes_date": "9.12.", "registration_closes_time": "aamulla"}, None),
        ({**CLUB, "registration_closes_date": "25.3.2027"}, None),
        ({**CLUB, "registration_closes_date": "25.3.2027", "registration_each_time": "yes"}, None),
        ({**CLUB, "skipped": "14.1.2027, 18.2.2027, 25.3.2027"}, None),
        ({**CLUB, "skipped_holidays": "2026-12-24,2027-03-03"}, None),
        ({**CLUB, "skipped": "helmikuussa"}, None),
        ({"skipped": "17.2.2027"}, None),
    ],
)
def test_what_is_so_is_not_asked_about(fields: dict[str, str], known: Edited | None) -> None:
    assert untrue_of(fields, known) == ()


def test_a_date_that_moved_is_known_where_it_was_and_where_it_is() -> None:
    changed = {"2026-11-24": DateChange(start=at("2026-11-26 17:30"), end=at("2026-11-26 19:00"))}
    known = Edited(draft(schedule=weekly("2026-11-17 17:30", times=6), changed=changed), "this", date(2026, 11, 24))

    for day in ("24.11.2026", "26.11.2026"):
        assert untrue_of(edit_of(Edited(draft(schedule=once("2026-11-26 17:30"))), date=day), known) == ()
    assert [one.code for one in untrue_of(edit_of(Edited(draft()), date="25.11.2026"), known)] == ["day_over"]


def test_one_evening_that_stays_in_its_series_closes_with_the_series() -> None:
    open_until = {"registration": "required", "registration_closes_date": "2026-12-22"}
    day, series = date(2026, 12, 8), read({**FORM, **edit_of(BEGUN, **open_until)}, today=TODAY).draft
    assert series is not None
    evening = payload_of_draft(offered(series, "this", day))

    def said(**fields: str) -> list[str]:
        return [one.code for one in untrue_of({**evening, **fields}, Edited(series, "this", day))]

    assert said(start="18.00", end="19.30") == []
    # With a name of its own it is an event of its own, and says itself until when one signs up.
    assert said(**{"title.fi": "Pikkujoulu"}) == ["closes_after_start"]


def test_what_a_series_skips_already_is_not_asked_about_where_it_ends_earlier() -> None:
    known = Edited(draft(schedule=weekly(times=8, skipped=("2026-12-15",))))

    assert untrue_of(edit_of(known, until="2026-12-08"), known) == ()
    assert [one.code for one in untrue_of(edit_of(known, weekdays="3"), known)] == ["not_among_dates"]
