"""Pictures as files: the handler that sends them."""

import asyncio
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from events.editing.images.processing import MEDIA_TYPE
from events.editing.images.storage import NAME
from web.database.connection import fetch
from web.request_context import parameters_of
from web.responses import unchanged
from web.site import site_of

HEADERS: Final = {
    "Cache-Control": "public, max-age=31536000, immutable",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "X-Robots-Tag": "noindex",
}


async def serve(request: Request) -> Response:
    """`/media/{digest}-{width}.webp`: a file that never changes. Gone where only withdrawn events showed it."""
    name = parameters_of(request)["name"]
    found = NAME.fullmatch(name)
    if found is None:
        raise HTTPException(404)
    await _check_public(found[1])
    headers = {**HEADERS, "ETag": f'"{found[1][:32]}-{found[2]}"'}
    if unchanged(request, headers["ETag"], None):
        return Response(status_code=304, headers=headers)
    try:
        content = await asyncio.to_thread((site_of(request).settings.media_dir / name).read_bytes)
    except OSError:
        raise HTTPException(404) from None
    return Response(content, headers={**headers, "Content-Type": MEDIA_TYPE})


async def _check_public(digest: str) -> None:
    """Raises HTTPException for a picture that nobody has, or that was taken off with its last event. One that is not
    public yet is shown to whoever knows its name, which cannot be guessed."""
    rows = await fetch(
        "SELECT e.publication, g.state FROM image i LEFT JOIN event e ON e.image_id = i.id"
        " LEFT JOIN organisation g ON g.id = e.organisation_id WHERE i.digest = ?",
        digest,
    )
    if not rows:
        raise HTTPException(404)
    standing = {(row["publication"], row["state"]) for row in rows}
    if ("published", "approved") not in standing and standing != {(None, None)}:
        raise HTTPException(410)
