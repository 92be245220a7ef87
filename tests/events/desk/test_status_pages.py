"""What an organiser does about her events at her desk, and what residents and their phones see the moment after."""

from __future__ import annotations

from typing import Any

import pytest

from organisations.models import Organisation
from tests.desks import Browser, somebody
from tests.pages import Node, read
from tests.people import Calendar, all_day, once, weekly

FEED = "/ar/events.ics"
NAMED = "مقهى اللغة: Kielikahvila"
"""What a reader of Arabic sees of a Finnish title: the activity in her words before it."""


def club(calendar: Calendar, times: int = 4) -> str:
    return calendar.publish(schedule=weekly(times=times))


def desk(event: str, more: str = "", lang: str = "en") -> str:
    return f"/{lang}/desk/events/{event}{more}"


def phone(calendar: Calendar) -> dict[str, tuple[str, str, int]]:
    """Day -> (title, status, SEQUENCE) of what a phone in Arabic holds; the master of a series under «master»."""
    found = {}
    for event in calendar.feed(FEED).walk("VEVENT"):
        name = "master" if "RRULE" in event else f"{event['DTSTART'].dt:%Y-%m-%d %H:%M}"
        found[name] = (str(event["SUMMARY"]), str(event["STATUS"]), int(event["SEQUENCE"]))
    return found


def statuses(calendar: Calendar, event: str, day: str = "") -> list[str]:
    """What the public page in Arabic says of an event, or of one date."""
    page = read(calendar, f"/ar/events/{event}" + (f"?date={day}" if day else ""))
    return page.one("main").texts("p", class_="status")


def span(event: Any) -> tuple[str, str]:
    """Start and end of a VEVENT."""
    return f"{event['DTSTART'].dt:%d.%m. %H:%M}", f"{event['DTEND'].dt:%d.%m. %H:%M}"


def undo(browser: Browser, page: Node, event: str) -> Node:
    """Press Undo in the notice above the page."""
    form = page.one("div", class_="deed").one("form")
    number = form.one("input", name="deed")["value"]
    assert form["action"] == desk(event, "/undo")
    return browser.follow(browser.post(form["action"], {"deed": number}))


def test_one_evening_is_cancelled_in_two_taps_and_taken_back_with_a_third(calendar: Calendar) -> None:
    event, aino = club(calendar), somebody(calendar, role="editor")
    before = phone(calendar)
    first = aino.read("/en/desk/").one("ul", class_="desk-dates").all("li")[1]
    asked = aino.read(first.all("a")[1]["href"])
    assert (asked.one("h1").text, asked.one("p", class_="about-when").text) == (
        "Cancel this time",
        "Tue 8 Dec, 17:30–19:00",
    )
    assert [(button["name"], button["value"]) for button in asked.one("div", class_="reasons").all("button")] == [
        *(("reason", key) for key in ("illness", "weather", "venue", "too_few", "other", "")),
    ]

    page = aino.follow(aino.post(desk(event, "/dates/2026-12-08/cancellation"), {"reason": "illness"}))

    assert phone(calendar)["2026-12-08 17:30"] == ("تم الإلغاء: مقهى اللغة: Kielikahvila", "CANCELLED", 1)
    assert statuses(calendar, event, "2026-12-08") == ["ملغاة. السبب: مرض"]
    assert (
        page.one("div", class_="deed").one("strong").text
        == "It is cancelled, and the calendar says so in every language."
    )
    calendar.clock.move(minutes=1)
    page = undo(aino, page, event)
    assert {day: seen[:2] for day, seen in phone(calendar).items()} == {day: seen[:2] for day, seen in before.items()}
    assert phone(calendar)["master"][2] == 2
    assert statuses(calendar, event, "2026-12-08") == []
    assert page.one("ol", class_="desk-history").texts("strong") == [
        "The change before was undone",
        "Cancelled: Tue 8 Dec, Illness",
    ]


def test_a_message_is_written_in_two_languages(calendar: Calendar) -> None:
    event, aino = club(calendar), somebody(calendar, role="editor")

    aino.post(
        desk(event, "/dates/2026-12-08/cancellation"),
        {"reason": "illness", "note": "Liisa on kuumeessa.", "note_language": "fi", "note_ar": "ليسا مريضة."},
    )

    assert "Liisa on kuumeessa." in calendar.get(f"/fi/events/{event}?date=2026-12-08").text
    assert "ليسا مريضة." in calendar.get(f"/ar/events/{event}?date=2026-12-08").text


def test_a_message_that_is_too_long_is_kept_and_said_so(calendar: Calendar) -> None:
    event, aino = club(calendar), somebody(calendar, role="editor")

    answer = aino.post(desk(event, "/cancellation"), {"reason": "illness", "note": "x" * 301, "note_language": "fi"})

    assert answer.status_code == 422
    assert "x" * 301 in answer.text
    assert phone(calendar)["master"][1] == "CONFIRMED"


def test_everything_is_cancelled_put_off_and_on_again(calendar: Calendar) -> None:
    event, aino = club(calendar), somebody(calendar, role="owner")

    aino.post(desk(event, "/cancellation"), {"reason": "too_few"})
    assert (phone(calendar), statuses(calendar, event)) == (
        {"master": ("تم الإلغاء: مقهى اللغة: Kielikahvila", "CANCELLED", 1)},
        ["ملغاة. السبب: عدد المشاركين قليل جدًا"],
    )
    aino.post(desk(event, "/postponement"), {"reason": ""})
    assert phone(calendar) == {"master": ("مؤجَّلة: مقهى اللغة: Kielikahvila", "CANCELLED", 2)}
    aino.post(desk(event, "/reinstatement"))
    assert (phone(calendar), statuses(calendar, event)) == (
        {"master": ("مقهى اللغة: Kielikahvila", "CONFIRMED", 3)},
        [],
    )


def test_an_evening_is_full_and_has_places_again(calendar: Calendar) -> None:
    event, aino = club(calendar), somebody(calendar, role="editor")

    aino.post(desk(event, "/dates/2026-12-08/fullness"), {"full": "1"})
    assert statuses(calendar, event, "2026-12-08") == ["اكتمل العدد"]
    row = aino.read("/en/desk/").one("ul", class_="desk-dates").all("li")[1]
    assert [form.one("input")["value"] for form in row.all("form")] == ["0"]
    aino.post(desk(event, "/dates/2026-12-08/fullness"), {"full": "0"})

    assert statuses(calendar, event, "2026-12-08") == []


def test_an_evening_moves_and_back(calendar: Calendar) -> None:
    event, aino = club(calendar), somebody(calendar, role="editor")
    form = aino.read(desk(event, "/dates/2026-12-08/move"))
    assert [field["value"] for field in form.all("input")] == ["2026-12-08", "17:30", "19:00"]

    page = aino.follow(
        aino.post(desk(event, "/dates/2026-12-08/move"), {"date": "9.12.", "start": "18", "end": "", "reason": "venue"})
    )

    assert phone(calendar)["2026-12-09 18:00"][:2] == ("موعد جديد: مقهى اللغة: Kielikahvila", "CONFIRMED")
    undo(aino, page, event)
    assert set(phone(calendar)) == {"master"}


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"date": "banana", "start": "18:00"}, "date"),
        ({"date": "", "start": "18:00"}, "date"),
        ({"date": "2026-12-15", "start": "18:00"}, "date"),
        ({"date": "2026-11-30", "start": "18:00"}, "date"),
        ({"date": "9999-12-31", "start": "18:00"}, "date"),
        ({"date": "2026-12-09", "start": "25:99"}, "start"),
        ({"date": "2026-12-09", "start": ""}, "start"),
        ({"date": "2027-03-28", "start": "03:30"}, "start"),
        ({"date": "2026-12-09", "start": "18:00", "end": "18:00"}, "end"),
        ({"date": "2026-12-09", "start": "18:00", "end": "16:00"}, "end"),
        ({"date": "2026-12-09", "start": "18:00", "end": "soon"}, "end"),
    ],
)
def test_a_time_that_cannot_be_is_said_at_its_field(
    sqlite_calendar: Calendar, sent: dict[str, str], field: str
) -> None:
    event, aino = club(sqlite_calendar), somebody(sqlite_calendar, role="editor")
    before = sqlite_calendar.get(FEED).content

    page = aino.post(desk(event, "/dates/2026-12-08/move"), sent)

    assert (page.status_code, f'id="{field}-error"' in page.text) == (422, True)
    assert sqlite_calendar.get(FEED).content == before


def test_a_club_that_runs_gets_another_hour_and_what_is_over_stays(calendar: Calendar) -> None:
    event, aino = club(calendar), somebody(calendar, role="editor")
    aino.post(desk(event, "/dates/2026-12-15/cancellation"), {"reason": "illness"})
    calendar.clock.move(days=1)

    aino.post(desk(event, "/move"), {"start": "18:00", "end": "19:30"})

    dates = calendar.feed(FEED).walk("VEVENT")
    assert sorted(f"{one['DTSTART'].dt:%d.%m. %H:%M}" for one in dates) == [
        "01.12. 17:30",
        "08.12. 18:00",
        "15.12. 17:30",
        "22.12. 18:00",
    ]
    assert phone(calendar)["2026-12-15 17:30"][1] == "CANCELLED"


def test_a_club_that_has_not_begun_simply_begins_at_its_new_hour(calendar: Calendar) -> None:
    event, aino = club(calendar), somebody(calendar, role="editor")

    aino.post(desk(event, "/move"), {"start": "18:00", "end": ""})

    (master,) = calendar.feed(FEED).walk("VEVENT")
    assert (f"{master['DTSTART'].dt:%d.%m. %H:%M}", str(master["SUMMARY"])) == (
        "01.12. 18:00",
        "مقهى اللغة: Kielikahvila",
    )


def test_a_single_event_is_cancelled_as_a_whole(calendar: Calendar) -> None:
    event, aino = calendar.publish(schedule=once()), somebody(calendar, role="editor")

    aino.post(desk(event, "/dates/2026-12-03/cancellation"), {"reason": "weather"})

    assert calendar.event(event).event_status == "cancelled"
    assert phone(calendar) == {"2026-12-03 17:30": ("تم الإلغاء: مقهى اللغة: Kielikahvila", "CANCELLED", 1)}


def test_taking_off_asks_first_whether_it_is_cancelled(calendar: Calendar) -> None:
    event, aino = club(calendar), somebody(calendar, role="editor")
    asked = aino.read(desk(event, "/withdrawal"))
    assert asked.one("h2").text == "Is it cancelled, or was it published by mistake?"
    assert asked.one("a", class_="button")["href"] == desk(event, "/cancellation")

    page = aino.follow(aino.post(desk(event, "/withdrawal")))

    assert calendar.get(f"/ar/events/{event}").status_code == 410
    assert phone(calendar)["master"][1] == "CANCELLED"
    undo(aino, page, event)
    assert calendar.get(f"/ar/events/{event}").status_code == 200


def test_what_is_over_can_be_taken_off_without_a_question(calendar: Calendar) -> None:
    event, aino = calendar.publish(schedule=once()), somebody(calendar, role="editor")
    calendar.clock.move(days=5)

    assert aino.read(desk(event, "/withdrawal")).all("h2") == []


def test_saying_it_is_still_on_is_on_the_public_page(calendar: Calendar) -> None:
    event, aino = club(calendar), somebody(calendar, role="editor")
    calendar.clock.move(days=3)

    aino.post(desk(event, "/confirmation"))

    assert "Confirmed by the organiser: Fri 4 Dec" in read(calendar, f"/en/events/{event}").text


def test_a_copy_opens_in_the_form(calendar: Calendar) -> None:
    event, aino = club(calendar), somebody(calendar, role="editor")
    assert aino.read(desk(event, "/copy")).one("h1").text == "Copy to a new event"

    answer = aino.post(desk(event, "/copy"))

    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/en/desk/proposals/")
    assert aino.read("/en/desk/").one("li", class_="desk-draft").one("bdi").text == "Kielikahvila"


def test_the_event_of_another_association_is_not_there(calendar: Calendar) -> None:
    event = club(calendar)
    stranger = somebody(calendar, "otto@naapurit.example", role="owner", organisation="naapurit")
    nouns = ("cancellation", "postponement", "reinstatement", "fullness", "move")
    everything = [*nouns, "withdrawal", "copy", *(f"dates/2026-12-08/{noun}" for noun in nouns)]

    for path in ["", *(f"/{noun}" for noun in everything)]:
        assert stranger.get(desk(event, path)).status_code == 404, path
    for path in [*everything, "undo", "confirmation"]:
        assert stranger.post(desk(event, f"/{path}"), {"reason": "illness"}).status_code == 404, path
    assert stranger.get(desk("aaaaaaaaaa")).status_code == 404
    assert phone(calendar)["master"][2] == 0


@pytest.mark.parametrize("day", ["2026-12-09", "banana", "2026-12-8"])
def test_a_date_that_is_not_one_is_not_there(sqlite_calendar: Calendar, day: str) -> None:
    event, aino = club(sqlite_calendar), somebody(sqlite_calendar, role="editor")

    assert aino.get(desk(event, f"/dates/{day}/cancellation")).status_code == 404


def test_a_change_of_another_event_is_not_undone_from_here(calendar: Calendar) -> None:
    mine = club(calendar)
    theirs = calendar.publish("Uinti", organisation="naapurit", schedule=once())
    otto = somebody(calendar, "otto@naapurit.example", role="owner", organisation="naapurit")
    aino = somebody(calendar, role="editor")
    page = otto.follow(otto.post(desk(theirs, "/cancellation"), {"reason": ""}))
    deed = page.one("div", class_="deed").one("input", name="deed")["value"]

    for number in (deed, "0", "banana", ""):
        assert aino.post(desk(mine, "/undo"), {"deed": number}).status_code == 422

    assert calendar.event(theirs).event_status == "cancelled"


def test_what_has_changed_since_is_not_undone(calendar: Calendar) -> None:
    event, aino = club(calendar), somebody(calendar, role="editor")
    page = aino.follow(aino.post(desk(event, "/dates/2026-12-08/cancellation"), {"reason": "illness"}))
    deed = page.one("div", class_="deed").one("input", name="deed")["value"]
    aino.post(desk(event, "/dates/2026-12-08/move"), {"date": "2026-12-09", "start": "18:00"})

    answer = aino.post(desk(event, "/undo"), {"deed": deed})

    assert answer.status_code == 422
    assert "This cannot be undone any more: something has changed since." in answer.text


def test_saying_the_same_twice_is_said_to_change_nothing(calendar: Calendar) -> None:
    event, aino = club(calendar), somebody(calendar, role="editor")
    aino.post(desk(event, "/cancellation"), {"reason": "illness"})

    page = aino.follow(aino.post(desk(event, "/cancellation"), {"reason": "illness"}))

    assert page.one("div", class_="deed").text == "It was so already. Nothing has changed."


def test_the_history_names_colleagues_and_calls_the_city_the_city(calendar: Calendar) -> None:
    event = club(calendar)
    aino = somebody(calendar, role="editor", name="Aino Alku")
    kaisa = somebody(calendar, "kaisa@kouvola.example", city=True, name="Kaisa Kaupunki")
    aino.post(desk(event, "/dates/2026-12-08/cancellation"), {"reason": "illness"})
    calendar.clock.move(minutes=1)
    kaisa.post(desk(event, "/dates/2026-12-15/fullness"), {"full": "1"})

    history = aino.read(desk(event)).one("ol", class_="desk-history")

    assert [row.one("span", class_="quiet").text for row in history.all("li")] == [
        "Tue 1 Dec, 09:01 · the city",
        "Tue 1 Dec, 09:00 · Aino Alku",
    ]
    assert "Kaisa" not in history.text
    assert len(history.all("form")) == 1


def test_an_evening_that_ends_after_midnight_can_move(calendar: Calendar) -> None:
    event = calendar.publish("Tanssit", schedule=once("2026-12-04 21:00", "2026-12-05 01:00"))
    aino = somebody(calendar, role="editor")

    aino.post(desk(event, "/move"), {"date": "2026-12-05", "start": "20", "end": "1"})

    (dance,) = calendar.feed(FEED).walk("VEVENT")
    assert (f"{dance['DTSTART'].dt:%d.%m. %H:%M}", f"{dance['DTEND'].dt:%d.%m. %H:%M}") == (
        "05.12. 20:00",
        "06.12. 01:00",
    )


def test_whole_days_move_by_their_date_alone_and_keep_their_length(calendar: Calendar) -> None:
    event, aino = (
        calendar.publish("Leiri", schedule=all_day("2026-12-05", "2026-12-06")),
        somebody(calendar, role="editor"),
    )
    form = aino.read(desk(event, "/dates/2026-12-05/move")).one("form", class_="form")
    assert [field["name"] for field in form.all("input")] == ["date"]

    aino.post(desk(event, "/dates/2026-12-05/move"), {"date": "2026-12-12"})

    (camp,) = calendar.feed(FEED).walk("VEVENT")
    assert (str(camp["DTSTART"].dt), str(camp["DTEND"].dt)) == ("2026-12-12", "2026-12-14")


def test_a_weekend_keeps_its_length(calendar: Calendar) -> None:
    event = calendar.publish("Retki", schedule=once("2026-12-04 18:00", "2026-12-06 15:00"))
    aino = somebody(calendar, role="editor")

    aino.post(desk(event, "/move"), {"date": "2026-12-11", "start": "17:00"})

    (trip,) = calendar.feed(FEED).walk("VEVENT")
    assert (f"{trip['DTSTART'].dt:%d.%m. %H:%M}", f"{trip['DTEND'].dt:%d.%m. %H:%M}") == (
        "11.12. 17:00",
        "13.12. 14:00",
    )


def test_a_suspended_association_reads_but_changes_nothing(calendar: Calendar) -> None:
    event, aino = club(calendar), somebody(calendar, role="owner")

    async def suspend() -> None:
        await Organisation.filter(slug="pulina").update(state="suspended")

    calendar.run(suspend)

    page = aino.read("/en/desk/")
    assert page.one("ul", class_="desk-dates").all("a", class_="button") == []
    assert "New event" not in page.links()
    assert aino.read(desk(event)).one("ul", class_="desk-dates").all("a", class_="button") == []
    assert aino.post(desk(event, "/cancellation"), {"reason": ""}).status_code == 403


def test_nobody_signed_in_is_sent_to_sign_in(sqlite_calendar: Calendar) -> None:
    event, stranger = club(sqlite_calendar), Browser(sqlite_calendar)

    assert stranger.get(desk(event, "/cancellation")).headers["location"].startswith("/en/sign-in?next=")
    assert stranger.post(desk(event, "/cancellation"), {"reason": ""}).status_code == 401
