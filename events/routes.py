"""All routes, in the order they are tried: those with a suffix before the wider patterns that would match them too."""

from events.city.routes import city_event_routes
from events.desk.routes import routes as desk_event_routes
from events.editing.images.routes import routes as media_routes
from events.editing.organisation_hooks import DEPENDENCIES, tell_events_of_standing
from events.feeds.routes import routes as feed_routes
from events.pages.routes import routes as page_routes
from events.residents.routes import routes as resident_routes
from events.widget.routes import routes as widget_routes
from organisations.city.routes import city_routes
from organisations.desk.routes import desk_routes

routes = [
    *media_routes,
    *widget_routes,
    *feed_routes,
    *page_routes,
    *resident_routes,
    *desk_routes(DEPENDENCIES),
    *desk_event_routes,
    *city_event_routes(),
    *city_routes(DEPENDENCIES, tell_events_of_standing),
]
