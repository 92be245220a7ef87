"""The public addresses of organisations."""

from starlette.routing import Route

from organisations import pages

routes = [Route("/{lang}/organisations", pages.list_organisations)]
