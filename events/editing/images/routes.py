"""The address of the pictures that were sent for events."""

from starlette.routing import Route

from events.editing.images import pages

routes = [Route("/media/{name}", pages.serve)]
