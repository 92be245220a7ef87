"""The middleware that sends cached responses before the router is asked."""

from collections.abc import Iterable

from starlette.datastructures import State
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from web.cache.response_cache import ResponseCache


class CacheMiddleware:
    """Answers from the cache: most requests are of programs that ask for the same thing again and again.

    Only requests that name one of `hosts` are answered here; what is not cached goes on to the application.
    """

    def __init__(self, app: ASGIApp, *, state: State, hosts: Iterable[str]) -> None:
        self.app = app
        self.state = state
        self.hosts = frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = await self._known_answer(scope) if scope["type"] == "http" else None
        await (response or self.app)(scope, receive, send)

    async def _known_answer(self, scope: Scope) -> Response | None:
        cache: ResponseCache | None = getattr(self.state, "cache", None)
        if cache is None or scope["method"] not in ("GET", "HEAD"):
            return None
        request = Request(scope)
        if request.headers.get("host", "").partition(":")[0] not in self.hosts:
            return None
        return await cache.known_answer(request, self.state.site)
