"""Who may open which address: nobody without sign-in, strangers and other associations nothing, the city its desk."""

from __future__ import annotations

from itertools import chain

import pytest
from starlette.routing import Route

from main import ROUTES
from organisations.permission_table import PUBLIC, permission_table
from organisations.permissions import GuardedRoute, Permission
from tests.desks import Browser, somebody
from tests.events.city.waiting import kaisa, submitted
from tests.people import Calendar

DOORS = sorted(
    (row.path, row.method, Permission(row.permission)) for row in permission_table(ROUTES) if row.permission != PUBLIC
)
OWN = ("/{lang}/desk/account",)
"""What is about oneself."""


def address(calendar: Calendar, path: str, event: str, key: str, place: int) -> str:
    """A path about Pulina, its event, its draft."""
    known = {
        "lang": "fi", "slug": "pulina", "event": event, "key": key, "place": str(place), "day": "2026-12-03",
        "member": "1", "message": "1", "secret": "x" * 32, "secrets": "x" * 32, "invitation": "1", "session": "1",
        "other": key, "image": "1",
    }  # fmt: skip
    return path.format(**known)


def asked(browser: Browser, method: str, path: str) -> int:
    return int((browser.get(path) if method == "GET" else browser.post(path, {})).status_code)


def test_every_row_has_its_door_and_every_door_its_row() -> None:
    doors = {
        (route.path, method)
        for route in ROUTES
        if isinstance(route, GuardedRoute)
        for method in route.methods or ()
        if method != "HEAD"
    }

    assert doors == {(path, method) for path, method, _ in DOORS}


def test_nothing_of_a_desk_or_of_the_city_stands_open() -> None:
    behind = ("/{lang}/desk", "/{lang}/city")
    open_ones = {
        route.path
        for route in ROUTES
        if isinstance(route, Route) and not isinstance(route, GuardedRoute) and route.path.startswith(behind)
    }

    assert open_ones == set()


@pytest.mark.parametrize("who", ["anonymous", "stranger", "another", "city"])
def test_who_may_open_each_address(sqlite_calendar: Calendar, who: str) -> None:
    calendar = sqlite_calendar
    place = calendar.place()
    event, key = calendar.publish(place_id=place), submitted(calendar).key
    browsers = {
        "anonymous": lambda: Browser(calendar),
        "stranger": lambda: somebody(calendar, "outi@example.org"),
        "another": lambda: somebody(calendar, "nea@naapurit.example", role="editor", organisation="naapurit"),
        "city": lambda: kaisa(calendar),
    }
    wrong = []
    for path, method, permission in DOORS:
        if permission == Permission.ANYBODY or (permission == Permission.SIGNED_IN and who != "anonymous"):
            continue
        answer = asked(browsers[who](), method, address(calendar, path, event, key, place))
        if answer not in allowed(who, method, permission):
            wrong.append((method, path, answer))

    assert wrong == []


def allowed(who: str, method: str, permission: Permission) -> set[int]:
    """How an address may answer somebody."""
    if who == "anonymous":
        # What was typed into the form of an event is stored while somebody signs in: that is sent on too.
        return {303} if method == "GET" else {401, 303}
    if who != "city":
        return {403} if permission == Permission.CITY else {404}
    if permission in (Permission.EDITOR, Permission.OWNER):
        return {404}
    # Behind the guard: done, sent on, refused for what was sent, or not there; never «not allowed».
    return {200, 303, 404, 410, 422}


def test_the_cities_doors_are_all_of_the_city() -> None:
    permissions = {permission for path, _, permission in DOORS if path.startswith("/{lang}/city")}

    assert (permissions, len(list(chain(DOORS))) > 40) == ({Permission.CITY}, True)
