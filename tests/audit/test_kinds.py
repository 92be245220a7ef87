"""No public page is forgotten: each is a kind that the tests of this package look at."""

from __future__ import annotations

from starlette.routing import Match, Route

from main import ROUTES
from tests.audit.furnishing import Furnished
from tests.audit.kinds import KINDS, path_of

NO_PAGES = {
    "/static/{path:path}",
    "/healthz",
    "/readyz",
    "/robots.txt",
    "/.well-known/security.txt",
    "/media/{name}",
    "/sitemap.xml",
    "/widget.js",
    "/widget-{version}.js",
    "/{lang}",
    "/{lang}/calendar",
    "/{lang}/desk",
    "/{lang}/city",
    "/{lang}/events.ics",
    "/{lang}/events/{event}.ics",
    "/{lang}/organisations/{slug}.ics",
}
"""What programs read, and addresses that lead on to another one."""
BY_LETTER = {
    "/{lang}/sign-in/code",
    "/{lang}/sign-in/{secret}",
    "/{lang}/invitations/{secret}",
    "/{lang}/confirmations/{secrets}",
}
"""Pages that nobody comes to without a letter."""
BEHIND_THE_DOOR = ("/{lang}/desk/", "/{lang}/city/")


def first_route(path: str) -> str:
    """The path of the route that answers an address; empty where none does."""
    scope = {"type": "http", "method": "GET", "path": path}
    return next(
        (route.path for route in ROUTES if isinstance(route, Route) and route.matches(scope)[0] == Match.FULL), ""
    )


def test_every_public_page_is_looked_at() -> None:
    site = Furnished(events=dict.fromkeys(("everything", "cancelled", "over", "gone"), "abcdefghjk"))
    looked_at = {first_route(path_of(kind, "fi", site).partition("?")[0]) for kind in KINDS} - {""}
    public = {
        route.path
        for route in ROUTES
        if isinstance(route, Route)
        and "GET" in (route.methods or ())
        and not route.path.startswith(BEHIND_THE_DOOR)
        and route.path not in NO_PAGES | BY_LETTER
    }

    assert public - looked_at == set()
