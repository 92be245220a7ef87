"""Style sheets, scripts and other static files, served under `/static/`."""

from starlette.requests import Request
from starlette.responses import Response

from web.site import site_of


async def serve(request: Request) -> Response:
    """`/static/{path}`: the file of the site that answers."""
    return await site_of(request).assets.serve(request)
