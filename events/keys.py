"""Cache keys: what the bytes of a response depend on besides revision, day and handler."""

from starlette.requests import Request

from events.domain.public_id import public_id_of
from events.filtering.filters import EventFilter
from events.filtering.listing import Presentation, cancelled_in_title_only
from events.presenting.shown_date import asked_date, asks_for_all_dates
from web.cache.response_cache import Key
from web.rendering import wants_fragment
from web.request_context import parameters_of, query_of, sent_by_form


def of_path(request: Request) -> Key | None:
    """The path alone: home, directory, site map."""
    return (request.url.path,)


def of_list(request: Request) -> Key | None:
    """The canonical filter and presentation; None for what only this reader asked in just this way.

    That is a value that could not be read, and the empty fields of a form, which are answered by a redirect.
    """
    pairs = query_of(request)
    filter_, problems = EventFilter.from_query(pairs)
    shown, more_problems = Presentation.from_query(pairs)
    if problems or more_problems or sent_by_form(request):
        return None
    fragment = "part" if wants_fragment(request) else "page"
    return (request.url.path, fragment, filter_.to_query(), shown.to_query())


def of_filter(request: Request) -> Key | None:
    """The canonical filter alone; None where a value of it could not be read."""
    filter_, problems = EventFilter.from_query(query_of(request))
    return None if problems else (request.url.path, filter_.to_query())


def of_feed(request: Request) -> Key | None:
    """The canonical filter, and whether cancellations are told in the title alone."""
    found = of_filter(request)
    return (*found, "title" if cancelled_in_title_only(dict(query_of(request))) else "") if found else None


def of_event(request: Request) -> Key | None:
    """The event whatever its address is decorated with, and the date asked for."""
    public_id = public_id_of(parameters_of(request)["event"])
    return (parameters_of(request)["lang"], public_id, asked_date(dict(query_of(request)))) if public_id else None


def of_event_page(request: Request) -> Key | None:
    """As `of_event`, and whether all dates are asked for."""
    found = of_event(request)
    return (*found, "all" if asks_for_all_dates(dict(query_of(request))) else "") if found else None


def of_organisation(request: Request) -> Key | None:
    """The organisation and the page of its events."""
    shown, problems = Presentation.from_query(query_of(request))
    return None if problems else (request.url.path, shown.to_query())
