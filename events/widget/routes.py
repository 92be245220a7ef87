"""The routes of the widget: its script, its page, and its builder."""

from starlette.routing import Route

from events.widget import keys, script_pages
from events.widget import pages as widget_pages
from web.cache.response_cache import cached

routes = [
    Route("/widget.js", script_pages.show_script),
    Route("/widget-{version}.js", script_pages.show_released_script),
    Route("/{lang}/widget", cached(widget_pages.show_widget, keys.of_widget)),
    Route("/{lang}/widget/builder", cached(widget_pages.build_widget, keys.of_builder)),
]
