"""What is true of every answer, whoever asks for what: headers, hosts, sizes, no cookies."""

import shutil
from pathlib import Path

import pytest

from events.filtering import listing_queries
from tests.people import Calendar, opened_calendar
from web.security import allowed_hosts

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
PATHS = {
    "/": 200,
    "/fi/": 200,
    "/fi/events?free=1": 200,
    "/fi/events?q=": 303,
    "/fi/events/{event}": 200,
    "/fi/events/{withdrawn}": 410,
    "/fi/events/{event}.ics": 200,
    "/fi/events.ics": 200,
    "/fi/events.ics?start=banana": 400,
    "/fi/organisations": 200,
    "/fi/organisations/pulina": 200,
    "/fi/organisations/pulina.ics": 200,
    "/static/{style}": 200,
    "/static/nothing.css": 404,
    "/nowhere": 404,
    "/fi/events/aaaaaaaaaa": 404,
    "/healthz": 200,
    "/readyz": 200,
    "/robots.txt": 200,
    "/sitemap.xml": 200,
    "/.well-known/security.txt": 200,
}


def policy(answer: object) -> dict[str, str]:
    """The content security policy of an answer, directive by directive."""
    parts = answer.headers["content-security-policy"].split("; ")  # type: ignore[attr-defined]
    return {name: value for name, _, value in (part.partition(" ") for part in parts)}


def secured(answer: object) -> dict[str, str]:
    """The headers that every answer has, as this one has them."""
    return {name: answer.headers.get(name, "") for name in HEADERS}  # type: ignore[attr-defined]


def test_every_answer_carries_the_security_headers_and_sets_no_cookie(sqlite_calendar: Calendar) -> None:
    event, withdrawn = sqlite_calendar.publish(), sqlite_calendar.publish()
    sqlite_calendar.withdraw(withdrawn)
    style = sqlite_calendar.site.assets.url("site.css").removeprefix("/static/")
    names = {"event": event, "withdrawn": withdrawn, "style": style}

    answers = {path: sqlite_calendar.get(path.format(**names), cookie="session=x") for path in PATHS}

    assert {path: answer.status_code for path, answer in answers.items()} == PATHS
    for path, answer in answers.items():
        assert (path, policy(answer), secured(answer)) == (path, POLICY, HEADERS)
        assert (path, [name for name in answer.headers if name in ("set-cookie", "strict-transport-security")]) == (
            path,
            [],
        )


def test_refused_requests_carry_them_too(sqlite_calendar: Calendar) -> None:
    answers = [
        sqlite_calendar.client.post("/fi/events"),
        sqlite_calendar.client.delete("/static/site.css"),
        sqlite_calendar.get("/fi/", host="evil.example"),
        sqlite_calendar.client.post("/fi/events", content=b"x" * 300_000),
        sqlite_calendar.client.request("BREW", "/fi/"),
    ]

    assert [answer.status_code for answer in answers][:3] == [405, 405, 400]
    assert [(policy(answer), secured(answer)) for answer in answers] == [(POLICY, HEADERS)] * 5


def test_a_body_larger_than_the_limit_is_refused_before_it_is_read(sqlite_calendar: Calendar) -> None:
    large = sqlite_calendar.client.post("/sv/events", content=b"x" * (256 * 1024 + 1))
    fitting = sqlite_calendar.client.post("/sv/events", content=b"x" * (256 * 1024))

    assert (large.status_code, fitting.status_code) == (413, 405)
    assert (policy(large), secured(large)) == (POLICY, HEADERS)


def test_a_fault_of_ours_is_a_page_with_the_same_headers(
    sqlite_calendar: Calendar, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_arguments: object, **_named: object) -> None:
        raise RuntimeError("the password is hunter2")

    monkeypatch.setattr(listing_queries, "find_dates", fail)
    monkeypatch.setattr(sqlite_calendar.client._transport, "raise_server_exceptions", False)

    answer = sqlite_calendar.get("/sv/events")

    assert (answer.status_code, policy(answer), secured(answer)) == (500, POLICY, HEADERS)
    assert "Något gick fel hos oss." in answer.text
    assert "hunter2" not in answer.text


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "", "evil.example:8000", "[::1", "localhost@evil"]
)
def test_a_foreign_host_is_refused(sqlite_calendar: Calendar, host: str) -> None:
    answer = sqlite_calendar.get("/fi/", host=host)

    assert (answer.status_code, answer.text) == (400, "Invalid host header")


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost:8000", "LOCALHOST", "[::1]:8000"])
def test_at_home_every_name_of_this_computer_will_do(sqlite_calendar: Calendar, host: str) -> None:
    assert sqlite_calendar.get("/healthz", host=host).text == "ok\n"


def test_in_public_only_the_sites_own_name_will_do_and_only_encrypted(migrated_file: Path, tmp_path: Path) -> None:
    url = f"sqlite://{shutil.copy(migrated_file, tmp_path / 'test.db')}"

    with opened_calendar(url, BASE_URL="https://yhdessa.example") as calendar:
        public = calendar.get("/fi/", host="yhdessa.example")
        missing = calendar.get("/nowhere", host="yhdessa.example")
        loopback = calendar.get("/fi/", host="127.0.0.1:8000")

    assert [answer.status_code for answer in (public, missing, loopback)] == [200, 404, 400]
    assert {answer.headers["strict-transport-security"] for answer in (public, missing, loopback)} == {
        "max-age=31536000; includeSubDomains"
    }
    assert '<link rel="canonical" href="https://yhdessa.example/fi/">' in public.text


@pytest.mark.parametrize(
    ("base_url", "hosts"),
    [
        ("https://yhdessa.example", ["yhdessa.example"]),
        ("https://yhdessa.example:8443", ["yhdessa.example"]),
        ("http://localhost:8000", ["127.0.0.1", "localhost", "[::1]"]),
        ("http://[::1]:8000", ["127.0.0.1", "localhost", "[::1]"]),
        ("http://[2001:db8::1]", ["[2001:db8::1]"]),
    ],
)
def test_the_allowed_hosts_come_from_the_base_url(base_url: str, hosts: list[str]) -> None:
    assert allowed_hosts(base_url) == hosts


def test_pages_hold_nothing_that_the_policy_would_block(sqlite_calendar: Calendar) -> None:
    event = sqlite_calendar.publish()

    for path in ("/", "/fi/", "/fi/events", f"/fi/events/{event}", "/fi/organisations/pulina", "/nowhere"):
        html = sqlite_calendar.get(path).text
        assert [
            word for word in ("<style", " style=", " onclick=", "javascript:", "hx-on", "js:") if word in html
        ] == []
        # A block of data is no program: browsers do not run it, and the policy does not ask about it.
        programs = html.replace('<script type="application/ld+json">', "")
        assert programs.count("<script") == programs.count('<script src="/static/')
