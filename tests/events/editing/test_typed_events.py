"""A form and the event it means: whatever is typed gives an event, or a word at its field."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events.domain.dates import DateChange
from events.domain.drafts import EventDraft
from events.domain.prices import PriceRow
from events.domain.registration import Registration
from events.domain.texts import Note, Text
from events.editing.drafts import canonical, copied, lacking, merged, payload_of_draft, read, without_status
from events.editing.input.facts import NewPlace, one_place
from events.editing.input.fields import payload_of, read_date, read_time
from events.schedule.recurrence import Schedule
from events.schedule.rrule import Frequency, Rule
from tests.events.every_kind import EVENTS
from tests.people import TODAY, all_day, at, draft, once, weekly

FORM = {
    "title.fi": "Kielikahvila",
    "category": "language",
    "date": "8.12.",
    "start": "17.30",
    "end": "19",
    "place": "1",
}


def meant(**fields: str) -> EventDraft:
    """The event that Liisa's form means, with these fields typed otherwise."""
    reading = read({**FORM, **fields}, today=TODAY)
    assert reading.problems == ()
    assert reading.draft is not None
    return reading.draft


def wrong(**fields: str) -> list[tuple[str, str]]:
    """(field, code) of what is wrong with her form."""
    return [(problem.field, problem.code) for problem in read({**FORM, **fields}, today=TODAY).problems]


def test_a_volunteer_types_the_time_as_she_is_used_to() -> None:
    assert meant().schedule == once("2026-12-08 17:30", "2026-12-08 19:00")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("18", time(18)),
        ("18.30", time(18, 30)),
        ("18:30", time(18, 30)),
        ("klo 9", time(9)),
        ("kl. 9.05", time(9, 5)),
        ("١٨:٣٠", time(18, 30)),
        ("24", time(0)),
        ("25", None),
        ("18.60", None),
        ("illalla", None),
        ("", None),
    ],
)
def test_times(typed: str, meant: time | None) -> None:
    assert read_time(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("24.12.2026", date(2026, 12, 24)),
        ("24.12.", date(2026, 12, 24)),
        ("24.12", date(2026, 12, 24)),
        ("to 24.12.", date(2026, 12, 24)),
        ("30.11.", date(2027, 11, 30)),
        ("1.12.", date(2026, 12, 1)),
        ("29.2.", date(2028, 2, 29)),
        ("2026-12-24", date(2026, 12, 24)),
        ("24/12/26", date(2026, 12, 24)),
        ("31.11.2026", None),
        ("24.13.", None),
        ("jouluna", None),
        ("1.1.0000", None),
    ],
)
def test_dates(typed: str, meant: date | None) -> None:
    assert read_date(typed, today=TODAY) == meant


@pytest.mark.parametrize(
    ("fields", "problems"),
    [
        ({"title.fi": ""}, [("title.fi", "title_missing")]),
        ({"title.fi": "a" * 121}, [("title.fi", "text_too_long")]),
        ({"description.fi": "a" * 10_000_000}, [("description.fi", "text_too_long")]),
        ({"date": ""}, [("date", "date_missing")]),
        ({"date": "", "start": ""}, [("date", "date_missing"), ("start", "time_missing")]),
        (
            {"repeats": "weekly", "date": "", "start": ""},
            [("date", "date_missing"), ("start", "time_missing"), ("until", "endless")],
        ),
        ({"date": "", "start": "", "all_day": "yes"}, [("date", "date_missing")]),
        ({"date": "jouluna"}, [("date", "not_a_date")]),
        ({"date": "1.1.9999"}, [("date", "year")]),
        ({"end_date": "1.1.9999"}, [("end_date", "year")]),
        ({"start": ""}, [("start", "time_missing")]),
        ({"start": "illalla"}, [("start", "not_a_time")]),
        ({"start": "20"}, [("end", "end_before_start")]),
        ({"end_date": "7.12.2026"}, [("end_date", "end_before_start")]),
        ({"date": "28.3.2027", "start": "3.30", "end": "5"}, [("start", "skipped_hour")]),
        ({"repeats": "weekly"}, [("until", "endless")]),
        ({"repeats": "weekly", "until": "1.12.2026"}, [("until", "until_before_start")]),
        ({"repeats": "weekly", "until": "8.12.2030"}, [("until", "too_far")]),
        ({"repeats": "daily", "times": "731"}, [("times", "number_out_of_range"), ("until", "endless")]),
        ({"repeats": "daily", "until": "8.12.2028"}, [("until", "too_many_dates")]),
        ({"repeats": "weekly", "times": "2", "skipped": "8.12.,15.12."}, [("skipped", "all_skipped")]),
        ({"repeats": "weekly", "times": "2", "until": "15.12."}, [("until", "two_ends")]),
        ({"repeats": "rule", "rule": "FREQ=SECONDLY"}, [("repeats", "frequency")]),
        ({"repeats": "dates"}, [("dates", "date_missing")]),
        ({"repeats": "dates", "dates": "8.12.\nensi viikolla"}, [("dates", "not_a_date_in_list")]),
        ({"repeats": "sometimes"}, [("repeats", "unknown_choice")]),
        ({"category": ""}, [("category", "category_missing")]),
        ({"category": "Cooking"}, [("category", "unknown_choice")]),
        ({"promises": "ru:main,xx:main"}, [("promises", "unknown_choice")]),
        ({"price": "paid", "amount.1": "viisi"}, [("amount.1", "not_an_amount")]),
        ({"price": "paid", "amount.1": "999999999"}, [("amount.1", "amount_too_large")]),
        ({"min_age": "12", "max_age": "7"}, [("max_age", "ages_swapped")]),
        ({"min_age": "seitsemän"}, [("min_age", "not_a_number")]),
        ({"min_age": "131"}, [("min_age", "number_out_of_range")]),
        ({"link": "javascript:alert(1)"}, [("link", "not_a_link")]),
        ({"link": "http://[::1"}, [("link", "not_a_link")]),
        ({"contact_email": "liisa"}, [("contact_email", "not_an_email")]),
        ({"contact_email": "a@b.fi, c@d.fi"}, [("contact_email", "not_an_email")]),
        ({"contact_phone": "soita"}, [("contact_phone", "not_a_phone")]),
        ({"new_place_city": "Kouvola", "place": ""}, [("new_place_name", "place_name_missing")]),
        ({"new_place_street": "Kylätie 1"}, [("new_place_name", "place_name_missing")]),
        ({"repeats": "dates", "dates": "8.12.", "skipped": "8.12."}, [("skipped", "all_skipped")]),
    ],
)
def test_what_is_wrong_is_said_at_its_field(fields: dict[str, str], problems: list[tuple[str, str]]) -> None:
    assert wrong(**fields) == problems


def test_what_can_be_mended_is_mended() -> None:
    assert meant(link="www.pulina.fi").link == "https://www.pulina.fi"
    assert meant(end="24").schedule == once("2026-12-08 17:30", "2026-12-09 00:00")
    assert meant(end="").schedule == once("2026-12-08 17:30", "2026-12-08 18:30")
    assert meant(date="25.10.2026", start="3.30", end="5").schedule == once("2026-10-25 03:30", "2026-10-25 05:00")
    assert meant(contact_phone="٠٤٠ ١٢٣٤٥").contact_phone == "040 12345"
    assert meant(**{"title.fi": "Kahvi\r\nla \u202eNYT\u2069\x0b\x00"}).texts["fi"].title == "Kahvi la NYT"


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"repeats": "weekly"}, Rule(Frequency.WEEKLY, weekdays=((0, 2),), until=date(2027, 2, 9))),
        (
            {"repeats": "weekly", "weekdays": "2,4", "interval": "2"},
            Rule(Frequency.WEEKLY, 2, ((0, 2), (0, 4)), until=date(2027, 2, 9)),
        ),
        ({"repeats": "monthly_day"}, Rule(Frequency.MONTHLY, month_days=(8,), until=date(2027, 2, 9))),
        ({"repeats": "monthly_weekday"}, Rule(Frequency.MONTHLY, weekdays=((2, 2),), until=date(2027, 2, 9))),
        (
            {"repeats": "monthly_weekday", "position": "-1"},
            Rule(Frequency.MONTHLY, weekdays=((-1, 2),), until=date(2027, 2, 9)),
        ),
    ],
)
def test_a_series_is_chosen_without_knowing_a_rule(fields: dict[str, str], rule: Rule) -> None:
    assert meant(**fields, until="9.2.2027").schedule.rule == rule


def test_a_new_place_stands_against_one_chosen_from_the_list() -> None:
    typed = {**FORM, "new_place_name": "Kylätalo", "new_place_area": "jaala"}
    reading = read(typed, today=TODAY)

    assert reading.draft is not None
    assert (reading.draft.place_id, reading.new_place) == (None, NewPlace("Kylätalo", area="jaala"))
    assert one_place(typed) == {name: text for name, text in typed.items() if name != "place"}
    assert one_place(FORM) == FORM


def test_ticked_holidays_are_skipped_as_typed_days_are() -> None:
    club = {"repeats": "weekly", "until": "29.12.2026"}

    ticked = meant(**club, skipped="15.12.", skipped_holidays="2026-12-22")

    assert ticked == meant(**club, skipped="15.12.,22.12.")
    assert meant(repeats="dates", dates="8.12.,15.12.", skipped="15.12.") == meant(repeats="dates", dates="8.12.")


def test_only_what_the_public_needs_is_asked_for_before_it_sees_it() -> None:
    assert [p.field for p in lacking(read({**FORM, "place": ""}, today=TODAY))] == ["place"]
    assert [p.field for p in lacking(read({**FORM, "place": "", "online": "yes"}, today=TODAY))] == ["online_url"]
    assert [p.field for p in lacking(read({**FORM, "registration": "required"}, today=TODAY))] == ["registration"]
    assert lacking(read(FORM, today=TODAY)) == ()


RICH = draft(
    schedule=weekly(skipped=("2026-12-08",)),
    texts={"fi": Text("Kielikahvila", "Tule", "Rivi\n\nToinen <b>rivi</b>", "Ovi B"), "ru": Text("Языковое кафе")},
    promises=(("fi", "main"), ("ru", "helper"), ("zh-Hans", "practise")),
    no_language=True,
    audiences=("newcomers", "women"),
    changed={
        "2026-12-15": DateChange("cancelled", "illness", full=True),
        "2026-12-22": DateChange(start=at("2026-12-23 15:00"), end=at("2026-12-23 16:00"), planned=True),
    },
    place_id=7,
    online=True,
    online_url="https://meet.example/a",
    price="paid",
    prices=(PriceRow(Decimal("5.50")), PriceRow(Decimal(3), "season", "child")),
    registration=Registration(
        "required", "https://a.example/", "a@b.example", "040 123", True, ("fi", "ar"), at("2026-12-01 12:00"), True
    ),
    min_age=0,
    max_age=99,
    access={"step_free": True, "loop": False},
    first_time={"bring": ("indoor_shoes", "own_food"), "alone": ("yes",)},
    nearest_stop="Kauppalankatu",
    contact_email="pulina@pulina.example",
    contact_phone="+358 40 123",
    link="https://pulina.example/",
    event_status="tentative",
    full=True,
    status_reason="other",
    notes=(Note("fi", "Kuume", date(2026, 12, 15)), Note("ar", "مرحبا")),
)


def test_a_form_made_of_an_event_means_the_same_event() -> None:
    for one in (RICH, draft(), draft(schedule=all_day("2026-12-03", "2026-12-05"))):
        assert read(payload_of_draft(one), today=TODAY).draft == one


@pytest.mark.parametrize("name", [name for name, facts in EVENTS.items() if "schedule" in facts])
def test_every_schedule_survives_the_form(name: str) -> None:
    # The form refuses a start in the hour that is skipped in spring.
    schedule: Schedule = EVENTS[name]["schedule"]
    reading = read(payload_of_draft(draft(schedule=schedule)), today=TODAY)

    if name == "skippedhour":
        assert [problem.code for problem in reading.problems] == ["skipped_hour"]
    else:
        assert reading.draft == draft(schedule=schedule)


moments = st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC)).map(
    lambda moment: moment.replace(microsecond=0)
)


@given(moments, st.integers(0, 130), st.decimals(0, 9999, places=2), st.sampled_from(["fi", "ar", "zh-Hans"]))
def test_moments_ages_and_amounts_survive_the_form(closes: datetime, age: int, amount: Decimal, tag: str) -> None:
    one = draft(
        registration=Registration("required", closes=closes),
        min_age=age,
        price="paid",
        prices=(PriceRow(amount),),
        original_language=tag,
        texts={tag: Text("x")},
    )
    assert read(payload_of_draft(one), today=TODAY).draft == one


NAMES = [*payload_of_draft(RICH), *FORM, "rule", "times", "dates", "interval", "position", "all_day", "end_date"]
VALUES = st.one_of(
    st.text(max_size=30),
    st.sampled_from([*payload_of_draft(RICH).values(), "weekly", "dates", "rule", "daily", "9999-12-31"]),
    st.from_regex(r"[0-9٠-٩]{1,4}[.:/-][0-9]{1,2}[.:/-]?[0-9]{0,4}", fullmatch=True),
    st.from_regex(r"FREQ=(DAILY|WEEKLY|YEARLY);(COUNT|UNTIL|INTERVAL|BYDAY)=[0-9A-Z-]{1,9}", fullmatch=True),
)


@settings(max_examples=400)
@given(st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=25))
def test_whatever_is_typed_gives_an_event_or_problems(typed: dict[str, str]) -> None:
    reading = read({**FORM, **typed}, today=TODAY)

    assert (reading.draft is None) == bool(reading.problems)
    if reading.draft is not None:
        assert read(payload_of_draft(reading.draft), today=TODAY).draft == reading.draft


@given(st.lists(st.tuples(st.text(max_size=50), st.text(max_size=50))))
def test_whatever_is_sent_becomes_a_payload(pairs: list[tuple[str, str]]) -> None:
    payload = payload_of(pairs)

    assert payload_of(payload.items()) == payload


def test_boxes_of_one_name_become_one_list() -> None:
    pairs = [("activities", "choir"), ("activities", "singing"), ("x y", "?"), ("title.fi", " Kuoro\x00 ")]

    assert payload_of(pairs) == {"activities": "choir,singing", "title.fi": "Kuoro"}


def test_a_copy_says_everything_but_when_and_what_became_of_it() -> None:
    payload = copied(RICH)

    assert {name for name in payload_of_draft(RICH) if name not in payload} == {
        *("date", "until", "skipped", "event_status", "status_reason", "full", "registration_closes_date"),
        *("registration_closes_time", "changed.2026-12-15", "changed.2026-12-22", "note.2026-12-15.fi", "note.ar"),
    }
    assert read({**payload, "date": "1.6.2027", "until": "29.6.2027"}, today=TODAY).problems == ()


def test_where_only_one_side_changed_a_field_its_word_stands() -> None:
    base = canonical(FORM, today=TODAY)
    mine: dict[str, Any] = {**base, "title.fi": "Puhekahvila"}
    theirs = {**base, "place": "2"}

    assert merged(base, mine, theirs) == ({**base, "title.fi": "Puhekahvila", "place": "2"}, ())


def test_where_both_changed_the_same_the_fields_are_named() -> None:
    base = canonical(FORM, today=TODAY)

    _, fields = merged(base, {**base, "start": "18:00"}, {**base, "end": "20:00"})
    assert fields == ("end", "start")
    assert merged(base, {**base, "start": "18:00"}, {**base, "start": "18:00"})[1] == ()


def test_a_proposal_holds_no_status() -> None:
    assert read(without_status(payload_of_draft(RICH)), today=TODAY).draft == draft(
        **{
            name: getattr(RICH, name)
            for name in RICH.__dataclass_fields__
            if name not in ("event_status", "full", "status_reason", "changes", "notes")
        },
        changes={},
    )
