"""Handlers of the month."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from events.filtering.conditions import page_window
from events.filtering.filter_summary import problem_text
from events.filtering.filters import EventFilter
from events.filtering.listing import Presentation
from events.filtering.parameters import Problem
from events.pages.month.grid import Month
from events.pages.month.view import SERIES, month_view
from web.cache.response_cache import Key
from web.links import with_query
from web.page import Page, render
from web.request_context import context_of, parameters_of, query_of
from web.responses import REVALIDATE

REPLACED: Final = ("start", "end", "when")
"""The parameters whose place the month in the path takes."""


async def choose_month(request: Request) -> Response:
    """`/{lang}/calendar?…`: the month in which the time asked for begins, this one unless told otherwise."""
    context = context_of(request)
    whole, _ = EventFilter.from_query(context.query)
    filter_, shown, _ = _asked(context.query)
    month = Month.of(first_asked_for(whole, context.today))
    base = f"/{context.language.code}/calendar/{month}"
    address = with_query(base, filter_.to_query(), shown.to_query(series=SERIES))
    return RedirectResponse(address, 302, {"Cache-Control": REVALIDATE})


async def show_month(request: Request) -> Response:
    """`/{lang}/calendar/{yyyy-mm}?…`: a month of a filter, day by day."""
    context = context_of(request)
    language = context.language
    month = Month.parse(context.parameters["month"])
    filter_, shown, problems = _asked(context.query)
    query = "&".join(filter(None, (filter_.to_query(), shown.to_query(series=SERIES))))
    if month is None:
        title = language.gettext("There is no such month.")
        page = Page(title=title, path="calendar", query=query, noindex=True)
        return render(context, "events/no_month.html", page, status=404)
    view = await month_view(context.site, language, filter_, month, series=shown.series)
    page = Page(
        title=f"{view.heading} · {view.sentence}",
        path=f"calendar/{month}",
        query=query,
        alternates=(view.subscription.alternate,),
        noindex=view.is_empty,
    )
    told = [problem_text(problem, language) for problem in problems]
    return render(context, "events/month.html", page, view=view, problems=told)


def key_of_month(request: Request) -> Key | None:
    """The month and the canonical filter; None where there is no such month, or a value could not be read."""
    filter_, shown, problems = _asked(query_of(request))
    if problems or Month.parse(parameters_of(request)["month"]) is None:
        return None
    return (request.url.path, filter_.to_query(), shown.series)


def first_asked_for(filter_: EventFilter, today: date) -> date:
    """The first day of the time that a filter names; where it names only an end that is past, the last one."""
    window = next(iter(filter_.windows(today, page_window(today))), page_window(today))
    if window.start:
        return window.start.date()
    return (window.end - timedelta(microseconds=1)).date() if window.end else today


def _asked(query: Iterable[tuple[str, str]]) -> tuple[EventFilter, Presentation, Iterable[Problem]]:
    """The filter without what the path replaces, and the form in which series are shown."""
    pairs = [pair for pair in query if pair[0] not in REPLACED]
    filter_, problems = EventFilter.from_query(pairs)
    form = [pair for pair in pairs if pair[0] == "series"]
    shown, more_problems = Presentation.from_query(form, series=SERIES)
    return filter_, shown, (*problems, *more_problems)
