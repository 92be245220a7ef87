"""The one cache of responses: a cached response is valid until something visible changes or the day does.

A response is stored under the key that its handler's `key_of` gives. While revision and local date are the same it
is sent without asking the database anything; after a change it is made anew, and where its bytes came out the same
the client still gets a 304. Fragments, of which responses are put together, share the same limit of memory.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import wraps
from typing import Any, Final, TypeVar

from starlette.requests import Request
from starlette.responses import Response

from web.cache.cached_response import CachedResponse
from web.database.revision_watch import Revised, Watch
from web.rendering import wants_fragment
from web.responses import Fresh
from web.site import Site, site_of

MAXIMUM_BYTES: Final = 48 * 1024 * 1024
"""Bytes of all cached bodies and fragments together, packed ones included."""
LARGEST_CACHED: Final = 16 * 1024 * 1024
MOST_REMEMBERED: Final = 1024
LONGEST_REMEMBERED: Final = 512
"""Addresses of which a handler's key is remembered, and the characters of one."""
APPROXIMATELY: Final = timedelta(minutes=1)
"""How far a number that is told approximately may lag behind a change."""
FRAGMENT_OVERHEAD: Final = 256
"""Bytes that a fragment takes besides its text."""

P = TypeVar("P")
Handler = Callable[[Request], Awaitable[Response]]
StillValid = Callable[[Request, CachedResponse], Awaitable[bool]]
Key = tuple[Any, ...]
Asked = tuple[str, bytes, bool]


@dataclass(frozen=True, slots=True)
class CachedFragment:
    """A part of responses: what it holds, and about how many bytes that takes."""

    content: Any
    size: int


@dataclass(frozen=True, slots=True)
class Approximate:
    """A number or several, the revision they were counted in, and the moment from which they are counted again.

    `good_until` is None where nothing has changed since.
    """

    content: Any
    revision: int
    counted: datetime
    good_until: datetime | None


class ResponseCache:
    """Cached responses and fragments; the least recently used are evicted when together they grow too large."""

    def __init__(self, watch: Watch, *, maximum_bytes: int = MAXIMUM_BYTES) -> None:
        self._watch = watch
        self._maximum = maximum_bytes
        self._entries: OrderedDict[Key, CachedResponse | CachedFragment] = OrderedDict()
        self._size = 0
        self._making: dict[Key, asyncio.Lock] = {}
        self._keys: dict[Asked, Key] = {}

    @property
    def size(self) -> int:
        """Bytes stored at the moment."""
        return self._size

    async def answer(
        self, request: Request, key: Key, handler: Handler, is_still_valid: StillValid | None = None
    ) -> Response:
        """The cached response, or the handler's, which is cached if it is a 200."""
        site = site_of(request)
        now = site.now()
        today = site.today()
        revised = await self._watch.current()
        cached_response = self._valid(key, revised, today, now)
        if cached_response is None:
            lock = self._making.setdefault(key, asyncio.Lock())
            try:
                async with lock:
                    cached_response = self._valid(key, revised, today, now)
                    if cached_response is None:
                        cached_response = await self._still_valid(request, key, is_still_valid, revised, today)
                    if cached_response is None:
                        response = await handler(request)
                        if response.status_code != 200:
                            return response
                        cached_response = self._store_response(key, response, revised, today)
            finally:
                self._making.pop(key, None)
        return self._respond(request, key, cached_response, site.midnight())

    async def known_answer(self, request: Request, site: Site) -> Response | None:
        """The response to what was asked in just this way before, if it is still valid."""
        key = self._keys.get(asked_for(request))
        if key is None:
            return None
        cached_response = self._valid(key, await self._watch.current(), site.today(), site.now())
        return self._respond(request, key, cached_response, site.midnight()) if cached_response else None

    def remember(self, request: Request, key: Key) -> None:
        """Remember under which key an address is answered, so that it need not be parsed again."""
        asked = asked_for(request)
        if len(asked[0]) + len(asked[1]) <= LONGEST_REMEMBERED:
            if len(self._keys) >= MOST_REMEMBERED:
                self._keys.clear()
            self._keys[asked] = key

    def fragment(self, key: Key, make: Callable[[], P], size: Callable[[P], int]) -> P:
        """A fragment of a response, made if it is not cached. Its key says all that it depends on: it never changes."""
        known = self.known_fragment(key)
        if known is not None:
            content: P = known
            return content
        made = make()
        self._store(key, CachedFragment(made, size(made) + FRAGMENT_OVERHEAD))
        return made

    def known_fragment(self, key: Key) -> Any:
        """The fragment, if it has been made and not evicted since; else None."""
        known = self._entries.get(key)
        if not isinstance(known, CachedFragment):
            return None
        self._entries.move_to_end(key)
        return known.content

    async def approximately(self, site: Site, key: Key, count: Callable[[], Awaitable[Any]]) -> Approximate:
        """What `count` gives: right for the local date, and a minute late at most after a change.

        A response made of it must not be cached longer than its `good_until`.
        """
        now, today = site.now(), site.today()
        revision, _ = await self._watch.current()
        known = self._entries.get(key)
        if isinstance(known, CachedFragment):
            counted_revision, counted_on, counted, content = known.content
            if counted_on == today and counted_revision == revision:
                return Approximate(content, revision, counted, None)
            if counted_on == today and counted <= now < counted + APPROXIMATELY:
                return Approximate(content, counted_revision, counted, counted + APPROXIMATELY)
        content = await count()
        self._store(key, CachedFragment((revision, today, now, content), 8 * FRAGMENT_OVERHEAD))
        return Approximate(content, revision, now, None)

    def _valid(self, key: Key, revised: Revised, today: date, now: datetime) -> CachedResponse | None:
        cached_response = self._entries.get(key)
        if not isinstance(cached_response, CachedResponse):
            return None
        if (cached_response.revision, cached_response.day) != (revised[0], today):
            return None
        if _is_over(cached_response, now):
            return None
        self._entries.move_to_end(key)
        return cached_response

    async def _still_valid(
        self, request: Request, key: Key, is_still_valid: StillValid | None, revised: Revised, today: date
    ) -> CachedResponse | None:
        """The response cached before the last change, if that did not concern it; else the handler may look at it."""
        stale = self._entries.get(key)
        if not isinstance(stale, CachedResponse) or stale.day != today:
            return None
        request.state.stale = stale
        if is_still_valid is None or _is_over(stale, site_of(request).now()):
            return None
        if not await is_still_valid(request, stale):
            return None
        stale.revision = revised[0]
        return stale

    def _store_response(self, key: Key, response: Response, revised: Revised, today: date) -> CachedResponse:
        headers = dict(response.headers)
        cached_response = CachedResponse(revised[0], today, bytes(response.body), headers, changed=revised[1])
        if isinstance(response, Fresh):
            cached_response.memo, cached_response.good_until = response.memo, response.good_until
        before = self._forget(key)
        cached_response.made_after(before if isinstance(before, CachedResponse) else None)
        self._store(key, cached_response)
        return cached_response

    def _store(self, key: Key, entry: CachedResponse | CachedFragment) -> None:
        self._forget(key)
        if entry.size <= min(LARGEST_CACHED, self._maximum):
            self._entries[key] = entry
            self._size += entry.size
            while self._size > self._maximum:
                self._forget(next(iter(self._entries)))

    def _forget(self, key: Key) -> CachedResponse | CachedFragment | None:
        entry = self._entries.pop(key, None)
        self._size -= entry.size if entry else 0
        return entry

    def _respond(self, request: Request, key: Key, cached_response: CachedResponse, midnight: datetime) -> Response:
        packed = cached_response.wanted_packed(request)
        added = cached_response.pack() if packed else 0
        if added and self._entries.get(key) is cached_response:
            self._size += added
        return cached_response.response(request, midnight, packed=packed)


def cached(
    handler: Handler, key_of: Callable[[Request], Key | None], is_still_valid: StillValid | None = None
) -> Handler:
    """The handler behind the cache. Where `key_of` gives None the response is made for this request alone.

    `key_of` may read nothing but the path, the query and whether a fragment is wanted: its answer is remembered.
    `is_still_valid`, given a response of today, says whether it is valid although something has changed since it was
    made.
    """

    @wraps(handler)
    async def endpoint(request: Request) -> Response:
        found = key_of(request)
        if found is None:
            return await handler(request)
        key = (handler.__name__, *found)
        cache = cache_of(request)
        response = await cache.answer(request, key, handler, is_still_valid)
        cache.remember(request, key)
        return response

    return endpoint


def _is_over(cached_response: CachedResponse, now: datetime) -> bool:
    return cached_response.good_until is not None and now >= cached_response.good_until


def cache_of(request: Request) -> ResponseCache:
    """The cache of the application that answers this request."""
    cache: ResponseCache = request.app.state.cache
    return cache


def stale_answer(request: Request) -> CachedResponse | None:
    """The response of today that was cached before the last change, for handlers that build on it."""
    stale = getattr(request.state, "stale", None)
    return stale if isinstance(stale, CachedResponse) else None


def asked_for(request: Request) -> Asked:
    """What a key may be made of, as it arrived."""
    return request.scope["path"], request.scope["query_string"], wants_fragment(request)
