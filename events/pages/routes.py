"""The routes of the pages for residents."""

from starlette.routing import Route

from events import keys
from events.pages import home_pages, organisation_pages, print_pages, sitemap_pages, subscribe_pages
from events.pages.event import pages as event_pages
from events.pages.listing import pages as listing_pages
from events.pages.month import pages as month_pages
from web.cache.response_cache import cached

EVENT = "/{lang}/events/{event}"

routes = [
    Route("/", home_pages.choose_language),
    Route("/sitemap.xml", cached(sitemap_pages.show, keys.of_path)),
    Route("/{lang}", home_pages.to_home),
    Route("/{lang}/", cached(home_pages.home, keys.of_path)),
    Route("/{lang}/events", cached(listing_pages.list_events, keys.of_list, listing_pages.is_untouched)),
    Route(EVENT, cached(event_pages.show_event, keys.of_event_page, event_pages.is_untouched)),
    Route(f"{EVENT}/poster", cached(event_pages.show_poster, keys.of_event, event_pages.is_untouched)),
    Route(f"{EVENT}/share", cached(event_pages.show_ways_to_share, keys.of_event, event_pages.is_untouched)),
    Route("/{lang}/calendar", month_pages.choose_month),
    Route("/{lang}/calendar/{month}", cached(month_pages.show_month, month_pages.key_of_month)),
    Route("/{lang}/print", cached(print_pages.show_sheet, keys.of_filter)),
    Route("/{lang}/subscribe", cached(subscribe_pages.show_ways_to_subscribe, keys.of_filter)),
    Route("/{lang}/organisations", cached(organisation_pages.list_organisations, organisation_pages.key_of_directory)),
    Route("/{lang}/organisations/{slug}", cached(organisation_pages.show_organisation, keys.of_organisation)),
]
