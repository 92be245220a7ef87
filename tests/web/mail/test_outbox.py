"""Letters arrive: while the mail server is up, after it was gone, silent or unwilling; none is lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from tortoise.transactions import in_transaction

from tests.desks import letters
from tests.mail_server import MailServer, mail_server, silent_server
from tests.people import NOW, Calendar
from web.mail import smtp as post_office
from web.mail.outbox import Letter, _claim, forget_old, queue, send_due
from web.mail.smtp import UnreachableError
from web.site import Site
from web.smtp_server import SmtpServer

HELLO = Letter("Hei, näin!", "Tervetuloa.\nNähdään: это мы.\n")


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail_server() as running:
        yield running


def sending_to(calendar: Calendar, url: str) -> Site:
    return replace(calendar.site, settings=replace(calendar.site.settings, smtp_url=url))


def write(calendar: Calendar, recipient: str = "aino@pulina.example", letter: Letter = HELLO, **more: Any) -> None:
    calendar.run(queue, recipient, letter, now=calendar.clock(), **more)


def test_a_letter_arrives_as_it_was_written(calendar: Calendar, server: MailServer) -> None:
    write(calendar)

    assert calendar.run(send_due, sending_to(calendar, server.url)) is True

    (letter,) = server.letters
    assert letter["To"] == "aino@pulina.example"
    assert letter["From"] == "Yhdessä <noreply@localhost>"
    assert letter["Subject"] == HELLO.subject
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter.get_content_type() == "text/plain"
    assert letter.get_content().replace("\r\n", "\n") == HELLO.text
    (kept,) = letters(calendar)
    assert (kept.sent, kept.text, kept.error) == (NOW, "", "")


def test_a_letter_goes_out_once(calendar: Calendar, server: MailServer) -> None:
    write(calendar, key="welcome aino")
    write(calendar, key="welcome aino")

    for _ in range(3):
        calendar.run(send_due, sending_to(calendar, server.url))

    assert len(server.letters) == 1


def test_what_is_undone_is_not_told(calendar: Calendar, server: MailServer) -> None:
    async def change_ones_mind() -> None:
        async with in_transaction():
            await queue("aino@pulina.example", HELLO, now=NOW)
            raise KeyError

    with pytest.raises(KeyError):
        calendar.run(change_ones_mind)

    calendar.run(send_due, sending_to(calendar, server.url))
    assert server.letters == []


def test_without_a_mail_server_letters_are_printed(calendar: Calendar, capsys: pytest.CaptureFixture[str]) -> None:
    write(calendar)

    calendar.run(send_due, calendar.site)

    printed = capsys.readouterr().out
    assert "To: aino@pulina.example\nSubject: Hei, näin!\n\nTervetuloa." in printed


def test_a_mail_server_that_is_gone_is_asked_again_until_it_is_back(calendar: Calendar, server: MailServer) -> None:
    server.stop()
    site = sending_to(calendar, server.url)
    write(calendar)
    write(calendar, "bertil@pulina.example")
    for _ in range(40):
        assert calendar.run(send_due, site) is False
        calendar.clock.move(seconds=30)

    server.start()
    calendar.clock.move(seconds=30)
    assert calendar.run(send_due, site) is True

    assert sorted(letter["To"] for letter in server.letters) == ["aino@pulina.example", "bertil@pulina.example"]


def test_after_ten_minutes_of_refusals_a_letter_arrives_within_90_seconds(
    calendar: Calendar, server: MailServer
) -> None:
    server.refusal = "451 Later, please"
    site = sending_to(calendar, server.url)
    write(calendar)
    for _ in range(600):
        calendar.run(send_due, site)
        calendar.clock.move(seconds=1)
    (kept,) = letters(calendar)
    assert (kept.tries, kept.error, server.letters) == (11, "refused with 451", [])

    server.refusal = ""
    back = calendar.clock()
    while not server.letters:
        calendar.clock.move(seconds=1)
        calendar.run(send_due, site)

    assert calendar.clock() - back <= timedelta(seconds=90)


def test_letters_that_waited_for_long_follow_the_first_that_gets_through(
    calendar: Calendar, server: MailServer
) -> None:
    server.refusal = "451 Later, please"
    site = sending_to(calendar, server.url)
    write(calendar)
    for _ in range(8):
        calendar.run(send_due, site)
        calendar.clock.move(hours=1)
    write(calendar, "bertil@pulina.example")
    calendar.run(send_due, site)

    server.refusal = ""
    calendar.clock.move(seconds=31)
    calendar.run(send_due, site)

    assert {letter["To"] for letter in server.letters} == {"aino@pulina.example", "bertil@pulina.example"}


def test_a_silent_mail_server_is_hung_up_on(calendar: Calendar, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(post_office, "TIMEOUT", 0.2)
    write(calendar)

    with silent_server() as url:
        assert calendar.run(send_due, sending_to(calendar, url)) is False

    (kept,) = letters(calendar)
    assert (kept.sent, kept.given_up, kept.next_try) == (None, None, NOW + timedelta(seconds=30))


def test_a_refusal_for_good_is_not_tried_again(calendar: Calendar, server: MailServer) -> None:
    server.refusal = "550 Nobody here"
    write(calendar)

    calendar.run(send_due, sending_to(calendar, server.url))

    (kept,) = letters(calendar)
    assert (kept.given_up, kept.text, kept.error) == (NOW, "", "refused with 550")


def test_after_a_day_it_is_given_up(calendar: Calendar, server: MailServer) -> None:
    server.refusal = "451 Later, please"
    write(calendar)
    for _ in range(40):
        calendar.run(send_due, sending_to(calendar, server.url))
        calendar.clock.move(hours=1)

    (kept,) = letters(calendar)
    assert kept.given_up == NOW + timedelta(hours=24)


def test_a_code_that_is_over_is_not_sent(calendar: Calendar, server: MailServer) -> None:
    write(calendar, expires=NOW + timedelta(minutes=15))
    calendar.clock.move(minutes=15)

    calendar.run(send_due, sending_to(calendar, server.url))

    (kept,) = letters(calendar)
    assert (server.letters, kept.error) == ([], "expired")


def test_a_letter_in_a_dead_hand_is_taken_over_after_a_minute(calendar: Calendar, server: MailServer) -> None:
    write(calendar)
    assert calendar.run(_claim, calendar.clock())["recipient"] == "aino@pulina.example"

    calendar.run(send_due, sending_to(calendar, server.url))
    assert server.letters == []
    calendar.clock.move(seconds=60)
    calendar.run(send_due, sending_to(calendar, server.url))

    assert len(server.letters) == 1


@pytest.mark.parametrize(
    "recipient",
    [
        "a@b.example\r\nBcc: all@city.example",
        "a@b.example\nBcc: x@y.example",
        "a@b.example, c@d.example",
        "nobody",
        "",
        "<a@b.example>",
    ],
)
def test_no_header_can_be_smuggled_into_an_address(calendar: Calendar, server: MailServer, recipient: str) -> None:
    write(calendar, recipient)

    calendar.run(send_due, sending_to(calendar, server.url))

    (kept,) = letters(calendar)
    assert (server.letters, kept.error) == ([], "the address cannot be written")


def test_no_header_can_be_smuggled_into_a_subject(calendar: Calendar, server: MailServer) -> None:
    write(calendar, letter=Letter("Hei\r\nBcc: all@city.example\n\nwords", "."))

    calendar.run(send_due, sending_to(calendar, server.url))

    (letter,) = server.letters
    assert (letter["Bcc"], letter["Subject"]) == (None, "Hei Bcc: all@city.example words")


def test_old_letters_are_forgotten(calendar: Calendar, server: MailServer) -> None:
    write(calendar)
    calendar.run(send_due, sending_to(calendar, server.url))

    calendar.run(forget_old, now=NOW + timedelta(days=31))

    assert letters(calendar) == []


@pytest.mark.parametrize(
    ("url", "office"),
    [
        ("smtp://mail.example", SmtpServer("mail.example", 587)),
        ("smtps://me:p%40ss@mail.example", SmtpServer("mail.example", 465, "me", "p@ss", secure=True)),
        ("smtp://[::1]:25/", SmtpServer("::1", 25)),
    ],
)
def test_the_address_of_a_mail_server(url: str, office: SmtpServer) -> None:
    assert SmtpServer.from_url(url) == office


@pytest.mark.parametrize("url", ["mail.example", "http://mail.example", "smtp://", "smtp://h:99999", "smtp://h/x"])
def test_what_is_no_address_of_a_mail_server(url: str) -> None:
    with pytest.raises(ValueError, match="SMTP_URL must look like"):
        SmtpServer.from_url(url)


def test_a_password_never_goes_over_an_open_line(monkeypatch: pytest.MonkeyPatch, server: MailServer) -> None:
    office = SmtpServer("127.0.0.1", server.port, "me", "secret")
    monkeypatch.setattr(SmtpServer, "on_this_machine", False)

    with pytest.raises(UnreachableError, match="no TLS"):
        post_office.Delivery().hand_over(EmailMessage(), office, sender="a@b.example", recipient="c@d.example")
    assert "secret" not in repr(office)
