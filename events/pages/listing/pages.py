"""Handlers of the list of what a filter finds."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from events.filtering.filter_summary import problem_text
from events.filtering.filters import EventFilter
from events.filtering.listing import Presentation
from events.filtering.listing_queries import Found
from events.pages.listing import revalidation
from events.pages.listing.filter_panel import filter_panel
from events.pages.listing.revalidation import ListSnapshot
from events.pages.listing.view import listing_view
from web.cache.cached_response import CachedResponse
from web.cache.response_cache import cache_of
from web.links import with_query
from web.page import Page, render
from web.rendering import VARY
from web.request_context import context_of
from web.responses import REVALIDATE, Fresh, until


async def list_events(request: Request) -> Response:
    """`/{lang}/events?…`: what a filter finds, grouped by day."""
    context, cache, known = context_of(request), cache_of(request), _found_by_now(request)
    site, language = context.site, context.language
    filter_, problems = EventFilter.from_query(context.query)
    shown, more_problems = Presentation.from_query(context.query)
    if context.sent_by_form and not problems:
        # A form sends its empty fields too; the address that is shared has none.
        address = with_query(f"/{language.code}/events", filter_.to_query(), shown.to_query())
        return RedirectResponse(address, 303, {"Vary": VARY, "Cache-Control": REVALIDATE})
    view = await listing_view(cache, site, language, filter_, shown, found=known)
    beside, counted = await filter_panel(cache, site, language, filter_, shown)
    page = Page(
        title=view.sentence,
        path="events",
        query="&".join(filter(None, (filter_.to_query(), shown.to_query()))),
        description=f"{view.sentence}: {view.count}",
        alternates=(view.subscription.alternate,),
    )
    told = [problem_text(problem, language) for problem in (*problems, *more_problems)]
    response = render(
        context, "events/list.html", page, fragment="events/_results.html", view=view, form=beside, problems=told
    )
    counts = [counted, *([view.total] if view.total else [])]
    if isinstance(response, Fresh) and view.found.dates:
        response.memo = ListSnapshot(view.found.marks, min(count.counted for count in counts))
    return until(response, *(count.good_until for count in counts))


async def is_untouched(request: Request, stale: CachedResponse) -> bool:
    """Whether a cached list would come out the same but for its numbers, which may be a minute late."""
    context, snapshot = context_of(request), stale.memo
    if not isinstance(snapshot, ListSnapshot) or context.now >= snapshot.recount_at:
        return False
    filter_, shown = EventFilter.from_query(context.query)[0], Presentation.from_query(context.query)[0]
    found = await revalidation.changed_since(snapshot, filter_, shown, context.site.languages, today=context.today)
    if found is not None:
        request.state.found = found
        return False
    stale.good_until = snapshot.recount_at
    return True


def _found_by_now(request: Request) -> Found | None:
    """What `is_untouched` has found for this request, if it has looked and found something else."""
    found: Found | None = getattr(request.state, "found", None)
    return found
