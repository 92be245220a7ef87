"""Anybody may say that something is not right, and propose an event, without an account."""

from __future__ import annotations

from typing import Any

import pytest

from events.storage.models import Proposal
from organisations.models import Message
from tests.desks import Browser, letters, link_in, somebody
from tests.events.city.waiting import PROPOSED, proposed
from tests.pages import parse, read
from tests.people import Calendar
from web.i18n import KNOWN

REPORT = {"reason": "wrong_time", "text": "Ovi oli kiinni.", "reply_to": "ella@example.org"}


def reports(calendar: Calendar) -> list[Message]:
    async def find() -> list[Message]:
        return list(await Message.all().order_by("id"))

    found: list[Message] = calendar.run(find)
    return found


def proposals(calendar: Calendar) -> list[Any]:
    async def find() -> list[Proposal]:
        return list(await Proposal.all().order_by("id"))

    found: list[Any] = calendar.run(find)
    return found


def test_a_report_reaches_the_city_and_the_organiser_who_does_not_learn_from_whom(calendar: Calendar) -> None:
    owner = somebody(calendar, "aino@pulina.example", role="owner", language="uk")
    event = calendar.publish("Kielikahvila")
    form = read(calendar, f"/fi/events/{event}").one("a", class_="report-link")["href"]
    page = read(calendar, form).one("form", class_="form")

    thanks = Browser(calendar).post(page["action"], REPORT)

    assert thanks.headers["location"] == "/fi/feedback/thanks"
    (stored,) = reports(calendar)
    assert (stored.kind, stored.reason, stored.text) == ("event", "wrong_time", "Ovi oli kiinni.")
    assert (stored.about, stored.reply_to, str(stored.due)) == (f"/fi/events/{event}", "ella@example.org", "2026-12-15")
    (letter,) = letters(calendar)
    assert (letter.recipient, letter.subject) == ("aino@pulina.example", "Читач дещо помітив: Kielikahvila")
    assert ("ella" in letter.text, "Ovi" in letter.text) == (False, False)
    desk = owner.read(link_in(letter))
    assert ("Ovi oli kiinni." in desk.text, "ella" in desk.text) == (True, False)


def test_ten_reports_of_one_event_are_one_letter(sqlite_calendar: Calendar) -> None:
    somebody(sqlite_calendar, "aino@pulina.example", role="owner")
    event = sqlite_calendar.publish()
    path = f"/fi/events/{event}/report"

    answers = [Browser(sqlite_calendar).post(path, REPORT).status_code for _ in range(7)]

    assert answers == [303] * 6 + [429]
    assert (len(reports(sqlite_calendar)), len(letters(sqlite_calendar))) == (6, 1)


@pytest.mark.parametrize(
    "wrong", [{"reason": ""}, {"reason": "x"}, {"reason": "other", "text": ""}, {"reply_to": "x"}, {"text": "x" * 2001}]
)
def test_a_report_that_says_nothing_is_asked_for_again(sqlite_calendar: Calendar, wrong: dict[str, str]) -> None:
    event = sqlite_calendar.publish()

    answer = Browser(sqlite_calendar).post(f"/ar/events/{event}/report", {**REPORT, **wrong})

    assert (answer.status_code, reports(sqlite_calendar)) == (422, [])
    assert len(parse(answer.text).one("div", class_="error-summary").all("a")) == 1


def test_programs_that_fill_in_everything_are_thanked_and_forgotten(sqlite_calendar: Calendar) -> None:
    event = sqlite_calendar.publish()

    answers = [
        Browser(sqlite_calendar).post(f"/fi/events/{event}/report", {**REPORT, "more": "x"}),
        Browser(sqlite_calendar).post("/fi/propose", {**PROPOSED, "more": "x"}),
    ]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert (reports(sqlite_calendar), proposals(sqlite_calendar)) == ([], [])


def test_nobody_reports_what_is_not_there(sqlite_calendar: Calendar) -> None:
    event = sqlite_calendar.publish()
    sqlite_calendar.withdraw(event)

    answers = [
        Browser(sqlite_calendar).post(f"/fi/events/{name}/report", REPORT) for name in (event, "aaaaaaaaaa", "x")
    ]

    assert [answer.status_code for answer in answers] == [410, 404, 404]


def test_a_resident_proposes_an_event_and_it_waits(calendar: Calendar) -> None:
    answer = proposed(calendar)

    assert answer.headers["location"] == "/fi/propose/thanks"
    assert read(calendar, "/fi/propose/thanks").one("h1").text == "Kiitos!"
    (stored,) = proposals(calendar)
    assert (stored.state, stored.organisation_id, stored.author_id) == ("submitted", None, None)
    fields = stored.payload["fields"]
    assert (fields["title.fi"], fields["contact_phone"], fields["new_place_name"]) == (
        "Puistojooga", "040 123 4567", "Keskuspuisto",
    )  # fmt: skip
    assert letters(calendar) == []
    assert "Puistojooga" not in calendar.get("/fi/events").text


@pytest.mark.parametrize("code", KNOWN)
def test_the_form_works_in_every_language(sqlite_calendar: Calendar, code: str) -> None:
    page = read(sqlite_calendar, f"/{code}/propose")
    assert page.one("h1").text

    answer = Browser(sqlite_calendar).post(f"/{code}/propose", PROPOSED)

    (stored,) = proposals(sqlite_calendar)
    assert answer.status_code == 303
    assert stored.payload["fields"]["original_language"] == KNOWN[code].tag.partition("-")[0]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "x" * 121}, "title"),
        ({"category": "x"}, "category"),
        ({"date": ""}, "date"),
        ({"date": "banana"}, "date"),
        ({"date": "2026-11-30"}, "date"),
        ({"date": "9999-12-31"}, ""),
        ({"start": ""}, "start"),
        ({"start": "99"}, "start"),
        ({"end": "x"}, "end"),
        ({"end": "17:00"}, ""),
        ({"where": ""}, "where"),
        ({"contact": "my door"}, "contact"),
        ({"reply_to": "me"}, "reply_to"),
        ({"text": "x" * 2001}, "text"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(
    sqlite_calendar: Calendar, wrong: dict[str, str], field: str
) -> None:
    answer = proposed(sqlite_calendar, **wrong)

    page = parse(answer.text)
    assert (answer.status_code, proposals(sqlite_calendar)) == (422, [])
    links = [link["href"] for link in page.one("div", class_="error-summary").all("a")]
    assert links == ([f"#{field}"] if field else [])
    assert page.one(id="organiser")["value"] == "Naapurit"


@pytest.mark.parametrize(
    ("contact", "name", "kept"),
    [
        ("info@naapurit.example", "contact_email", "info@naapurit.example"),
        ("+358 40 123", "contact_phone", "+358 40 123"),
        ("naapurit.example/jooga", "link", "https://naapurit.example/jooga"),
    ],
)
def test_a_contact_is_taken_for_what_it_is(sqlite_calendar: Calendar, contact: str, name: str, kept: str) -> None:
    proposed(sqlite_calendar, contact=contact)

    assert proposals(sqlite_calendar)[0].payload["fields"][name] == kept


def test_one_client_proposes_so_much_and_no_more(sqlite_calendar: Calendar) -> None:
    answers = [proposed(sqlite_calendar).status_code for _ in range(7)]

    assert answers == [303] * 6 + [429]
