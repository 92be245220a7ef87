"""The route of the pictures of events."""

from starlette.routing import Route

from events.editing.images import pages

routes = [Route("/media/{name}", pages.serve)]
