"""A cached response is valid while nothing visible has changed, and never a moment longer."""

import gzip
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.testclient import TestClient

from tests.database import count_queries
from tests.people import Calendar
from web.cache.response_cache import ResponseCache, cached
from web.database.revision import raise_revision
from web.packing import accepts_gzip
from web.responses import fresh

FIRST = datetime(2026, 12, 1, 7, 0, tzinfo=UTC)


class Teller:
    """A watch that says what a test tells it to."""

    def __init__(self) -> None:
        self.revised = (1, FIRST)

    async def current(self) -> tuple[int, datetime]:
        return self.revised


class Kitchen:
    """An application whose one dish counts how often it was cooked."""

    def __init__(self, site: Any, *, maximum_bytes: int = 1_000_000, size: int = 2000) -> None:
        self.cooked: list[str] = []
        self.teller = Teller()
        self.seasoning = ""
        self.size = size
        app = Starlette(routes=[Route("/{dish}", cached(self._cook_as("dish"), self._key_of))])
        app.state.site = site
        app.state.cache = self.cache = ResponseCache(self.teller, maximum_bytes=maximum_bytes)
        self.client = TestClient(app)
        self.client.headers.update({"accept-encoding": "identity"})

    def _cook_as(self, name: str) -> Callable[[Request], Awaitable[Response]]:
        async def cook(request: Request) -> Response:
            dish = request.path_params["dish"]
            self.cooked.append(dish)
            if dish == "burnt":
                return Response("burnt", 418)
            body = f"{dish} {self.seasoning}".ljust(self.size, ".")
            return fresh(body.encode(), "text/plain; charset=utf-8", {"Vary": "X"})

        cook.__name__ = name
        return cook

    def _key_of(self, request: Request) -> tuple[str, ...] | None:
        dish = request.path_params["dish"]
        return None if dish == "secret" else (dish,)

    def get(self, dish: str, **headers: str) -> Any:
        return self.client.get(f"/{dish}", headers={name.replace("_", "-"): value for name, value in headers.items()})


@pytest.fixture
def kitchen(sqlite_calendar: Calendar) -> Kitchen:
    return Kitchen(sqlite_calendar.site)


def test_a_second_reader_gets_the_same_bytes_without_cooking(kitchen: Kitchen) -> None:
    first, second = kitchen.get("soup"), kitchen.get("soup")

    assert (first.content, dict(first.headers)) == (second.content, dict(second.headers))
    assert kitchen.cooked == ["soup"]


def test_a_visible_change_makes_everything_anew(kitchen: Kitchen) -> None:
    first = kitchen.get("soup")
    kitchen.teller.revised = (2, datetime(2026, 12, 1, 8, 0, tzinfo=UTC))
    kitchen.seasoning = "salt"

    second = kitchen.get("soup", if_none_match=first.headers["etag"])

    assert (second.status_code, kitchen.cooked) == (200, ["soup", "soup"])
    assert second.headers["etag"] != first.headers["etag"]
    assert second.headers["last-modified"] == "Tue, 01 Dec 2026 08:00:00 GMT"


def test_a_change_that_leaves_the_bytes_alone_still_answers_304_and_keeps_its_date(kitchen: Kitchen) -> None:
    first = kitchen.get("soup")
    kitchen.teller.revised = (2, datetime(2026, 12, 1, 8, 0, tzinfo=UTC))

    by_tag = kitchen.get("soup", if_none_match=first.headers["etag"])
    by_date = kitchen.get("soup", if_modified_since=first.headers["last-modified"])

    assert (by_tag.status_code, by_date.status_code, by_tag.content) == (304, 304, b"")
    assert by_tag.headers["last-modified"] == first.headers["last-modified"] == "Tue, 01 Dec 2026 07:00:00 GMT"
    assert (kitchen.cooked, by_tag.headers["vary"]) == (["soup", "soup"], "X, Accept-Encoding")


def test_midnight_makes_everything_anew(kitchen: Kitchen, sqlite_calendar: Calendar) -> None:
    kitchen.get("soup")
    sqlite_calendar.clock.move(hours=14)
    kitchen.get("soup")
    assert kitchen.cooked == ["soup"]

    sqlite_calendar.clock.move(hours=2)
    after = kitchen.get("soup")

    assert kitchen.cooked == ["soup", "soup"]
    assert after.headers["last-modified"] == "Tue, 01 Dec 2026 22:00:00 GMT"


def test_who_takes_gzip_gets_it_packed_once_under_a_tag_of_its_own(kitchen: Kitchen) -> None:
    plain, packed = kitchen.get("soup"), kitchen.client.get("/soup", headers={"accept-encoding": "br, gzip;q=0.5"})

    assert (packed.headers["content-encoding"], packed.content) == ("gzip", plain.content)
    assert packed.headers["etag"] == plain.headers["etag"][:-1] + '-gzip"'
    assert int(packed.headers["content-length"]) == len(gzip.compress(plain.content, 6, mtime=0))
    assert kitchen.get("soup", accept_encoding="gzip", if_none_match=packed.headers["etag"]).status_code == 304
    assert kitchen.get("soup", accept_encoding="gzip", if_none_match=plain.headers["etag"]).status_code == 200


def test_small_answers_are_not_packed(sqlite_calendar: Calendar) -> None:
    kitchen = Kitchen(sqlite_calendar.site, size=100)

    assert "content-encoding" not in kitchen.get("soup", accept_encoding="gzip").headers


@pytest.mark.parametrize(
    ("header", "offered"),
    [
        ("", False),
        ("gzip", True),
        ("GZIP;q=1", True),
        ("gzip;q=0", False),
        ("gzip; q=0.000", False),
        ("*", True),
        ("*;q=0", False),
        ("gzip;q=0, *", False),
        ("br, deflate", False),
        ("identity", False),
    ],
)
def test_gzip_is_sent_only_where_it_is_offered(header: str, offered: bool) -> None:
    assert accepts_gzip(header) == offered


def test_refusals_and_responses_for_one_reader_are_not_cached(kitchen: Kitchen) -> None:
    answers = [kitchen.get("burnt").status_code for _ in range(2)] + [
        kitchen.get("secret").status_code for _ in range(2)
    ]

    assert (answers, kitchen.cooked) == ([418, 418, 200, 200], ["burnt", "burnt", "secret", "secret"])
    assert kitchen.cache.size == 0


def test_any_number_of_different_answers_never_grows_past_the_bound(sqlite_calendar: Calendar) -> None:
    kitchen = Kitchen(sqlite_calendar.site, maximum_bytes=100_000)
    sizes = []
    with kitchen.client:  # one event loop for all of them
        for number in range(2000):
            kitchen.get(str(number), accept_encoding="gzip" if number % 2 else "identity")
            sizes.append(kitchen.cache.size)

    assert max(sizes) <= 100_000
    assert min(sizes[100:]) > 90_000


def test_the_least_recently_asked_for_leaves_first(sqlite_calendar: Calendar) -> None:
    kitchen = Kitchen(sqlite_calendar.site, maximum_bytes=8_000)
    for dish in ("soup", "bread", "fish", "soup", "cake", "soup", "bread"):
        kitchen.get(dish)

    assert kitchen.cooked == ["soup", "bread", "fish", "cake", "bread"]


def test_a_change_through_the_site_shows_at_once_on_every_page_and_feed(calendar: Calendar) -> None:
    public_id = calendar.publish("Aamutee")
    paths = [
        "/fi/events",
        "/fi/events.ics",
        f"/fi/events/{public_id}",
        f"/fi/events/{public_id}.ics",
        "/fi/organisations/pulina",
    ]
    before = [calendar.get(path).text for path in paths]
    assert ["Aamutee" in text for text in before] == [True] * len(paths)

    calendar.rewrite(public_id, "Iltakahvi")

    after = [calendar.get(path).text for path in paths]
    assert [("Iltakahvi" in text, "Aamutee" in text) for text in after] == [(True, False)] * len(paths)


def test_a_revision_without_a_visible_difference_keeps_every_tag(calendar: Calendar) -> None:
    calendar.publish("Kielikahvila")
    tags = {
        path: calendar.get(path).headers["etag"] for path in ("/fi/", "/fi/events", "/sv/events.ics", "/sitemap.xml")
    }

    calendar.run(raise_revision, calendar.clock())

    asked_again = {path: calendar.get(path, if_none_match=tag).status_code for path, tag in tags.items()}
    assert asked_again == dict.fromkeys(tags, 304)


def test_a_cached_response_is_sent_before_the_router_is_asked(
    sqlite_calendar: Calendar, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = sqlite_calendar.get("/fi/events?free=1")

    def refuse(*_arguments: Any) -> None:
        raise AssertionError("the router was asked")

    monkeypatch.setattr(Route, "matches", refuse)
    second = sqlite_calendar.get("/fi/events?free=1")

    assert (second.content, dict(second.headers)) == (first.content, dict(first.headers))


def test_a_cached_response_is_not_given_under_a_strange_name(sqlite_calendar: Calendar) -> None:
    assert sqlite_calendar.get("/fi/events").status_code == 200

    assert sqlite_calendar.get("/fi/events", host="evil.example").status_code == 400


def test_a_cached_response_is_not_given_to_what_is_not_a_question(sqlite_calendar: Calendar) -> None:
    assert sqlite_calendar.get("/fi/events").status_code == 200

    assert sqlite_calendar.client.post("/fi/events").status_code == 405


def test_nobody_can_keep_a_feed_under_the_name_of_another(sqlite_calendar: Calendar) -> None:
    sqlite_calendar.publish("Kielikahvila", event_status="cancelled")
    muddled = sqlite_calendar.get("/fi/events.ics?cancelled=title&cancelled=x").content

    asked = sqlite_calendar.get("/fi/events.ics?cancelled=title").content

    assert [b"STATUS:CANCELLED" in content for content in (muddled, asked)] == [True, False]


def test_what_the_form_asks_for_through_htmx_is_cached_as_well(sqlite_calendar: Calendar) -> None:
    partial = {"HX_Request": "true", "HX_Request_Type": "partial"}
    sqlite_calendar.publish("Kielikahvila")
    first = sqlite_calendar.get("/fi/events?q=&when=&free=1", **partial)

    with count_queries() as seen:
        second = sqlite_calendar.get("/fi/events?free=1&q=", **partial)

    assert (seen, second.content, second.headers["hx-push-url"]) == ([], first.content, "/fi/events?free=1")
