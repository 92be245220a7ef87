"""Style sheet, script and icons: read at start-up, served from memory under an address that holds their hash."""

import gzip
import mimetypes
import re
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from web.packing import SMALLEST_PACKED, accepts_gzip
from web.responses import answer

STYLE_SHEET: Final = "site.css"
IMMUTABLE: Final = "public, max-age=31536000, immutable"
BRIEF: Final = "public, max-age=300"
PACKED: Final = ("text/", "image/svg", "application/json")
"""The media types that packing makes smaller."""


@dataclass(frozen=True, slots=True)
class Asset:
    """One file as it is sent. `digest` is the beginning of its SHA-256; `packed` is empty where that saves nothing."""

    body: bytes
    packed: bytes
    media_type: str
    digest: str

    def answer(self, request: Request, cache_control: str) -> Response:
        """The file, packed for who takes that."""
        headers = {"Vary": "Accept-Encoding"} if self.packed else {}
        if not self.packed or not accepts_gzip(request.headers.get("accept-encoding", "")):
            return answer(request, self.body, self.media_type, cache_control=cache_control, headers=headers)
        headers["Content-Encoding"] = "gzip"
        return answer(request, self.packed, self.media_type, cache_control=cache_control, headers=headers)


class Assets:
    """The files of a folder; those of its `css/` are joined, in the order of their names, into `site.css`."""

    def __init__(self, folder: Path) -> None:
        sheets = sorted((folder / "css").glob("*.css"))
        self._assets = {STYLE_SHEET: _asset(STYLE_SHEET, b"\n".join(sheet.read_bytes() for sheet in sheets))}
        for path in sorted(folder.rglob("*")):
            name = path.relative_to(folder).as_posix()
            if path.is_file() and path not in sheets:
                self._assets[name] = _asset(name, path.read_bytes())

    def url(self, name: str) -> str:
        """The address of an asset, which changes with its content. Raises KeyError for an unknown name."""
        return f"/static/{self._assets[name].digest}/{name}"

    def body(self, name: str) -> bytes:
        """What an asset holds, for who sends it under another address. Raises KeyError for an unknown name."""
        return self._assets[name].body

    async def serve(self, request: Request) -> Response:
        """Answer `/static/{path}`, for good where the address holds the right hash, else for five minutes."""
        digest, _, name = request.path_params["path"].partition("/")
        asset = self._assets.get(name)
        if asset and asset.digest == digest:
            return asset.answer(request, IMMUTABLE)
        # A page cached before an update asks under the old hash: it gets what there is now.
        if not re.fullmatch(r"[0-9a-f]{12}", digest):
            asset = self._assets.get(request.path_params["path"])
        if asset is None:
            raise HTTPException(404)
        return asset.answer(request, BRIEF)


def _asset(name: str, body: bytes) -> Asset:
    media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    worth_it = media_type.startswith(PACKED) and len(body) >= SMALLEST_PACKED
    packed = gzip.compress(body, mtime=0) if worth_it else b""
    if media_type.startswith("text/"):
        media_type += "; charset=utf-8"
    return Asset(body, packed, media_type, sha256(body).hexdigest()[:12])
