"""Who may do what: every address keeps to the permission it was declared with, and none stands open by mistake."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.endpoints import HTTPEndpoint
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute

import main
from main import ROUTES
from organisations.permission_table import PUBLIC, Row, permission_table
from organisations.permissions import GuardedRoute, Permission, guarded
from tests.desks import Browser, somebody
from tests.people import Calendar
from web.cache.response_cache import cached

EXPECTED = Path(__file__).parent / "permissions.txt"
TABLE = permission_table(ROUTES)
HERE = "/{lang}/desk/here"


def rows() -> list[tuple[str, str, Permission]]:
    """(method, path, permission) of every row that is not public and only read."""
    return [(row.method, row.path, Permission(row.permission)) for row in TABLE if row.permission != PUBLIC]


def about_an_organisation() -> list[tuple[str, str, Permission]]:
    """The rows about the organisation that the path names."""
    return [row for row in rows() if "/desk/organisations/{slug}" in row[1]]


async def greet(_request: Request) -> Response:
    return PlainTextResponse("hello")


class Greeting(HTTPEndpoint):
    async def delete(self, _request: Request) -> Response:
        return PlainTextResponse("gone")


def at_pulina(path: str) -> str:
    """An address of a row, about Pulina and otherwise about nothing that exists."""
    known = {"{lang}": "fi", "{slug}": "pulina"}
    return re.sub(r"{\w+}", lambda name: known.get(name[0], "1"), path)


def ask(browser: Browser, method: str, path: str) -> int:
    answer = browser.get(path) if method == "GET" else browser.post(path)
    return int(answer.status_code)


def run(monkeypatch: pytest.MonkeyPatch, *command: str) -> int:
    """The exit status of a command, with a database that nobody could open."""
    monkeypatch.setenv("DATABASE_URL", "postgres://nobody:x@127.0.0.1:1/nowhere")
    return main.main(main.arguments_parser().parse_args(command))


def test_the_table_is_what_it_was_when_somebody_last_looked(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    status = run(monkeypatch, "routes")

    # Once you have read the difference and mean it: python main.py routes > tests/organisations/permissions.txt
    assert (status, capsys.readouterr().out) == (0, EXPECTED.read_text("utf-8"))


def test_every_route_of_the_running_site_has_its_row(sqlite_calendar: Calendar) -> None:
    app: Any = sqlite_calendar.client.app
    while not isinstance(app, Starlette):
        app = app.app
    ways = [(method, route.path) for route in app.routes for method in route.methods if method != "HEAD"]

    assert ways == [(row.method, row.path) for row in TABLE]


def test_whatever_is_not_simply_read_is_behind_a_guard() -> None:
    ways = {
        (method, route.path): route
        for route in ROUTES
        if isinstance(route, Route)
        for method in (route.methods or set()) - {"HEAD"}
    }
    not_simply_read = {way for way in ways if way[0] != "GET" or "/desk" in way[1] or "/city" in way[1]}
    behind = {way for way, route in ways.items() if isinstance(route, GuardedRoute)}

    assert not_simply_read - behind == set()
    assert behind == {(method, path) for method, path, _ in rows()}


def test_what_may_only_be_read_is_public_without_further_words() -> None:
    table = permission_table([Route("/{lang}/here", greet), Route("/{lang}/there", greet, methods=["HEAD"])])

    assert table == [
        Row("GET", "/{lang}/here", PUBLIC, f"{__name__}.greet"),
        Row("HEAD", "/{lang}/there", PUBLIC, f"{__name__}.greet"),
    ]


def test_a_row_names_the_handler_behind_guard_and_cache() -> None:
    through_cache = Route("/", cached(greet, lambda _request: None))
    guard = guarded(HERE, greet, Permission.CITY)
    wrapped = guarded(HERE, greet, Permission.CITY, method="POST").wrapped(lambda one: one)
    table = permission_table([through_cache, guard, wrapped])

    assert {row.handler for row in table} == {f"{__name__}.greet"}


@pytest.mark.parametrize(
    ("routes", "complaint"),
    [
        ([Route(HERE, greet)], "GET /{lang}/desk/here is not declared"),
        ([Route(HERE, greet, methods=["HEAD"])], "HEAD /{lang}/desk/here is not declared"),
        ([Route("/{lang}/city", greet)], "GET /{lang}/city is not declared"),
        ([Route("/desk", greet)], "GET /desk is not declared"),
        ([Route("/{lang}/here", greet, methods=["POST"])], "POST /{lang}/here is not declared"),
        ([Route("/{lang}/here", greet, methods=["GET", "PUT"])], "PUT /{lang}/here is not declared"),
        ([Route("/{lang}/here", greet, methods=["OPTIONS"])], "OPTIONS /{lang}/here is not declared"),
        ([Route("/{lang}/here", Greeting)], "any method of /{lang}/here is not declared"),
        ([Mount("/{lang}/here", routes=[Route("/", greet)])], "Mount /{lang}/here leads past the table"),
        ([WebSocketRoute("/here", greet)], "WebSocketRoute /here leads past the table"),
        ([guarded(HERE, greet, Permission.ANYBODY)], "GET /{lang}/desk/here is behind sign-in and stands open"),
        (
            [guarded(HERE, greet, Permission.CITY), guarded(HERE, greet, Permission.SIGNED_IN)],
            "GET /{lang}/desk/here is declared twice",
        ),
        (
            [Route("/{lang}/x/{one}", greet), Route("/{lang}/x/{another}", greet)],
            "GET /{lang}/x/{another} is declared twice",
        ),
    ],
)
def test_what_stands_open_or_stands_twice_is_refused(routes: list[BaseRoute], complaint: str) -> None:
    with pytest.raises(ValueError, match=re.escape(complaint)) as refused:
        permission_table([*ROUTES, *routes])

    assert "\n" not in str(refused.value)


def test_a_page_and_the_target_of_its_form_may_share_an_address() -> None:
    both = [guarded(HERE, greet, Permission.SIGNED_IN), guarded(HERE, greet, Permission.CITY, method="POST")]

    assert [(row.method, row.permission) for row in permission_table(both)] == [("GET", "signed in"), ("POST", "city")]


@pytest.mark.parametrize("command", ["serve", "routes"])
def test_with_an_open_route_the_site_does_not_start_and_says_why_in_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    monkeypatch.setattr(main, "ROUTES", (*ROUTES, Route(HERE, greet)))
    complaint = re.escape("GET /{lang}/desk/here is not declared by organisations.permissions.guarded")

    with pytest.raises(ValueError, match=complaint):
        run(monkeypatch, command)
    with pytest.raises(ValueError, match=complaint):
        main.create_app()
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    "permission", [Permission.EDITOR, Permission.OWNER, Permission.EDITOR_OR_CITY, Permission.OWNER_OR_CITY]
)
def test_a_permission_about_an_organisation_must_say_about_which(permission: Permission) -> None:
    async def of_one(_request: Request) -> int | None:
        return 1

    with pytest.raises(ValueError, match="does not say to which organisation it belongs"):
        guarded(HERE, greet, permission)
    assert guarded(f"{HERE}/{{slug}}", greet, permission).permission == permission
    assert guarded(HERE, greet, permission, owner_of=of_one).permission == permission


def test_a_route_with_another_answer_keeps_its_permission_and_its_limits() -> None:
    route = guarded(HERE, greet, Permission.CITY, method="POST", max_body_size=7)

    again = route.wrapped(lambda guard: guard)

    assert (again.path, again.methods, again.permission) == (HERE, {"POST"}, Permission.CITY)
    assert (again.app.max_body_size, permission_table([again])) == (7, permission_table([route]))  # type: ignore[attr-defined]


@pytest.mark.parametrize(("method", "path", "permission"), about_an_organisation())
def test_strangers_get_nowhere(sqlite_calendar: Calendar, method: str, path: str, permission: Permission) -> None:
    somebody(sqlite_calendar, role="owner")
    nobody = Browser(sqlite_calendar)
    stranger = somebody(sqlite_calendar, "x@naapurit.example", role="owner", organisation="naapurit")
    kaisa = somebody(sqlite_calendar, "kaisa@kouvola.example", city=True)
    editor = somebody(sqlite_calendar, "bertil@pulina.example", role="editor")
    here = at_pulina(path)

    assert ask(nobody, method, here) == (303 if method == "GET" else 401)
    assert ask(stranger, method, here) == 404
    if permission in (Permission.EDITOR, Permission.OWNER):
        assert ask(kaisa, method, here) == 404
    if permission in (Permission.OWNER, Permission.OWNER_OR_CITY):
        assert ask(editor, method, here) == 403


@pytest.mark.parametrize(("method", "path", "permission"), [row for row in rows() if row[2] == Permission.CITY])
def test_only_the_city_does_what_the_city_does(
    sqlite_calendar: Calendar, method: str, path: str, permission: Permission
) -> None:
    owner = somebody(sqlite_calendar, role="owner")
    here = at_pulina(path)

    assert ask(Browser(sqlite_calendar), method, here) == (303 if method == "GET" else 401)
    assert ask(owner, method, here) == 403
    assert ask(somebody(sqlite_calendar, "kaisa@kouvola.example", city=True), method, here) < 500


@pytest.mark.parametrize(("method", "path", "permission"), rows())
def test_nothing_behind_a_guard_is_cached_anywhere(
    sqlite_calendar: Calendar, method: str, path: str, permission: Permission
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
