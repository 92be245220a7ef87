"""Cache keys of the widget and of its builder."""

from starlette.requests import Request

from events.filtering.filters import EventFilter
from events.widget.options import WidgetOptions
from web.cache.response_cache import Key
from web.i18n import KNOWN
from web.rendering import wants_fragment
from web.request_context import query_of, sent_by_form


def of_widget(request: Request) -> Key | None:
    """The canonical filter and look, and every value that could not be read: it is named in the answer."""
    pairs = query_of(request)
    filter_, problems = EventFilter.from_query(pairs)
    options, more_problems = WidgetOptions.from_query(pairs)
    wrong = tuple("=".join(problem) for problem in (*problems, *more_problems))
    return (request.url.path, filter_.to_query(), options.to_query(), *wrong)


def of_builder(request: Request) -> Key | None:
    """As `of_widget`, and the language chosen; None for what was sent by a form."""
    fragment = "part" if wants_fragment(request) else "page"
    lang = dict(query_of(request)).get("lang", "").lower()
    if sent_by_form(request) or lang not in ("", "page", *KNOWN):
        return None
    return (*(of_widget(request) or ()), fragment, lang)
