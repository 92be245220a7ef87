"""The routes that every site has, whatever it is about."""

from starlette.routing import Route

from web import health as operation
from web import static_files

routes = [
    Route("/static/{path:path}", static_files.serve),
    Route("/healthz", operation.live),
    Route("/readyz", operation.ready),
    Route("/robots.txt", operation.robots),
    Route("/.well-known/security.txt", operation.security_contact),
]
