"""The one cache of finished answers: bytes that stay good until something visible changes or the day does.

An answer is kept under the key that its handler's `key_of` gives. While revision and local date are the same it is
sent without asking the database anything; after a change it is made anew, and where its bytes came out the same the
client still gets a 304.
"""

import asyncio
import gzip
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from email.utils import format_datetime
from functools import lru_cache
from hashlib import sha256
from typing import Final

from starlette.datastructures import State
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from web.rendering import wants_fragment
from web.responses import REVALIDATE, unchanged
from web.site import Site, site_of
from web.watch import Watch

MAXIMUM_BYTES: Final = 48 * 1024 * 1024
"""All kept bodies together, packed ones included."""
LARGEST_KEPT: Final = 16 * 1024 * 1024
SMALLEST_PACKED: Final = 512
PACKING_LEVEL: Final = 6
MOST_REMEMBERED: Final = 1024
LONGEST_REMEMBERED: Final = 512
"""Addresses of which a handler's key is remembered, and the characters of one."""

Handler = Callable[[Request], Awaitable[Response]]
Key = tuple[str, ...]
Asked = tuple[str, bytes, bool]


@dataclass(slots=True)
class Kept:
    """One answer: its bytes, since when they are what they are, and the state of the world they were made in.

    `ready` holds what goes out by (packed, unchanged): shared by all who ask, so nobody may change it.
    """

    revision: int
    day: date
    body: bytes
    headers: Mapping[str, str]
    changed: datetime
    digest: str = ""
    packed: bytes = b""
    size: int = field(init=False, default=0)
    ready: dict[tuple[bool, bool], Response] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.digest = sha256(self.body).hexdigest()[:32]
        self.size = len(self.body) + 512

    def tag(self, *, packed: bool) -> str:
        """The strong entity tag of the bytes, plain or packed."""
        return f'"{self.digest}-gzip"' if packed else f'"{self.digest}"'


class AnswerCache:
    """Kept answers, the least recently used leaving first when together they grow too large."""

    def __init__(self, watch: Watch, *, maximum_bytes: int = MAXIMUM_BYTES) -> None:
        self._watch = watch
        self._maximum = maximum_bytes
        self._kept: OrderedDict[Key, Kept] = OrderedDict()
        self._size = 0
        self._making: dict[Key, asyncio.Lock] = {}
        self._keys: dict[Asked, Key] = {}

    @property
    def size(self) -> int:
        """Bytes kept at the moment."""
        return self._size

    async def answer(self, request: Request, key: Key, handler: Handler) -> Response:
        """The kept answer, or the handler's, which is kept if it is a 200."""
        site = site_of(request)
        today = site.today()
        revised = await self._watch.current()
        kept = self._good(key, revised, today)
        if kept is None:
            lock = self._making.setdefault(key, asyncio.Lock())
            try:
                async with lock:
                    kept = self._good(key, revised, today)
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
        kept = self._good(key, await self._watch.current(), site.today())
        return self._respond(request, key, kept, site.midnight()) if kept else None

    def remember(self, request: Request, key: Key) -> None:
        """Keep in mind under which key an address is answered, so that it need not be read again."""
        asked = asked_for(request)
        if len(asked[0]) + len(asked[1]) <= LONGEST_REMEMBERED:
            if len(self._keys) >= MOST_REMEMBERED:
                self._keys.clear()
            self._keys[asked] = key

    def _good(self, key: Key, revised: tuple[int, datetime], today: date) -> Kept | None:
        kept = self._kept.get(key)
        if kept is None or (kept.revision, kept.day) != (revised[0], today):
            return None
        self._kept.move_to_end(key)
        return kept

    def _keep(self, key: Key, response: Response, revised: tuple[int, datetime], today: date) -> Kept:
        fresh = Kept(revised[0], today, bytes(response.body), dict(response.headers), changed=revised[1])
        before = self._forget(key)
        if before is not None and before.digest == fresh.digest:
            # The change left these bytes alone: they are as old as they were, and packed already.
            fresh.changed, fresh.packed, fresh.size = before.changed, before.packed, before.size
        if fresh.size <= min(LARGEST_KEPT, self._maximum):
            self._kept[key] = fresh
            self._size += fresh.size
            while self._size > self._maximum:
                self._forget(next(iter(self._kept)))
        return fresh

    def _forget(self, key: Key) -> Kept | None:
        kept = self._kept.pop(key, None)
        self._size -= kept.size if kept else 0
        return kept

    def _respond(self, request: Request, key: Key, kept: Kept, midnight: datetime) -> Response:
        packed = len(kept.body) >= SMALLEST_PACKED and accepts_gzip(request.headers.get("accept-encoding", ""))
        last_modified = max(kept.changed, midnight).replace(microsecond=0)
        same = unchanged(request, kept.tag(packed=packed), last_modified)
        response = kept.ready.get((packed, same))
        if response is None:
            response = kept.ready[packed, same] = self._ready(key, kept, last_modified, packed=packed, same=same)
        return response

    def _ready(self, key: Key, kept: Kept, last_modified: datetime, *, packed: bool, same: bool) -> Response:
        headers = {
            **kept.headers,
            "etag": kept.tag(packed=packed),
            "cache-control": REVALIDATE,
            "last-modified": format_datetime(last_modified.astimezone(UTC), usegmt=True),
            "vary": ", ".join(filter(None, (kept.headers.get("vary"), "Accept-Encoding"))),
        }
        headers.pop("content-length", None)
        if same:
            headers.pop("content-type", None)
            return Response(status_code=304, headers=headers)
        if packed:
            headers["content-encoding"] = "gzip"
            return Response(self._packed(key, kept), headers=headers)
        return Response(kept.body, headers=headers)

    def _packed(self, key: Key, kept: Kept) -> bytes:
        if not kept.packed:
            # Without a time in its head, so that equal bytes pack to equal bytes.
            kept.packed = gzip.compress(kept.body, PACKING_LEVEL, mtime=0)
            kept.size += len(kept.packed)
            if self._kept.get(key) is kept:
                self._size += len(kept.packed)
        return kept.packed


class KeptFirst:
    """Sends what is kept before the router is asked: most requests are of programs that ask for it again and again.

    Only requests that name one of `hosts` are answered here; what is not known goes on to the application.
    """

    def __init__(self, app: ASGIApp, *, state: State, hosts: Iterable[str]) -> None:
        self.app = app
        self.state = state
        self.hosts = frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = await self._known_answer(scope) if scope["type"] == "http" else None
        await (response or self.app)(scope, receive, send)

    async def _known_answer(self, scope: Scope) -> Response | None:
        cache: AnswerCache | None = getattr(self.state, "cache", None)
        if cache is None or scope["method"] not in ("GET", "HEAD"):
            return None
        request = Request(scope)
        if request.headers.get("host", "").partition(":")[0] not in self.hosts:
            return None
        return await cache.known_answer(request, self.state.site)


def kept(handler: Handler, key_of: Callable[[Request], Key | None]) -> Handler:
    """The handler behind the cache. Where `key_of` gives None the answer is made for this request alone.

    `key_of` may read nothing but the path, the query and whether a fragment is wanted: its answer is remembered.
    """

    async def endpoint(request: Request) -> Response:
        found = key_of(request)
        if found is None:
            return await handler(request)
        key = (handler.__name__, *found)
        cache: AnswerCache = request.app.state.cache
        response = await cache.answer(request, key, handler)
        cache.remember(request, key)
        return response

    endpoint.__name__ = handler.__name__
    return endpoint


def asked_for(request: Request) -> Asked:
    """What a key may be made of, as it arrived."""
    return request.scope["path"], request.scope["query_string"], wants_fragment(request)


@lru_cache(maxsize=32)
def accepts_gzip(header: str) -> bool:
    """Whether an Accept-Encoding header offers gzip with a weight above zero (RFC 9110 12.5.3)."""
    weights = {}
    for part in header.lower().split(","):
        name, _, parameters = part.partition(";")
        weights[name.strip()] = parameters.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return weights.get("gzip", weights.get("*", False))
