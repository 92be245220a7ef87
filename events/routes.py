"""The public addresses of events. Siblings with a suffix stand before the pages that would swallow them."""

from starlette.routing import Route

from events import feeds, pages, sitemap

routes = [
    Route("/", pages.choose_language),
    Route("/sitemap.xml", sitemap.show),
    Route("/{lang}/", pages.home),
    Route("/{lang}/events.ics", feeds.list_feed),
    Route("/{lang}/events", pages.list_events),
    Route("/{lang}/events/{event}.ics", feeds.event_feed),
    Route("/{lang}/events/{event}", pages.show_event),
    Route("/{lang}/organisations/{slug}.ics", feeds.organisation_feed),
    Route("/{lang}/organisations/{slug}", pages.show_organisation),
]
