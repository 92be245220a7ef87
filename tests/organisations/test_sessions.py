"""Browsers that are signed in: until their people, or time, end that."""

from __future__ import annotations

import pytest

from organisations import sessions
from organisations.sessions import browser_named
from tests.database import count_queries
from tests.desks import Browser, somebody
from tests.people import Calendar


def test_a_browser_that_is_used_stays_signed_in_for_thirty_days(calendar: Calendar) -> None:
    aino = somebody(calendar)

    for _ in range(29):
        calendar.clock.move(days=1)
        assert aino.get("/fi/desk/").status_code == 200
    calendar.clock.move(days=1)

    assert aino.get("/fi/desk/").status_code == 303


@pytest.mark.parametrize(("city", "hours"), [(False, 14 * 24), (True, 12)])
def test_a_browser_that_is_not_used_is_signed_out(calendar: Calendar, city: bool, hours: int) -> None:
    browser = somebody(calendar, city=city)

    calendar.clock.move(hours=hours)
    assert browser.get("/fi/desk/").status_code == 200
    calendar.clock.move(hours=hours, minutes=1)

    assert browser.get("/fi/desk/").status_code == 303


def test_aino_sees_her_browsers_and_signs_one_out(calendar: Calendar) -> None:
    here, there, stranger = somebody(calendar), somebody(calendar), somebody(calendar, "bertil@pulina.example")

    def targets(browser: Browser) -> list[str]:
        forms = browser.read("/fi/desk/account").all("form")
        return [form["action"] for form in forms if form.get("action").endswith("/removal")]

    both = targets(here)
    (own,) = targets(stranger)
    assert len(both) == 2
    assert stranger.follow(stranger.post(both[0])).one("p", class_="notice").text == "Sitä ei enää ollut."
    for target in reversed(both):
        here.post(target)

    assert (here.get("/fi/desk/").status_code, there.get("/fi/desk/").status_code) == (303, 303)
    assert own not in both
    assert stranger.get("/fi/desk/").status_code == 200


def test_signing_out_leaves_nothing_behind(calendar: Calendar) -> None:
    here, there = somebody(calendar), somebody(calendar)
    taken = dict(here.cookies)

    answer = here.post("/fi/sign-out")

    assert (answer.status_code, answer.headers["location"]) == (303, "/fi/signed-out")
    assert answer.headers["clear-site-data"] == '"cache", "cookies", "storage"'
    assert here.cookies == {}
    here.cookies.update(taken)
    assert here.get("/fi/desk/").status_code == 303
    assert there.get("/fi/desk/").status_code == 200


def test_signing_out_everywhere_is_everywhere(calendar: Calendar) -> None:
    here, there, stranger = somebody(calendar), somebody(calendar), somebody(calendar, "bertil@pulina.example")

    here.post("/fi/sign-out", {"everywhere": "1"})

    assert there.get("/fi/desk/").status_code == 303
    assert stranger.get("/fi/desk/").status_code == 200


def test_a_made_up_cookie_is_nobody(calendar: Calendar) -> None:
    browser = Browser(calendar)
    for cookie in ("x", "", "a" * 5000, "%00"):
        browser.cookies["session"] = cookie
        assert browser.get("/fi/desk/").status_code == 303


def test_knowing_who_asks_takes_two_questions(calendar: Calendar) -> None:
    aino = somebody(calendar, role="owner")

    with count_queries() as seen:
        aino.get("/fi/desk/organisations/new")

    assert len(seen) == 2


def test_what_is_over_is_forgotten(calendar: Calendar) -> None:
    somebody(calendar)
    calendar.clock.move(days=15)
    late = somebody(calendar)

    calendar.run(sessions.forget_expired, now=calendar.clock())

    assert late.get("/fi/desk/").status_code == 200
    assert late.get("/fi/desk/account").text.count("/removal") == 1


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("Mozilla/5.0 (Android 14; Mobile; rv:132.0) Gecko/132.0 Firefox/132.0", "Firefox, Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Mobile Safari/604.1", "Safari, iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64) Chrome/130.0 Safari/537.36 Edg/130.0", "Edge, Windows"),
        ("curl/8.5.0", ""),
    ],
)
def test_a_browser_is_named_so_that_its_person_knows_it(agent: str, name: str) -> None:
    assert browser_named(agent) == name
