"""When something is not there: a page in the reader's language with a way back, a sentence for programs."""

from pathlib import Path

import pytest

from tests.pages import parse, read
from tests.people import Calendar

NOT_FOUND = {"fi": "Tätä sivua ei ole.", "sv": "Den här sidan finns inte.", "en": "This page does not exist."}


@pytest.mark.parametrize(
    ("path", "wish", "code"),
    [
        ("/sv/nowhere", "fi", "sv"),
        ("/en/", "sv", ""),
        ("/en/events/aaaaaaaaaa", "", "en"),
        ("/nowhere", "sv,en;q=0.5", "sv"),
        ("/xx/events", "en", "en"),
        ("/xx/", "xx", "fi"),
        ("/english", "", "fi"),
        ("/fi/nowhere", "sv", "fi"),
    ],
)
def test_the_page_speaks_the_language_of_the_address_else_of_the_browser(
    sqlite_calendar: Calendar, path: str, wish: str, code: str
) -> None:
    if not code:
        assert read(sqlite_calendar, path, accept_language=wish).one("html").language[0] == "en"
        return

    page = read(sqlite_calendar, path, status=404, accept_language=wish)

    assert (page.one("html")["lang"], page.one("h1").text) == (code, NOT_FOUND[code])
    assert [link["href"] for link in page.one("main").all("a")] == [f"/{code}/", f"/{code}/events"]
    assert [meta["content"] for meta in page.all("meta", name="robots")] == ["noindex"]


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("/sv/nowhere.ics", "Den här sidan finns inte."),
        ("/nowhere.xml", "This page does not exist."),
        ("/sv/organisations/nobody.ics", "Den här sidan finns inte."),
        ("/nowhere.txt", "This page does not exist."),
    ],
)
def test_programs_get_a_sentence_instead_of_a_page(sqlite_calendar: Calendar, path: str, sentence: str) -> None:
    answer = sqlite_calendar.get(path, accept_language="en")

    assert (answer.status_code, answer.headers["content-type"]) == (404, "text/plain; charset=utf-8")
    assert (answer.text.startswith(sentence), "<" in answer.text) == (True, False)
    assert answer.headers["cache-control"] == "no-store"


def test_a_method_that_is_not_for_this_page_is_told_with_those_that_are(sqlite_calendar: Calendar) -> None:
    answer = sqlite_calendar.client.post("/sv/events", data={"q": "x"})

    assert (answer.status_code, set(answer.headers["allow"].split(", "))) == (405, {"GET", "HEAD"})
    assert parse(answer.text).one("html")["lang"] == "sv"


def test_too_large_a_body_is_refused_in_a_sentence(sqlite_calendar: Calendar) -> None:
    answer = sqlite_calendar.client.post("/en/events", content=b"x" * 300_000)

    assert (answer.status_code, parse(answer.text).one("h1").text) == (413, "That is too large to send.")


@pytest.mark.parametrize("path", ["/fi//", "/fi/events/", "/static/", "/static/../main.py", "/%2e%2e/x"])
def test_addresses_that_are_nearly_right_are_not_redirected_elsewhere(sqlite_calendar: Calendar, path: str) -> None:
    assert parse(sqlite_calendar.get(path).text).one("h1").text == NOT_FOUND["fi"]


def test_an_error_is_never_stored_by_a_cache(sqlite_calendar: Calendar, tmp_path: Path) -> None:
    event = sqlite_calendar.publish()
    sqlite_calendar.withdraw(event)

    answers = [sqlite_calendar.get(path) for path in ("/nowhere", f"/fi/events/{event}", "/fi/events.ics?start=x")]

    assert [(answer.status_code, answer.headers["cache-control"]) for answer in answers] == [
        (404, "no-store"),
        (410, "no-store"),
        (400, "no-store"),
    ]
