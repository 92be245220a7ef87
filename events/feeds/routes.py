"""The routes of the feeds. Each must come before that of its page, whose pattern is wider."""

from starlette.routing import Route

from events import keys
from events.feeds import pages as feeds
from web.cache.response_cache import cached

routes = [
    Route("/{lang}/events.ics", cached(feeds.list_feed, keys.of_feed)),
    Route("/{lang}/events/{event}.ics", cached(feeds.event_feed, keys.of_event, feeds.is_untouched)),
    Route("/{lang}/organisations/{slug}.ics", cached(feeds.organisation_feed, keys.of_feed)),
]
