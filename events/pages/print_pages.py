"""Handler of the printed sheet."""

from starlette.requests import Request
from starlette.responses import Response

from events.filtering.filter_summary import problem_text
from events.filtering.filters import EventFilter
from events.pages.print_view import print_view
from web.page import Page, render
from web.request_context import context_of


async def show_sheet(request: Request) -> Response:
    """`/{lang}/print?…`: the coming days of a filter on paper."""
    context = context_of(request)
    filter_, problems = EventFilter.from_query(context.query)
    view = await print_view(context.site, context.language, filter_)
    title = f"{view.sentence} · {view.days_shown}" if view.days_shown else view.sentence
    page = Page(title=title, path="print", query=filter_.to_query(), noindex=True)
    told = [problem_text(problem, context.language) for problem in problems]
    return render(context, "events/print.html", page, view=view, problems=told)
