"""No other site can act in the name of somebody who is signed in."""

import pytest
from starlette.datastructures import Headers

from tests.pages import parse
from tests.people import Calendar
from web.csrf import is_own

HERE = "https://yhdessa.example"


@pytest.mark.parametrize(
    ("headers", "own"),
    [
        ({"sec-fetch-site": "same-origin"}, True),
        ({"sec-fetch-site": "none"}, True),
        ({"sec-fetch-site": "same-site"}, False),
        ({"sec-fetch-site": "cross-site"}, False),
        ({"sec-fetch-site": "cross-site", "origin": HERE}, False),
        ({"origin": HERE}, True),
        ({"origin": "https://evil.example"}, False),
        ({"origin": "null"}, False),
        ({"origin": HERE + ".evil.example"}, False),
        ({}, True),
        ({"cookie": "theme=dark"}, True),
        ({"cookie": "theme=dark; session=x"}, False),
        ({"cookie": "__Host-session=x"}, False),
        ({"cookie": "session=x", "origin": HERE}, True),
    ],
)
def test_only_this_site_may_change_anything(headers: dict[str, str], own: bool) -> None:
    assert is_own("POST", Headers(headers), HERE) is own
    assert is_own("DELETE", Headers(headers), HERE) is own
    assert is_own("GET", Headers(headers), HERE) is True


def test_what_another_site_caused_is_refused_with_a_page_in_the_readers_language(sqlite_calendar: Calendar) -> None:
    answer = sqlite_calendar.client.post("/sv/sign-in", data={"email": "a@b.example"}, headers={"origin": "null"})

    assert (answer.status_code, answer.headers["cache-control"]) == (403, "no-store")
    assert parse(answer.text).one("h1").text == "Det har du inte rätt att göra."
    assert "content-security-policy" in answer.headers
