"""The one cache of finished answers: bytes that stay good until something visible changes or the day does.

An answer is kept under the key that its handler's `key_of` gives. While revision and local date are the same it is
sent without asking the database anything; after a change it is made anew, and where its bytes came out the same the
client still gets a 304.
"""

import asyncio
import gzip
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from email.utils import format_datetime
from functools import lru_cache
from hashlib import sha256
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from web.rendering import wants_fragment
from web.responses import REVALIDATE, unchanged
from web.site import site_of
from web.watch import Watch

MAXIMUM_BYTES: Final = 48 * 1024 * 1024
"""All kept bodies together, packed ones included."""
LARGEST_KEPT: Final = 8 * 1024 * 1024
SMALLEST_PACKED: Final = 512
PACKING_LEVEL: Final = 6
MOST_REMEMBERED: Final = 1024
LONGEST_REMEMBERED: Final = 512
"""Addresses of which a handler's key is remembered, and the characters of one."""

Handler = Callable[[Request], Awaitable[Response]]
Key = tuple[str, ...]


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

    @property
    def size(self) -> int:
        """Bytes kept at the moment."""
        return self._size

    async def answer(self, request: Request, key: Key, handler: Handler) -> Response:
        """The kept answer, or the handler's, which is kept if it is a 200."""
        site = site_of(request)
        today = site.today()
        revised = await self._watch.current()
        kept = self._kept.get(key)
        if kept is None or (kept.revision, kept.day) != (revised[0], today):
            lock = self._making.setdefault(key, asyncio.Lock())
            try:
                async with lock:
                    kept = self._kept.get(key)
                    if kept is None or (kept.revision, kept.day) != (revised[0], today):
                        response = await handler(request)
                        if response.status_code != 200:
                            return response
                        kept = self._keep(key, response, revised, today)
            finally:
                self._making.pop(key, None)
        else:
            self._kept.move_to_end(key)
        return self._respond(request, key, kept, site.midnight())

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


def kept(handler: Handler, key_of: Callable[[Request], Key | None]) -> Handler:
    """The handler behind the cache. Where `key_of` gives None the answer is made for this request alone.

    `key_of` may read nothing but the path, the query and whether a fragment is wanted: for what has been asked
    before, its answer is remembered.
    """
    remembered: dict[tuple[str, bytes, bool], Key | None] = {}

    async def endpoint(request: Request) -> Response:
        asked = (request.scope["path"], request.scope["query_string"], wants_fragment(request))
        try:
            key = remembered[asked]
        except KeyError:
            key = key_of(request)
            if len(asked[0]) + len(asked[1]) <= LONGEST_REMEMBERED:
                if len(remembered) >= MOST_REMEMBERED:
                    remembered.clear()
                remembered[asked] = key
        if key is None:
            return await handler(request)
        cache: AnswerCache = request.app.state.cache
        return await cache.answer(request, (handler.__name__, *key), handler)

    endpoint.__name__ = handler.__name__
    return endpoint


@lru_cache(maxsize=32)
def accepts_gzip(header: str) -> bool:
    """Whether an Accept-Encoding header offers gzip with a weight above zero (RFC 9110 12.5.3)."""
    weights = {}
    for part in header.lower().split(","):
        name, _, parameters = part.partition(";")
        weights[name.strip()] = parameters.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return weights.get("gzip", weights.get("*", False))
