"""«Ask or give feedback»: anybody may write, in any language; the city keeps it and answers within 14 days."""

from datetime import date
from typing import Any

import pytest

from organisations import messages
from organisations.models import Message
from tests.pages import Node, parse, read, sent
from tests.people import BASE_URL, NOW, Calendar
from web.application import LARGEST_BODY

LANGUAGES = ("fi", "sv", "en", "ru", "uk", "ar", "selko")
FILLED_IN = {"kind": "feedback", "text": "Milloin kerho alkaa?", "about": "", "reply_to": "", "more": ""}


def send(calendar: Calendar, language: str = "fi", **fields: str) -> Any:
    """Somebody fills in the form and presses the button."""
    return calendar.client.post(
        f"/{language}/feedback",
        data={**FILLED_IN, **fields},
        headers={"origin": BASE_URL},
        follow_redirects=False,
    )


def kept(calendar: Calendar) -> list[Message]:
    """What the city has got."""

    async def ask() -> list[Message]:
        return await Message.all().order_by("id")

    found: list[Message] = calendar.run(ask)
    return found


def refused(answer: Any, status: int = 422) -> Node:
    """The page of a form that was not accepted."""
    assert (answer.status_code, answer.headers["cache-control"]) == (status, "no-store")
    return parse(answer.text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_anybody_may_write_in_her_language_and_learns_by_when_she_is_answered(
    sqlite_calendar: Calendar, language: str
) -> None:
    answer = send(sqlite_calendar, language, reply_to="anna@pulina.example")
    thanks = read(sqlite_calendar, answer.headers["location"])

    assert (answer.status_code, answer.headers["location"]) == (303, f"/{language}/feedback/thanks")
    assert "15" in thanks.one("main").text
    assert thanks.one("html")["lang"] == {"selko": "fi-simple"}.get(language, language)
    assert thanks.one("meta", name="robots")["content"] == "noindex"


def test_the_city_gets_what_was_written_and_when_it_is_due(calendar: Calendar) -> None:
    send(
        calendar,
        "ru",
        kind="word",
        text=" Слово неверное.\r\n\r\n\r\n\r\nВот лучше. ",
        about="/ru/events?in_language=ru",
        reply_to="anna@pulina.example",
    )

    (message,) = kept(calendar)
    assert (message.kind, message.text, message.about) == (
        "word",
        "Слово неверное.\n\nВот лучше.",
        "/ru/events?in_language=ru",
    )
    assert (message.language, message.reply_to) == ("ru", "anna@pulina.example")
    assert (message.created, message.due, message.closed) == (NOW, date(2026, 12, 15), None)


def test_the_day_of_the_answer_is_counted_from_the_local_date(sqlite_calendar: Calendar) -> None:
    sqlite_calendar.clock.move(hours=15.5)

    send(sqlite_calendar)

    assert kept(sqlite_calendar)[0].due == date(2026, 12, 16)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_form_without_words_comes_back_with_everything_else_in_it(sqlite_calendar: Calendar, language: str) -> None:
    answer = send(sqlite_calendar, language, kind="accessibility", text=" \n ", about="/fi/", reply_to="anna at home")

    page = refused(answer)
    form = page.one("main").one("form")
    assert dict(sent(form)) == {"kind": "accessibility", "about": "/fi/", "reply_to": "anna at home", "more": ""}
    links = page.one(class_="error-summary").links()
    assert list(links.values()) == ["#text", "#reply_to"]
    for message, href in links.items():
        field = next(node for node in form.walk() if node.get("id") == href[1:])
        error = form.one(id=f"{href[1:]}-error")
        assert (field["aria-invalid"], error.text) == ("true", message)
        assert f"{href[1:]}-error" in field["aria-describedby"].split()
    assert kept(sqlite_calendar) == []


def test_too_long_a_message_is_not_lost(sqlite_calendar: Calendar) -> None:
    page = refused(send(sqlite_calendar, "en", text="word " * 1001))

    assert page.one(class_="error-summary").links() == {
        "This is too long: 5004 characters. At most 5000 fit here.": "#text"
    }
    assert len(page.one("textarea").text) == 5004


def test_a_message_that_just_fits_is_kept(calendar: Calendar) -> None:
    send(calendar, text="ä" * 5000)

    assert [len(message.text) for message in kept(calendar)] == [5000]


@pytest.mark.parametrize(
    "about",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "/fi/ events",
        '/fi/"><script>',
        "/" + "a" * 500,
        f"{BASE_URL}.evil.example/",
        "swimming page",
    ],
)
def test_only_pages_of_this_site_can_be_spoken_about(sqlite_calendar: Calendar, about: str) -> None:
    page = refused(send(sqlite_calendar, about=about))
    begun = read(sqlite_calendar, "/fi/feedback").one("input", name="about")

    assert page.one(class_="error-summary").all("a")[0]["href"] == "#about"
    assert (page.one("input", name="about")["value"], begun["value"]) == (" ".join(about.split()), "")


def test_the_whole_address_of_a_page_will_do_too(sqlite_calendar: Calendar) -> None:
    send(sqlite_calendar, about=f"{BASE_URL}/fi/events?when=week#main")

    assert kept(sqlite_calendar)[0].about == "/fi/events?when=week"


def test_what_cannot_be_read_never_arrives(calendar: Calendar) -> None:
    send(calendar, text="pay \u202eeslaf\u202c\x00 now\x1b <b>please</b>", about="\x00/fi/")

    (message,) = kept(calendar)
    assert (message.text, message.about) == ("pay eslaf now <b>please</b>", "/fi/")


def test_markup_stays_text_where_it_is_shown_again(sqlite_calendar: Calendar) -> None:
    typed = "</textarea><script>alert(1)</script>"

    page = refused(send(sqlite_calendar, text=typed, reply_to='"><script>alert(1)</script>'))

    assert page.one("textarea").text == typed
    assert [script for script in page.all("script") if not script.get("src")] == []


def test_programs_that_fill_in_everything_are_thanked_and_forgotten(sqlite_calendar: Calendar) -> None:
    answer = send(sqlite_calendar, more="buy")

    assert (answer.status_code, answer.headers["location"]) == (303, "/fi/feedback/thanks")
    assert kept(sqlite_calendar) == []


def test_one_client_cannot_bury_the_city(calendar: Calendar) -> None:
    for number in range(6):
        assert send(calendar, text=f"Viesti {number}").status_code == 303

    answer = send(calendar, "en", text="One more")
    page = refused(answer, 429)

    assert (answer.headers["retry-after"], page.one("textarea").text) == ("3600", "One more")
    assert page.one(class_="error-summary").texts("li") == [
        "Several messages have come from you. Please wait 60 minutes and send this one again."
    ]
    calendar.clock.move(hours=1)
    assert send(calendar, text="Viesti 7").status_code == 303
    assert len(kept(calendar)) == 7


def test_mistakes_do_not_count_as_messages(sqlite_calendar: Calendar) -> None:
    for _ in range(8):
        refused(send(sqlite_calendar, text=""))

    assert send(sqlite_calendar).status_code == 303


def test_another_site_cannot_write_in_a_visitors_name(sqlite_calendar: Calendar) -> None:
    answer = sqlite_calendar.client.post(
        "/fi/feedback", data=FILLED_IN, headers={"origin": "https://evil.example"}, follow_redirects=False
    )

    assert (answer.status_code, kept(sqlite_calendar)) == (403, [])


@pytest.mark.parametrize(
    ("body", "media_type", "status"),
    [
        (b"text=" + b"a" * 10_000_000, "application/x-www-form-urlencoded", 413),
        (b"text=" + b"a" * 100_000, "application/x-www-form-urlencoded", 400),
        (b"&".join(b"f%d=1" % number for number in range(6000)), "application/x-www-form-urlencoded", 400),
        (b"text=" + b"a" * 10 + b"&;=&%zz=%&text=%ff", "application/x-www-form-urlencoded", 303),
        (b'{"text": "hello"}', "application/json", 422),
        (b"no boundary", "multipart/form-data", 400),
        (b"", "", 422),
    ],
    ids=["10 MB", "one long field", "6000 fields", "broken signs", "JSON", "no boundary", "nothing"],
)
def test_what_no_browser_sends_is_answered_in_the_readers_language(
    sqlite_calendar: Calendar, body: bytes, media_type: str, status: int
) -> None:
    assert LARGEST_BODY < 10_000_000
    answer = sqlite_calendar.client.post(
        "/sv/feedback",
        content=body,
        headers={"content-type": media_type, "origin": BASE_URL},
        follow_redirects=False,
    )

    assert answer.status_code == status
    if status != 303:
        assert parse(answer.text).one("html")["lang"] == "sv"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_offers_to_report_its_own_words(sqlite_calendar: Calendar, language: str) -> None:
    page = read(sqlite_calendar, f"/{language}/events?in_language=ru&q=a+b")
    links = [link["href"] for link in page.one("footer").all("a") if "kind=word" in link["href"]]

    form = read(sqlite_calendar, links[0]).one("main").one("form")

    assert len(links) == 1
    assert dict(sent(form)) == {
        "kind": "word",
        "about": f"/{language}/events?in_language=ru&q=a%20b",
        "reply_to": "",
        "more": "",
    }


def test_what_an_address_fills_in_stays_when_the_language_is_changed(sqlite_calendar: Calendar) -> None:
    page = read(sqlite_calendar, "/fi/feedback?kind=word&about=/fi/events&color=red")

    assert page.one("nav", class_="languages").links()["svenska"] == "/sv/feedback?about=/fi/events&kind=word"
    assert page.one("meta", name="robots")["content"] == "noindex"


@pytest.mark.parametrize("query", ["about=https://evil.example/", "about=//evil.example", "kind=bribe", "about=%00"])
def test_an_address_fills_in_nothing_that_is_not_ours(sqlite_calendar: Calendar, query: str) -> None:
    form = read(sqlite_calendar, f"/fi/feedback?{query}").one("main").one("form")

    assert dict(sent(form)) == {"kind": "feedback", "about": "", "reply_to": "", "more": ""}


def test_what_was_answered_a_year_ago_is_forgotten(calendar: Calendar) -> None:
    for number in range(3):
        send(calendar, text=f"Viesti {number}")

    async def close() -> None:
        await Message.filter(text="Viesti 0").update(closed=NOW)
        await Message.filter(text="Viesti 1").update(closed=NOW.replace(day=3))

    calendar.run(close)
    forgotten = calendar.run(messages.forget_answered, now=NOW.replace(year=2027, day=2))

    assert (forgotten, [message.text for message in kept(calendar)]) == (1, ["Viesti 1", "Viesti 2"])
