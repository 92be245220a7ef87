"""The two cookies of people who sign in: the one of a signed-in browser, and the one of a browser that waits."""

from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response

from organisations import sign_in
from organisations.desk.responses import back_to
from organisations.permissions import cookie_name
from organisations.sessions import LONGEST, browser_named
from web.site import language_of, site_of

WAITING_FOR: int = 3600
"""Seconds that a browser remembers the letter it waits for."""


async def signed_in(request: Request, email: str, *, shared: bool, now: datetime) -> sign_in.SignedIn:
    """Sign this browser in with a proven address."""
    return await sign_in.sign_in(
        email,
        shared=shared,
        browser=browser_named(request.headers.get("user-agent", "")),
        before=request.cookies.get(cookie_name(request), ""),
        site=site_of(request),
        language=language_of(request),
        now=now,
    )


def remember(request: Request, response: Response, secret: str, *, shared: bool) -> None:
    """Let the browser keep the session; on a shared computer only until it is closed."""
    lasting = None if shared else int(LONGEST.total_seconds())
    _set(request, response, cookie_name(request), secret, lasting)
    response.delete_cookie(waiting_name(request), path="/", secure=_secure(request), httponly=True, samesite="lax")


def wait(request: Request, response: Response, handle: str) -> None:
    """Let the browser remember for which letter it waits."""
    _set(request, response, waiting_name(request), handle, WAITING_FOR)


def waiting(request: Request) -> str:
    """The handle of the letter that this browser waits for."""
    return request.cookies.get(waiting_name(request), "")


def waiting_name(request: Request) -> str:
    """The name of the cookie of a browser that waits."""
    return "__Host-letter" if _secure(request) else "letter"


def signed_out(request: Request, *, done: str = "") -> Response:
    """The answer after which this browser knows nothing any more."""
    response = back_to(request, "signed-out", done=done)
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    for name in (cookie_name(request), waiting_name(request)):
        response.delete_cookie(name, path="/", secure=_secure(request), httponly=True, samesite="lax")
    return response


def _set(request: Request, response: Response, name: str, value: str, seconds: int | None) -> None:
    response.set_cookie(name, value, max_age=seconds, path="/", secure=_secure(request), httponly=True, samesite="lax")


def _secure(request: Request) -> bool:
    return site_of(request).settings.base_url.startswith("https://")
