"""The routes by which residents report an event or propose one."""

from starlette.routing import Route

from events import keys
from events.pages.event.pages import is_untouched
from events.residents import report_pages, suggestion_pages
from organisations.permissions import Permission, guarded
from web.cache.response_cache import cached

REPORT = "/{lang}/events/{event}/report"
PROPOSE = "/{lang}/propose"

routes = [
    Route(REPORT, cached(report_pages.show_report, keys.of_event, is_untouched)),
    guarded(REPORT, report_pages.take_report, Permission.ANYBODY, method="POST"),
    Route(PROPOSE, cached(suggestion_pages.show_suggestion_form, keys.of_path)),
    guarded(PROPOSE, suggestion_pages.take_suggestion, Permission.ANYBODY, method="POST"),
    Route(f"{PROPOSE}/thanks", cached(suggestion_pages.thank_for_suggestion, keys.of_path)),
]
