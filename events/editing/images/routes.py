"""The address of the pictures that were sent for events."""

from starlette.routing import Route

from events.editing.images import storage as media

routes = [Route("/media/{name}", media.serve)]
