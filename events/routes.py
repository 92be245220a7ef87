"""The public addresses of events. Siblings with a suffix stand before the pages that would swallow them."""

from starlette.routing import Route

from events import feeds, keys, pages, sitemap
from web.cache import kept

routes = [
    Route("/", pages.choose_language),
    Route("/sitemap.xml", kept(sitemap.show, keys.of_path)),
    Route("/{lang}", pages.to_home),
    Route("/{lang}/", kept(pages.home, keys.of_path)),
    Route("/{lang}/events.ics", kept(feeds.list_feed, keys.of_feed)),
    Route("/{lang}/events", kept(pages.list_events, keys.of_list)),
    Route("/{lang}/events/{event}.ics", kept(feeds.event_feed, keys.of_event)),
    Route("/{lang}/events/{event}", kept(pages.show_event, keys.of_event)),
    Route("/{lang}/subscribe", kept(pages.show_ways_to_subscribe, keys.of_filter)),
    Route("/{lang}/organisations/{slug}.ics", kept(feeds.organisation_feed, keys.of_feed)),
    Route("/{lang}/organisations/{slug}", kept(pages.show_organisation, keys.of_organisation)),
]
