"""From settings and routes to a running application: middleware, error pages, database for its lifetime."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, nullcontext
from typing import Final

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.routing import BaseRoute
from starlette.types import ASGIApp

from web.cache.cache_middleware import CacheMiddleware
from web.cache.response_cache import ResponseCache
from web.csrf import CsrfMiddleware
from web.database.connection import Config, opened
from web.database.revision_watch import watching
from web.errors import LargeRequests, show_failure, show_http_error
from web.jobs import Work, in_background
from web.security import SecurityHeaders, allowed_hosts
from web.site import Site

LARGEST_BODY: Final = 256 * 1024
"""Bytes of a request's body that are read at most."""
LARGER_BODIES: Final = {"/image": 12 * 1024 * 1024}
"""Endings of paths that files are sent to, with what their routes read at most."""


def application(
    site: Site, routes: Sequence[BaseRoute], config: Config, works: Sequence[Work] | None = None
) -> ASGIApp:
    """The whole application, with these routes and no other. The database is open from its start to its end.

    With `works`, if only an empty list, it also sends mail and does that work.
    """

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        background = nullcontext() if works is None else in_background(site, works)
        async with opened(config), watching(config) as watch, background:
            app.state.cache = ResponseCache(watch)
            yield

    app = Starlette(
        routes=routes,
        middleware=[
            Middleware(
                TrustedHostMiddleware,
                allowed_hosts=allowed_hosts(site.settings.base_url),
                www_redirect=False,
            )
        ],
        exception_handlers={HTTPException: show_http_error, Exception: show_failure},
        lifespan=lifespan,
        max_body_size=LARGEST_BODY,
    )
    app.router.redirect_slashes = False
    app.state.site = site
    hosts = allowed_hosts(site.settings.base_url)
    guarded = CsrfMiddleware(
        LargeRequests(app, largest=LARGEST_BODY, larger=LARGER_BODIES), app=app, origin=site.settings.base_url
    )
    answering = CacheMiddleware(guarded, state=app.state, hosts=hosts)
    return SecurityHeaders(answering, https=site.settings.base_url.startswith("https://"))
