"""«Is it still on?»: a letter, a link, one button, and the date on the public page."""

from __future__ import annotations

from typing import Any

import pytest

from events.desk.status.reconfirmation import ask_whether_still_on
from events.housekeeping import WORKS
from tests.desks import Browser, letters, link_in, somebody
from tests.pages import read
from tests.people import Calendar, weekly
from web.jobs import do_due


def asked(calendar: Calendar) -> None:
    """The work of one day."""
    calendar.run(ask_whether_still_on, calendar.site, {}, calendar.clock())


def silent_clubs(calendar: Calendar) -> tuple[str, str]:
    """Two clubs of Pulina of which nothing was heard for two months."""
    clubs = (
        calendar.publish(schedule=weekly(times=30)),
        calendar.publish("Kuoro", schedule=weekly("2026-12-02 18:00", times=30)),
    )
    calendar.clock.move(days=61)
    return clubs


def test_everybody_of_the_association_is_asked_once_in_her_language(calendar: Calendar) -> None:
    silent_clubs(calendar)
    somebody(calendar, role="owner")
    somebody(calendar, "omar@pulina.example", role="editor", language="ar")
    somebody(calendar, "otto@naapurit.example", role="owner", organisation="naapurit")

    asked(calendar)
    asked(calendar)

    assert [letter.recipient for letter in letters(calendar)] == ["aino@pulina.example", "omar@pulina.example"]
    finnish, arabic = letters(calendar)
    assert finnish.subject == "Pidetäänkö tapahtumat edelleen? Pulina"
    assert "- Kielikahvila: ti 2.2. klo 17.30" in finnish.text
    assert link_in(arabic).startswith("/ar/confirmations/")


def test_one_button_for_all_needs_no_sign_in_and_shows_on_the_page(calendar: Calendar) -> None:
    cafe, choir = silent_clubs(calendar)
    somebody(calendar, role="owner", language="en")
    asked(calendar)
    link, phone = link_in(letters(calendar)[0]), Browser(calendar)
    page = phone.read(link)
    assert [button["value"] for button in page.all("button") if button.get("name") == "which"] == ["all", "1", "2"]
    assert "Confirmed by the organiser: Tue 1 Dec 2026" in read(calendar, f"/en/events/{cafe}").text

    thanks = phone.follow(phone.post(link, {"which": "all"}))

    assert thanks.one("p", class_="notice").text == "Thank you! 2 events are confirmed."
    for event in (cafe, choir):
        assert "Confirmed by the organiser: Sun 31 Jan" in read(calendar, f"/en/events/{event}").text


def test_one_event_can_be_confirmed_by_itself(calendar: Calendar) -> None:
    cafe, choir = silent_clubs(calendar)
    somebody(calendar, role="owner", language="en")
    asked(calendar)
    link, phone = link_in(letters(calendar)[0]), Browser(calendar)

    page = phone.follow(phone.post(link, {"which": "2"}))

    assert (calendar.event(choir).confirmed, calendar.event(cafe).confirmed < calendar.clock()) == (
        calendar.clock(),
        True,
    )
    assert [button["value"] for button in page.all("button") if button.get("name") == "which"] == ["1"]


def test_opening_the_link_confirms_nothing_and_using_it_twice_neither(calendar: Calendar) -> None:
    cafe, _ = silent_clubs(calendar)
    somebody(calendar, role="owner", language="en")
    asked(calendar)
    link, phone = link_in(letters(calendar)[0]), Browser(calendar)
    before = calendar.event(cafe).confirmed
    phone.read(link)
    assert calendar.event(cafe).confirmed == before
    phone.post(link, {"which": "all"})
    first = calendar.event(cafe).confirmed
    calendar.clock.move(days=1)

    assert phone.post(link, {"which": "all"}).status_code == 303

    assert calendar.event(cafe).confirmed == first
    assert phone.get(link).status_code == 410


@pytest.mark.parametrize("guess", ["x", "x.y.z", "." * 50, "a" * 3000])
def test_a_guess_finds_nothing(sqlite_calendar: Calendar, guess: str) -> None:
    browser: Any = Browser(sqlite_calendar)

    assert browser.get(f"/en/confirmations/{guess}").status_code == 410
    assert browser.post(f"/en/confirmations/{guess}", {"which": "all"}).status_code == 303


def test_the_work_is_done_by_itself(sqlite_calendar: Calendar) -> None:
    silent_clubs(sqlite_calendar)
    somebody(sqlite_calendar, role="owner")

    sqlite_calendar.run(do_due, sqlite_calendar.site, WORKS)

    assert len(letters(sqlite_calendar)) == 1


def test_an_association_without_people_gets_no_letter(calendar: Calendar) -> None:
    silent_clubs(calendar)

    asked(calendar)

    assert letters(calendar) == []
