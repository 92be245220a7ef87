"""Protection against cross-site request forgery (CSRF), by what the browser says of where a request comes from.

No token is needed in any form: browsers since 2020 send Sec-Fetch-Site, older ones Origin.
"""

from typing import Final

from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.requests import Request, cookie_parser
from starlette.types import ASGIApp, Receive, Scope, Send

from web.errors import show_error

SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
SAFE_SITES: Final = frozenset({"same-origin", "none"})
SESSION_COOKIES: Final = frozenset({"session", "__Host-session"})
"""What a signed-in browser sends; the second where the site is served by https."""


class CsrfMiddleware:
    """Refuses unsafe methods that another site caused, with 403 and a page; all else goes on to `inner`.

    `origin` is this site's own address, `app` the application whose error page is shown.
    """

    def __init__(self, inner: ASGIApp, *, app: Starlette, origin: str) -> None:
        self.inner = inner
        self.app = app
        self.origin = origin

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not is_own(scope["method"], Headers(scope=scope), self.origin):
            await show_error(Request({**scope, "app": self.app}), 403, {})(scope, receive, send)
        else:
            await self.inner(scope, receive, send)


def is_own(method: str, headers: Headers, origin: str) -> bool:
    """Whether a request comes from this site, or from nobody in whose name it could act."""
    if method in SAFE_METHODS:
        return True
    if site := headers.get("sec-fetch-site"):
        return site in SAFE_SITES
    if given := headers.get("origin"):
        return given == origin
    cookies = (name for header in headers.getlist("cookie") for name in cookie_parser(header))
    return SESSION_COOKIES.isdisjoint(cookies)
