"""The public addresses of organisations."""

from starlette.routing import Route

from organisations import pages
from web.cache import kept

routes = [Route("/{lang}/organisations", kept(pages.list_organisations, lambda request: (request.url.path,)))]
