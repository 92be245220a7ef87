"""The address of the pictures that were sent for events."""

from starlette.routing import Route

from events.editing import media

routes = [Route("/media/{name}", media.serve)]
