"""One response as it is cached: its bytes, plain and compressed with gzip, and what is sent for them."""

import gzip
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from email.utils import format_datetime
from hashlib import sha256
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from web.packing import SMALLEST_PACKED, accepts_gzip
from web.responses import REVALIDATE, unchanged

PACKING_LEVEL: Final = 6
BESIDES: Final = 512
"""Bytes that a response takes besides its body."""


@dataclass(slots=True)
class CachedResponse:
    """One response: its bytes, since when they have been the same, and the revision and day they were made for.

    `memo` is what its handler wants to find again when it makes the response anew; `good_until` is set where the
    response holds a number that is told approximately. `ready` holds what is sent by (packed, unchanged): all
    requests share it, so nothing may change it.
    """

    revision: int
    day: date
    body: bytes
    headers: Mapping[str, str]
    changed: datetime
    memo: Any = None
    good_until: datetime | None = None
    digest: str = ""
    packed: bytes = b""
    size: int = field(init=False, default=0)
    ready: dict[tuple[bool, bool], Response] = field(init=False, default_factory=dict)

    def made_after(self, before: "CachedResponse | None") -> None:
        """Finish a new response, given the one of before under the same key.

        Where the bytes came out the same they are as old as they were, and packed already.
        """
        same_object = before is not None and before.body is self.body
        self.digest = before.digest if before and same_object else sha256(self.body).hexdigest()[:32]
        if before is not None and before.digest == self.digest:
            self.changed, self.packed, self.body = before.changed, before.packed, before.body
        self.size = len(self.body) + len(self.packed) + BESIDES + getattr(self.memo, "size", 0)

    def tag(self, *, packed: bool) -> str:
        """The strong entity tag of the bytes, plain or packed."""
        return f'"{self.digest}-gzip"' if packed else f'"{self.digest}"'

    def pack(self) -> int:
        """Pack the body, once; how many bytes that added."""
        if self.packed:
            return 0
        # Without a time in its head, so that equal bytes pack to equal bytes.
        self.packed = gzip.compress(self.body, PACKING_LEVEL, mtime=0)
        self.size += len(self.packed)
        return len(self.packed)

    def wanted_packed(self, request: Request) -> bool:
        """Whether this client gets the packed bytes."""
        return len(self.body) >= SMALLEST_PACKED and accepts_gzip(request.headers.get("accept-encoding", ""))

    def response(self, request: Request, midnight: datetime, *, packed: bool) -> Response:
        """What is sent: the bytes, or a 304 where the client has them. `pack` comes before a packed one."""
        last_modified = max(self.changed, midnight).replace(microsecond=0)
        same = unchanged(request, self.tag(packed=packed), last_modified)
        response = self.ready.get((packed, same))
        if response is None:
            response = self.ready[packed, same] = self._response(last_modified, packed=packed, same=same)
        return response

    def _response(self, last_modified: datetime, *, packed: bool, same: bool) -> Response:
        headers = {
            **self.headers,
            "etag": self.tag(packed=packed),
            "cache-control": REVALIDATE,
            "last-modified": format_datetime(last_modified.astimezone(UTC), usegmt=True),
            "vary": ", ".join(filter(None, (self.headers.get("vary"), "Accept-Encoding"))),
        }
        headers.pop("content-length", None)
        if same:
            headers.pop("content-type", None)
            return Response(status_code=304, headers=headers)
        if packed:
            headers["content-encoding"] = "gzip"
        return Response(self.packed if packed else self.body, headers=headers)
