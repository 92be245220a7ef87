"""Responses that a client may cache and revalidate: strong entity tags, dates, 304 (RFC 9110 13)."""

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from hashlib import sha256
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

REVALIDATE: Final = "public, max-age=0, must-revalidate"


class Fresh(Response):
    """A 200 as a handler makes it: the cache adds what lets a client ask again.

    `memo` is given back to the handler when it makes this answer anew (its `size` in bytes counts, if it has one);
    from `good_until` on the answer is made anew even if nothing has changed.
    """

    memo: Any = None
    good_until: datetime | None = None


def fresh(body: bytes, media_type: str, headers: Mapping[str, str] | None = None) -> Fresh:
    """A 200 with this body and type."""
    return Fresh(body, headers={**(headers or {}), "Content-Type": media_type})


def until(response: Response, *moments: datetime | None) -> Response:
    """The same answer, to be made anew from the first of these moments on."""
    if isinstance(response, Fresh):
        response.good_until = min((moment for moment in moments if moment is not None), default=None)
    return response


def answer(
    request: Request,
    body: bytes,
    media_type: str,
    *,
    last_modified: datetime | None = None,
    cache_control: str = REVALIDATE,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """A 200 with the body, or an empty 304 where the client already has exactly these bytes.

    The tag is a hash of the body: equal bytes, equal tag. `last_modified` is aware; fractions of a second are
    dropped as HTTP dates have none.
    """
    shown = {"ETag": f'"{sha256(body).hexdigest()[:32]}"', "Cache-Control": cache_control, **(headers or {})}
    if last_modified is not None:
        shown["Last-Modified"] = format_datetime(last_modified.astimezone(UTC).replace(microsecond=0), usegmt=True)
    if unchanged(request, shown["ETag"], last_modified):
        return Response(status_code=304, headers=shown)
    return Response(body, headers={**shown, "Content-Type": media_type})


def unchanged(request: Request, tag: str, last_modified: datetime | None) -> bool:
    """Whether the client already has these bytes: If-None-Match decides where it is given, else
    If-Modified-Since does (RFC 9110 13.2.2)."""
    asked = request.headers.get("if-none-match")
    if asked is not None:
        tags = {part.strip().removeprefix("W/") for part in asked.split(",")}
        return "*" in tags or tag in tags
    since = _date(request.headers.get("if-modified-since", ""))
    return since is not None and last_modified is not None and last_modified.replace(microsecond=0) <= since


def _date(header: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(header)
    except (TypeError, ValueError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def plain_text(text: str, status: int, headers: Mapping[str, str] | None = None) -> Response:
    """A response of plain text, for clients that are programs."""
    return Response(text + "\n", status, headers={"Content-Type": "text/plain; charset=utf-8", **(headers or {})})
