"""The two cookies of sign-in: the session, and the one of a browser that waits for its e-mail."""

from typing import Final

from starlette.responses import Response

from organisations import sign_in
from organisations.desk.responses import back_to
from organisations.permissions import cookie_name
from organisations.sessions import LONGEST, browser_named
from web.request_context import RequestContext

WAITING_FOR: Final = 3600
"""Seconds that a browser remembers the letter it waits for."""


async def signed_in(context: RequestContext, email: str, *, shared: bool) -> sign_in.SignedIn:
    """Sign this browser in with a proven address."""
    return await sign_in.sign_in(
        email,
        shared=shared,
        browser=browser_named(context.browser),
        before=session_secret(context),
        site=context.site,
        language=context.language,
        now=context.now,
    )


def session_secret(context: RequestContext) -> str:
    """The session's secret that this browser has sent; empty without one."""
    return context.cookies.get(cookie_name(secure=context.secure), "")


def remember(context: RequestContext, response: Response, secret: str, *, shared: bool) -> None:
    """Let the browser keep the session; on a shared computer only until it is closed."""
    lasting = None if shared else int(LONGEST.total_seconds())
    _set(context, response, cookie_name(secure=context.secure), secret, lasting)
    _delete(context, response, waiting_name(context))


def wait(context: RequestContext, response: Response, handle: str) -> None:
    """Let the browser remember for which letter it waits."""
    _set(context, response, waiting_name(context), handle, WAITING_FOR)


def waiting(context: RequestContext) -> str:
    """The handle of the letter that this browser waits for."""
    return context.cookies.get(waiting_name(context), "")


def waiting_name(context: RequestContext) -> str:
    """The name of the cookie of a browser that waits."""
    return "__Host-letter" if context.secure else "letter"


def signed_out(context: RequestContext, *, done: str = "") -> Response:
    """The answer after which this browser knows nothing any more."""
    response = back_to(context, "signed-out", done=done)
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    for name in (cookie_name(secure=context.secure), waiting_name(context)):
        _delete(context, response, name)
    return response


def _set(context: RequestContext, response: Response, name: str, value: str, seconds: int | None) -> None:
    response.set_cookie(name, value, max_age=seconds, path="/", secure=context.secure, httponly=True, samesite="lax")


def _delete(context: RequestContext, response: Response, name: str) -> None:
    response.delete_cookie(name, path="/", secure=context.secure, httponly=True, samesite="lax")
