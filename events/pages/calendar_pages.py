"""The month and the printed sheet: parse, ask, respond."""

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
from events.pages.print_view import print_view
from web.cache.response_cache import Key
from web.page import Page, render, with_query
from web.responses import REVALIDATE
from web.site import language_of, site_of

REPLACED: Final = ("start", "end", "when")
"""The parameters whose place the month in the path takes."""


async def choose_month(request: Request) -> Response:
    """`/{lang}/calendar?…`: the month in which the time asked for begins, this one unless told otherwise."""
    language, today = language_of(request), site_of(request).today()
    whole, _ = EventFilter.from_query(request.query_params.multi_items())
    filter_, shown, _ = _asked(request)
    month = Month.of(first_asked_for(whole, today))
    address = with_query(f"/{language.code}/calendar/{month}", filter_.to_query(), shown.to_query(series=SERIES))
    return RedirectResponse(address, 302, {"Cache-Control": REVALIDATE})


async def show_month(request: Request) -> Response:
    """`/{lang}/calendar/{yyyy-mm}?…`: a month of a filter, day by day."""
    language, site = language_of(request), site_of(request)
    month = Month.parse(request.path_params["month"])
    filter_, shown, problems = _asked(request)
    query = "&".join(filter(None, (filter_.to_query(), shown.to_query(series=SERIES))))
    if month is None:
        title = language.gettext("There is no such month.")
        page = Page(title=title, path="calendar", query=query, noindex=True)
        return render(request, "events/no_month.html", page, language, status=404)
    view = await month_view(site, language, filter_, month, series=shown.series)
    page = Page(
        title=f"{view.heading} · {view.sentence}",
        path=f"calendar/{month}",
        query=query,
        alternates=(view.subscription.alternate,),
        noindex=view.is_empty,
    )
    told = [problem_text(problem, language) for problem in problems]
    return render(request, "events/month.html", page, language, view=view, problems=told)


def first_asked_for(filter_: EventFilter, today: date) -> date:
    """The first day of the time that a filter names; where it names only an end that is past, the last one."""
    window = next(iter(filter_.windows(today, page_window(today))), page_window(today))
    if window.start:
        return window.start.date()
    return (window.end - timedelta(microseconds=1)).date() if window.end else today


def key_of_month(request: Request) -> Key | None:
    """The month and the canonical filter; None where there is no such month, or a value could not be read."""
    filter_, shown, problems = _asked(request)
    if problems or Month.parse(request.path_params["month"]) is None:
        return None
    return (request.url.path, filter_.to_query(), shown.series)


def _asked(request: Request) -> tuple[EventFilter, Presentation, Iterable[Problem]]:
    """The filter without what the path replaces, and the form in which series are shown."""
    pairs = [pair for pair in request.query_params.multi_items() if pair[0] not in REPLACED]
    filter_, problems = EventFilter.from_query(pairs)
    form = [pair for pair in pairs if pair[0] == "series"]
    shown, more_problems = Presentation.from_query(form, series=SERIES)
    return filter_, shown, (*problems, *more_problems)


async def show_sheet(request: Request) -> Response:
    """`/{lang}/print?…`: the coming days of a filter on paper."""
    language, site = language_of(request), site_of(request)
    filter_, problems = EventFilter.from_query(request.query_params.multi_items())
    view = await print_view(site, language, filter_)
    title = f"{view.sentence} · {view.days_shown}" if view.days_shown else view.sentence
    page = Page(title=title, path="print", query=filter_.to_query(), noindex=True)
    told = [problem_text(problem, language) for problem in problems]
    return render(request, "events/print.html", page, language, view=view, problems=told)
