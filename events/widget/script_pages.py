"""The script of the widget under its public names: the current one, and every release for good."""

import gzip
import re
from base64 import b64encode
from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha384
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from events.widget.embed_code import Scripts
from web.assets import BRIEF, IMMUTABLE
from web.packing import accepts_gzip
from web.request_context import parameters_of
from web.responses import answer
from web.site import Site, site_of

SCRIPT: Final = "widget/widget.js"
RELEASED: Final = "widget/released/widget-{version}.js"
LISTENER: Final = "widget/listen.js"
READABLE_ANYWHERE: Final[Mapping[str, str]] = {
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
}


async def show_script(request: Request) -> Response:
    """`/widget.js`: the custom element as it is today."""
    return _sent(request, site_of(request).assets.body(SCRIPT), BRIEF)


async def show_released_script(request: Request) -> Response:
    """`/widget-{version}.js`: the custom element as it was released, for good. Raises HTTPException 404."""
    try:
        body = site_of(request).assets.body(RELEASED.format(version=parameters_of(request)["version"]))
    except KeyError:
        raise HTTPException(404) from None
    return _sent(request, body, IMMUTABLE)


def scripts_of(site: Site) -> Scripts:
    """What a page around an embedded list needs."""
    version = version_of(site.assets.body(SCRIPT))
    released = site.assets.body(RELEASED.format(version=version))
    return Scripts(
        latest=f"{site.settings.base_url}/widget.js",
        released=f"{site.settings.base_url}/widget-{version}.js",
        integrity=f"sha384-{b64encode(sha384(released).digest()).decode()}",
        listener=site.assets.body(LISTENER).decode(),
    )


def version_of(script: bytes) -> str:
    """The version that a script says it is, in its first line. Raises ValueError where it says none."""
    found = re.match(rb"/\*! yhdessa-events ([0-9]+(?:\.[0-9]+)*),", script)
    if found is None:
        raise ValueError("the widget's script does not begin with its version")
    return found[1].decode()


def _sent(request: Request, body: bytes, cache_control: str) -> Response:
    headers = {**READABLE_ANYWHERE, "Vary": "Accept-Encoding"}
    if accepts_gzip(request.headers.get("accept-encoding", "")):
        headers["Content-Encoding"] = "gzip"
        body = _packed(body)
    return answer(request, body, "text/javascript; charset=utf-8", cache_control=cache_control, headers=headers)


@lru_cache(maxsize=16)
def _packed(body: bytes) -> bytes:
    return gzip.compress(body, mtime=0)
