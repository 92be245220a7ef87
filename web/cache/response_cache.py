"""The one cache of finished answers: bytes that stay good until something visible changes or the day does.

An answer is kept under the key that its handler's `key_of` gives. While revision and local date are the same it is
sent without asking the database anything; after a change it is made anew, and where its bytes came out the same the
client still gets a 304. Under the same bound lie the pieces of which answers are put together.
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
"""All kept bodies and pieces together, packed ones included."""
LARGEST_KEPT: Final = 16 * 1024 * 1024
MOST_REMEMBERED: Final = 1024
LONGEST_REMEMBERED: Final = 512
"""Addresses of which a handler's key is remembered, and the characters of one."""
APPROXIMATELY: Final = timedelta(minutes=1)
"""How far a number that is told approximately may lag behind a change."""
PIECE: Final = 256
"""Bytes that a piece takes besides its text."""

P = TypeVar("P")
Handler = Callable[[Request], Awaitable[Response]]
Still = Callable[[Request, CachedResponse], Awaitable[bool]]
Key = tuple[Any, ...]
Asked = tuple[str, bytes, bool]


@dataclass(frozen=True, slots=True)
class Piece:
    """Something of which answers are made."""

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
    """Kept answers and pieces, the least recently used leaving first when together they grow too large."""

    def __init__(self, watch: Watch, *, maximum_bytes: int = MAXIMUM_BYTES) -> None:
        self._watch = watch
        self._maximum = maximum_bytes
        self._kept: OrderedDict[Key, CachedResponse | Piece] = OrderedDict()
        self._size = 0
        self._making: dict[Key, asyncio.Lock] = {}
        self._keys: dict[Asked, Key] = {}

    @property
    def size(self) -> int:
        """Bytes kept at the moment."""
        return self._size

    async def answer(self, request: Request, key: Key, handler: Handler, still: Still | None = None) -> Response:
        """The kept answer, or the handler's, which is kept if it is a 200."""
        site = site_of(request)
        now = site.now()
        today = site.today()
        revised = await self._watch.current()
        kept = self._good(key, revised, today, now)
        if kept is None:
            lock = self._making.setdefault(key, asyncio.Lock())
            try:
                async with lock:
                    kept = self._good(key, revised, today, now)
                    if kept is None:
                        kept = await self._still_good(request, key, still, revised, today)
                    if kept is None:
                        response = await handler(request)
                        if response.status_code != 200:
                            return response
                        kept = self._keep(key, response, revised, today)
            finally:
                self._making.pop(key, None)
        return self._respond(request, key, kept, site.midnight())

    async def known_answer(self, request: Request, site: Site) -> Response | None:
        """The answer to what was asked in just this way before, if it is still good."""
        key = self._keys.get(asked_for(request))
        if key is None:
            return None
        kept = self._good(key, await self._watch.current(), site.today(), site.now())
        return self._respond(request, key, kept, site.midnight()) if kept else None

    def remember(self, request: Request, key: Key) -> None:
        """Keep in mind under which key an address is answered, so that it need not be read again."""
        asked = asked_for(request)
        if len(asked[0]) + len(asked[1]) <= LONGEST_REMEMBERED:
            if len(self._keys) >= MOST_REMEMBERED:
                self._keys.clear()
            self._keys[asked] = key

    def piece(self, key: Key, make: Callable[[], P], size: Callable[[P], int]) -> P:
        """A piece of an answer. Its key says everything that it depends on, its content never changes."""
        known = self.known_piece(key)
        if known is not None:
            content: P = known
            return content
        made = make()
        self._store(key, Piece(made, size(made) + PIECE))
        return made

    def known_piece(self, key: Key) -> Any:
        """The piece, if it has been made and not left since; else None."""
        known = self._kept.get(key)
        if not isinstance(known, Piece):
            return None
        self._kept.move_to_end(key)
        return known.content

    async def approximately(self, site: Site, key: Key, count: Callable[[], Awaitable[Any]]) -> Approximate:
        """What `count` gives: right for the local date, and a minute late at most after a change.

        An answer made of it must not be kept longer than its `good_until`.
        """
        now, today = site.now(), site.today()
        revision, _ = await self._watch.current()
        known = self._kept.get(key)
        if isinstance(known, Piece):
            counted_revision, counted_on, counted, content = known.content
            if counted_on == today and counted_revision == revision:
                return Approximate(content, revision, counted, None)
            if counted_on == today and counted <= now < counted + APPROXIMATELY:
                return Approximate(content, counted_revision, counted, counted + APPROXIMATELY)
        content = await count()
        self._store(key, Piece((revision, today, now, content), 8 * PIECE))
        return Approximate(content, revision, now, None)

    def _good(self, key: Key, revised: Revised, today: date, now: datetime) -> CachedResponse | None:
        kept = self._kept.get(key)
        if not isinstance(kept, CachedResponse) or (kept.revision, kept.day) != (revised[0], today):
            return None
        if _is_over(kept, now):
            return None
        self._kept.move_to_end(key)
        return kept

    async def _still_good(
        self, request: Request, key: Key, still: Still | None, revised: Revised, today: date
    ) -> CachedResponse | None:
        """What was kept before the last change, if that was about something else; else the handler may look at it."""
        stale = self._kept.get(key)
        if not isinstance(stale, CachedResponse) or stale.day != today:
            return None
        request.state.stale = stale
        if still is None or _is_over(stale, site_of(request).now()) or not await still(request, stale):
            return None
        stale.revision = revised[0]
        return stale

    def _keep(self, key: Key, response: Response, revised: Revised, today: date) -> CachedResponse:
        headers = dict(response.headers)
        kept = CachedResponse(revised[0], today, bytes(response.body), headers, changed=revised[1])
        if isinstance(response, Fresh):
            kept.memo, kept.good_until = response.memo, response.good_until
        before = self._forget(key)
        kept.made_after(before if isinstance(before, CachedResponse) else None)
        self._store(key, kept)
        return kept

    def _store(self, key: Key, thing: CachedResponse | Piece) -> None:
        self._forget(key)
        if thing.size <= min(LARGEST_KEPT, self._maximum):
            self._kept[key] = thing
            self._size += thing.size
            while self._size > self._maximum:
                self._forget(next(iter(self._kept)))

    def _forget(self, key: Key) -> CachedResponse | Piece | None:
        thing = self._kept.pop(key, None)
        self._size -= thing.size if thing else 0
        return thing

    def _respond(self, request: Request, key: Key, kept: CachedResponse, midnight: datetime) -> Response:
        packed = kept.wanted_packed(request)
        added = kept.pack() if packed else 0
        if added and self._kept.get(key) is kept:
            self._size += added
        return kept.response(request, midnight, packed=packed)


def kept(handler: Handler, key_of: Callable[[Request], Key | None], still: Still | None = None) -> Handler:
    """The handler behind the cache. Where `key_of` gives None the answer is made for this request alone.

    `key_of` may read nothing but the path, the query and whether a fragment is wanted: its answer is remembered.
    `still`, given an answer of today, says whether it is good although something has changed since it was made.
    """

    @wraps(handler)
    async def endpoint(request: Request) -> Response:
        found = key_of(request)
        if found is None:
            return await handler(request)
        key = (handler.__name__, *found)
        cache = cache_of(request)
        response = await cache.answer(request, key, handler, still)
        cache.remember(request, key)
        return response

    return endpoint


def _is_over(kept: CachedResponse, now: datetime) -> bool:
    return kept.good_until is not None and now >= kept.good_until


def cache_of(request: Request) -> ResponseCache:
    """The cache of the application that answers this request."""
    cache: ResponseCache = request.app.state.cache
    return cache


def stale_answer(request: Request) -> CachedResponse | None:
    """The answer of today that was kept before the last change, for handlers that build on it."""
    stale = getattr(request.state, "stale", None)
    return stale if isinstance(stale, CachedResponse) else None


def asked_for(request: Request) -> Asked:
    """What a key may be made of, as it arrived."""
    return request.scope["path"], request.scope["query_string"], wants_fragment(request)
