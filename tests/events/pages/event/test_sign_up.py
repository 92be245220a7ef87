"""Signing up without a word of Finnish: the message is ready, and the reader knows what she sends."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from events.domain.dates import DateChange
from events.domain.registration import Registration
from events.domain.texts import Text
from tests.pages import Node, read
from tests.people import BASE_URL, Calendar, at, once, weekly

EMAIL = Registration("required", email="aino+kerho@pulina.example", each_time=True)
BOTH = {"fi": Text("Uintikerho"), "ar": Text("نادي السباحة")}


def card(calendar: Calendar, event: str, rest: str = "", language: str = "en") -> Node:
    """What the page says of signing up."""
    return read(calendar, f"/{language}/events/{event}{rest}").one(id="sign-up")


def letter(section: Node) -> tuple[str, str, list[str]]:
    """(to, subject, lines) of the message that the link opens."""
    (href,) = (link["href"] for link in section.all("a") if link["href"].startswith("mailto:"))
    assert not set(href) & set(' "<>åäö\r\n')
    parts = urlsplit(href)
    fields = parse_qs(parts.query, keep_blank_values=True, strict_parsing=True)
    assert set(fields) == {"subject", "body"}
    return parts.path, fields["subject"][0], fields["body"][0].split("\r\n")


def test_a_reader_of_arabic_sends_a_finnish_message_and_knows_what_it_says(sqlite_calendar: Calendar) -> None:
    event = sqlite_calendar.publish(schedule=weekly(), texts=BOTH, registration=EMAIL)

    section = card(sqlite_calendar, event, "?date=2026-12-08", "ar")

    assert letter(section) == (
        "aino%2Bkerho@pulina.example",
        "Ilmoittautuminen: Uintikerho, ti 8.12.2026 klo 17.30–19",
        [
            "Hei!",
            "",
            "Haluan ilmoittautua: Uintikerho",
            "ti 8.12.2026 klo 17.30–19",
            "",
            "Nimeni:",
            "Kieleni: arabia",
            "",
            "Kiitos!",
            "",
            f"{BASE_URL}/fi/events/{event}",
        ],
    )
    assert section.texts(class_="quiet") == ["تُفتح رسالة جاهزة باللغة الفنلندية. يكفي كتابة الاسم فيها ثم إرسالها."]
    assert section.one("details").texts("p")[:3] == [
        "مرحبًا!",
        "أرغب في التسجيل: \u2068نادي السباحة\u2069",
        "الثلاثاء، 8 ديسمبر 2026، من 17:30 إلى 19:00",
    ]


@pytest.mark.parametrize("language", ["fi", "selko"])
def test_readers_of_finnish_need_no_explanation_of_it(sqlite_calendar: Calendar, language: str) -> None:
    event = sqlite_calendar.publish(registration=EMAIL)

    section = card(sqlite_calendar, event, language=language)

    assert (section.all("details"), [line for line in letter(section)[2] if "Kieleni" in line]) == ([], [])


def test_the_message_names_the_next_date_where_none_was_asked_for(sqlite_calendar: Calendar) -> None:
    event = sqlite_calendar.publish(
        schedule=weekly(), changed={"2026-12-01": DateChange("cancelled")}, registration=EMAIL
    )

    assert letter(card(sqlite_calendar, event))[1] == "Ilmoittautuminen: Kielikahvila, ti 8.12.2026 klo 17.30–19"


def test_every_way_stands_there_as_a_button_and_in_writing(sqlite_calendar: Calendar) -> None:
    event = sqlite_calendar.publish(
        registration=Registration(
            "required", link="https://pulina.example/uinti", email="aino@pulina.example", phone="+358 5 123"
        )
    )

    section = card(sqlite_calendar, event)

    assert section.texts("a") == ["Sign up on the web", "Sign up by e-mail", "Sign up by telephone"]
    assert [section.all("a")[number]["href"] for number in (0, 2)] == ["https://pulina.example/uinti", "tel:+3585123"]
    assert section.texts(class_="way-address") == ["https://pulina.example/uinti", "aino@pulina.example", "+358 5 123"]


@pytest.mark.parametrize(
    ("changes", "rest"),
    [
        ({"schedule": once("2026-11-20 18:00")}, ""),
        ({"schedule": weekly(), "changed": {"2026-12-08": DateChange("cancelled")}}, "?date=2026-12-08"),
        ({"schedule": weekly("2026-11-24 17:30")}, "?date=2026-11-24"),
        ({"registration": Registration("required", email="a@b.example", closes=at("2026-11-30 12:00"))}, ""),
    ],
)
def test_nobody_signs_up_for_what_is_over_called_off_or_closed(
    sqlite_calendar: Calendar, changes: dict[str, Any], rest: str
) -> None:
    event = sqlite_calendar.publish(**{"registration": EMAIL, **changes})

    whole = read(sqlite_calendar, f"/en/events/{event}{rest}")

    assert whole.one(id="sign-up").all("a") == []
    assert "#sign-up" not in [link["href"] for link in whole.all("a")]


def test_signing_up_is_open_to_the_end_of_its_last_day(sqlite_calendar: Calendar) -> None:
    event = sqlite_calendar.publish(
        schedule=once("2026-12-05 18:00"),
        registration=Registration("required", email="a@b.example", closes=at("2026-12-01 12:00")),
    )

    before = card(sqlite_calendar, event)
    sqlite_calendar.clock.move(days=1)
    after = card(sqlite_calendar, event)

    assert before.texts("p")[0] == "Sign up by Tue 1 Dec, 12:00"
    assert after.texts("p") == ["Sign-up has closed"]


def test_hostile_words_stay_inside_the_message(sqlite_calendar: Calendar) -> None:
    hostile = "Kerho&bcc=kaikki@pulina.example?subject=x%0D%0Ay#z\r\nBcc: kaikki"
    event = sqlite_calendar.publish(
        hostile, registration=Registration("required", email="a@b.example?bcc=c@d.example&x=")
    )

    to, subject, lines = letter(card(sqlite_calendar, event, language="fi"))

    assert to == "a@b.example%3Fbcc%3Dc@d.example%26x%3D"
    assert subject.startswith("Ilmoittautuminen: Kerho&bcc=kaikki@pulina.example?subject=x%0D%0Ay#z Bcc: kaikki, ")
    assert len(lines) == 10
