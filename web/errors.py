"""Error pages in the reader's language, with a way back: refused requests and failures."""

from collections.abc import Mapping
from typing import Final

from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from web.i18n import DEFAULT, Language, best_language
from web.page import Page, render
from web.request_context import context_of
from web.responses import plain_text
from web.site import site_of

LONGEST_QUERY: Final = 8 * 1024
PROGRAMS = (".ics", ".rss", ".xml", ".txt", ".json")


async def show_http_error(request: Request, error: Exception) -> Response:
    """The page for a refused request; plain text where the address is one that programs read."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    headers = dict(error.headers or {}) if isinstance(error, HTTPException) else {}
    return show_error(request, status, headers)


async def show_failure(request: Request, _error: Exception) -> Response:
    """The page for a fault of ours; the framework has logged it."""
    return show_error(request, 500, {})


def show_error(request: Request, status: int, headers: dict[str, str]) -> Response:
    """An error page with its status."""
    language = _language(request)
    title, advice = _words(status, language)
    if request.url.path.endswith(PROGRAMS):
        return plain_text(f"{title} {advice}", status, {**headers, "Cache-Control": "no-store"})
    page = Page(title=title, path="", noindex=True)
    context = context_of(request, language)
    return render(context, "error.html", page, status=status, headers=headers, title=title, advice=advice)


def _words(status: int, language: Language) -> tuple[str, str]:
    # A table of words: one row a status.
    return {
        401: (
            language.gettext("You are not signed in."),
            language.gettext("Sign in in another tab, then come back to this page and send it again."),
        ),
        403: (
            language.gettext("You may not do that."),
            language.gettext("Sign in with another address, or open the page anew and try again."),
        ),
        404: (
            language.gettext("This page does not exist."),
            language.gettext("The address may be misspelt, or the page has moved."),
        ),
        405: (
            language.gettext("That cannot be done here."),
            language.gettext("Go back and use the buttons of the page."),
        ),
        408: (
            language.gettext("That took too long to arrive."),
            language.gettext("Look whether you are still connected, then try again."),
        ),
        410: (
            language.gettext("This is no longer here."),
            language.gettext("It was taken off. Have a look at what else is coming."),
        ),
        413: (
            language.gettext("That is too large to send."),
            language.gettext("Go back and send less text or a smaller file."),
        ),
        414: (
            language.gettext("This address is too long."),
            language.gettext("Choose fewer filters or search for fewer words."),
        ),
        429: (
            language.gettext("That was tried too often."),
            language.gettext("Wait a moment, then try again."),
        ),
        431: (
            language.gettext("Your browser sends too much with its request."),
            language.gettext("Delete the cookies of this site in the browser's settings, then try again."),
        ),
    }.get(
        status,
        (
            language.gettext("Something went wrong on our side."),
            language.gettext("Nothing you did caused it. Please try again in a moment."),
        )
        if status >= 500
        else (
            language.gettext("That request could not be understood."),
            language.gettext("Go back and try again."),
        ),
    )


def _language(request: Request) -> Language:
    languages = site_of(request).languages
    code = request.url.path.split("/", 2)[1] if request.url.path.startswith("/") else ""
    if code not in languages:
        code = best_language(request.headers.get("accept-language", ""), languages) or DEFAULT
    return languages[code]


class LargeRequests:
    """Answers a request that announces too large a body, or asks in too many words, with the page that says so, before
    any of it is read.

    The framework counts what comes unannounced, but answers an announced length in English. `larger` are endings of
    paths whose routes have a limit of their own (`max_body_size`), with that limit.
    """

    def __init__(self, app: Starlette, *, largest: int, larger: Mapping[str, int] | None = None) -> None:
        self.app = app
        self.largest = largest
        self.larger = larger or {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if status := self._refusal(scope):
            # Nothing on the page needs the query, and its links would carry it on.
            request = Request({**scope, "app": self.app, "query_string": b""})
            await show_error(request, status, {})(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    def _refusal(self, scope: Scope) -> int | None:
        if scope["type"] != "http":
            return None
        if len(scope["query_string"]) > LONGEST_QUERY:
            return 414
        return 413 if self._announced(scope) > self._limit(scope["path"]) else None

    def _limit(self, path: str) -> int:
        return next((limit for ending, limit in self.larger.items() if path.endswith(ending)), self.largest)

    @staticmethod
    def _announced(scope: Scope) -> int:
        length = Headers(scope=scope).get("content-length", "")
        return int(length) if length.isascii() and length.isdigit() and len(length) < 20 else 0
