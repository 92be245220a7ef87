"""The public addresses of events. Siblings with a suffix stand before the pages that would swallow them."""

from starlette.routing import Route

from events import keys
from events.city.routes import city_event_routes
from events.desk.life_routes import life_routes
from events.editing import media
from events.editing.organiser_changes import LENT, tell_events_of_standing
from events.feeds import feeds
from events.pages import calendar_pages, event_pages, list_memory, organisation_pages, pages, sitemap
from events.residents import report_page, suggestion_page
from events.widget import widget_pages, widget_scripts
from organisations.city.routes import city_routes
from organisations.desk.routes import desk_routes
from organisations.permissions import Permission, guarded
from web.cache import kept

routes = [
    Route("/", pages.choose_language),
    Route("/sitemap.xml", kept(sitemap.show, keys.of_path)),
    Route("/media/{name}", media.serve),
    Route("/widget.js", widget_scripts.show_script),
    Route("/widget-{version}.js", widget_scripts.show_released_script),
    Route("/{lang}", pages.to_home),
    Route("/{lang}/", kept(pages.home, keys.of_path)),
    Route("/{lang}/events.ics", kept(feeds.list_feed, keys.of_feed)),
    Route("/{lang}/events", kept(pages.list_events, keys.of_list, list_memory.is_untouched)),
    Route("/{lang}/events/{event}.ics", kept(feeds.event_feed, keys.of_event, feeds.is_untouched)),
    Route("/{lang}/events/{event}", kept(event_pages.show_event, keys.of_event_page, event_pages.is_untouched)),
    Route("/{lang}/events/{event}/poster", kept(event_pages.show_poster, keys.of_event, event_pages.is_untouched)),
    Route(
        "/{lang}/events/{event}/share",
        kept(event_pages.show_ways_to_share, keys.of_event, event_pages.is_untouched),
    ),
    Route("/{lang}/events/{event}/report", kept(report_page.show_report, keys.of_event, event_pages.is_untouched)),
    guarded("/{lang}/events/{event}/report", report_page.take_report, Permission.ANYBODY, method="POST"),
    Route("/{lang}/propose", kept(suggestion_page.show_suggestion_form, keys.of_path)),
    guarded("/{lang}/propose", suggestion_page.take_suggestion, Permission.ANYBODY, method="POST"),
    Route("/{lang}/propose/thanks", kept(suggestion_page.thank_for_suggestion, keys.of_path)),
    Route("/{lang}/calendar", calendar_pages.choose_month),
    Route("/{lang}/calendar/{month}", kept(calendar_pages.show_month, calendar_pages.key_of_month)),
    Route("/{lang}/print", kept(calendar_pages.show_sheet, keys.of_filter)),
    Route("/{lang}/widget", kept(widget_pages.show_widget, keys.of_widget)),
    Route("/{lang}/widget/builder", kept(widget_pages.build_widget, keys.of_builder)),
    Route("/{lang}/subscribe", kept(pages.show_ways_to_subscribe, keys.of_filter)),
    Route("/{lang}/organisations", kept(organisation_pages.list_organisations, organisation_pages.key_of_directory)),
    Route("/{lang}/organisations/{slug}.ics", kept(feeds.organisation_feed, keys.of_feed)),
    Route("/{lang}/organisations/{slug}", kept(pages.show_organisation, keys.of_organisation)),
    *desk_routes(LENT),
    *life_routes(),
    *city_event_routes(),
    *city_routes(LENT, tell_events_of_standing),
]
