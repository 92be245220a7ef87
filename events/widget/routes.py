"""The addresses of the widget: its script, its page, and where it is put together."""

from starlette.routing import Route

from events.widget import widget_keys, widget_pages, widget_scripts
from web.cache import kept

routes = [
    Route("/widget.js", widget_scripts.show_script),
    Route("/widget-{version}.js", widget_scripts.show_released_script),
    Route("/{lang}/widget", kept(widget_pages.show_widget, widget_keys.of_widget)),
    Route("/{lang}/widget/builder", kept(widget_pages.build_widget, widget_keys.of_builder)),
]
