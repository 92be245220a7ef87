"""Who may do what: the table covers every address, and every address keeps to it."""

from __future__ import annotations

import re

import pytest
from starlette.routing import Route

from main import ROUTES
from organisations.rules import TABLE, GuardedRoute, Need, guarded
from tests.desks import Browser, somebody
from tests.people import Calendar


def rows() -> list[tuple[str, str, Need]]:
    """(method, path, need) of every row."""
    return [(method, path, need) for path, methods in TABLE.items() for method, need in methods.items()]


def about_an_organisation() -> list[tuple[str, str, Need]]:
    """The rows about the organisation that the path names."""
    return [row for row in rows() if "/desk/organisations/{slug}" in row[1]]


def at_pulina(path: str) -> str:
    """An address of a row, about Pulina and otherwise about nothing that exists."""
    known = {"{lang}": "fi", "{slug}": "pulina"}
    return re.sub(r"{\w+}", lambda name: known.get(name[0], "1"), path)


def ask(browser: Browser, method: str, path: str) -> int:
    answer = browser.get(path) if method == "GET" else browser.post(path)
    return int(answer.status_code)


def test_whatever_is_not_simply_read_has_a_row_and_every_row_a_door() -> None:
    ways = {
        (method, route.path): route
        for route in ROUTES
        if isinstance(route, Route)
        for method in (route.methods or set()) - {"HEAD"}
    }
    not_simply_read = {way for way in ways if way[0] != "GET" or "/desk" in way[1] or "/city" in way[1]}
    known = {(method, path): need for method, path, need in rows()}
    open_to_all = {way for way, need in known.items() if need == Need.ANYBODY}

    assert not_simply_read - set(known) == set()
    assert set(known) - set(ways) == set()
    assert {way for way, route in ways.items() if not isinstance(route, GuardedRoute)} & set(known) <= open_to_all


def test_a_route_without_a_row_is_refused_at_the_start() -> None:
    async def handler(_request: object) -> None: ...

    with pytest.raises(ValueError, match="no row"):
        guarded("/{lang}/desk/nowhere", handler)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="no row"):
        guarded("/{lang}/signed-out", handler, "POST")  # type: ignore[arg-type]


@pytest.mark.parametrize(("method", "path", "need"), about_an_organisation())
def test_strangers_get_nowhere(sqlite_calendar: Calendar, method: str, path: str, need: Need) -> None:
    somebody(sqlite_calendar, role="owner")
    nobody = Browser(sqlite_calendar)
    stranger = somebody(sqlite_calendar, "x@naapurit.example", role="owner", organisation="naapurit")
    kaisa = somebody(sqlite_calendar, "kaisa@kouvola.example", city=True)
    editor = somebody(sqlite_calendar, "bertil@pulina.example", role="editor")
    here = at_pulina(path)

    assert ask(nobody, method, here) == (303 if method == "GET" else 401)
    assert ask(stranger, method, here) == 404
    if need in (Need.EDITOR, Need.OWNER):
        assert ask(kaisa, method, here) == 404
    if need in (Need.OWNER, Need.OWNER_OR_CITY):
        assert ask(editor, method, here) == 403


@pytest.mark.parametrize(("method", "path", "need"), [row for row in rows() if row[2] == Need.CITY])
def test_only_the_city_does_what_the_city_does(sqlite_calendar: Calendar, method: str, path: str, need: Need) -> None:
    owner = somebody(sqlite_calendar, role="owner")
    here = at_pulina(path)

    assert ask(Browser(sqlite_calendar), method, here) == (303 if method == "GET" else 401)
    assert ask(owner, method, here) == 403
    assert ask(somebody(sqlite_calendar, "kaisa@kouvola.example", city=True), method, here) < 500


@pytest.mark.parametrize(("method", "path", "need"), rows())
def test_nothing_behind_the_door_is_kept_anywhere(
    sqlite_calendar: Calendar, method: str, path: str, need: Need
) -> None:
    here = at_pulina(path)
    browser = somebody(sqlite_calendar, role="owner", city=True)

    answer = browser.get(here) if method == "GET" else browser.post(here)

    assert (answer.headers["cache-control"], answer.status_code < 500) == ("no-store", True)


def test_a_suspended_organisation_can_be_looked_at_and_not_changed(calendar: Calendar) -> None:
    calendar.association("pulina", state="suspended")
    owner = somebody(calendar, role="owner")

    assert owner.get("/fi/desk/organisations/pulina").status_code == 200
    assert owner.post("/fi/desk/organisations/pulina").status_code == 403
    assert "Kaupunki on keskeyttänyt julkaisemisen" in owner.read("/fi/desk/").one("main").text


@pytest.mark.parametrize("slug", ["nobody", "pulina%00", "PULINA", "1", "pulina'--", "x" * 3000])
def test_what_is_not_there_is_not_found(calendar: Calendar, slug: str) -> None:
    kaisa = somebody(calendar, role="owner", city=True)

    assert kaisa.get(f"/fi/desk/organisations/{slug}").status_code == 404


@pytest.mark.parametrize("number", ["0", "-1", "9" * 30, "x", "٣", "1 or 1=1"])
def test_a_wrong_number_is_nobody(calendar: Calendar, number: str) -> None:
    owner = somebody(calendar, role="owner")
    for path in (f"members/{number}/removal", f"members/{number}/role", f"invitations/{number}/removal"):
        answer = owner.post(f"/fi/desk/organisations/pulina/{path}")
        assert owner.follow(answer).one("p", class_="notice").text == "Sitä ei enää ollut."


def test_what_belongs_to_others_cannot_be_reached_by_its_number(calendar: Calendar) -> None:
    aino = somebody(calendar, role="owner")
    chen = somebody(calendar, "chen@naapurit.example", role="owner", organisation="naapurit")
    chen.post("/fi/desk/organisations/naapurit/invitations", {"email": "d@naapurit.example"})
    page = chen.read("/fi/desk/organisations/naapurit/members")
    theirs = [form["action"] for form in page.all("form") if "/removal" in form.get("action")]
    theirs += [form["action"] for form in page.all("form") if "/role" in form.get("action")]
    assert len(theirs) == 2

    for target in theirs:
        answer = aino.post(target.replace("naapurit", "pulina"), {"role": "editor"})
        assert aino.follow(answer).one("p", class_="notice").text == "Sitä ei enää ollut."
