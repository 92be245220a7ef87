"""Handlers of the calendar feeds: the same events as the page of the same filter."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from events.feeds import ical
from events.feeds.building import FeedWish, Frame, MadeFeed, patched_feed, whole_feed
from events.feeds.renderings import event_file_body
from events.filtering import event_queries
from events.filtering.filter_summary import feed_name, problem_text
from events.filtering.filters import EventFilter
from events.filtering.listing import cancelled_in_title_only
from events.filtering.search_labels import activity_labels
from organisations.queries import is_suspended, profile
from web.cache.cached_response import CachedResponse
from web.cache.response_cache import stale_answer
from web.dates import WITHOUT_TODAY
from web.request_context import RequestContext, context_of, parameters_of
from web.responses import fresh, plain_text

MEDIA_TYPE = "text/calendar; charset=utf-8"
HEADERS = {"Access-Control-Allow-Origin": "*", "X-Robots-Tag": "noindex"}


async def list_feed(request: Request) -> Response:
    """`/{lang}/events.ics?…`: the events of a filter. A malformed value is answered with 400 and its name."""
    context, before = context_of(request), stale_answer(request)
    filter_, problems = EventFilter.from_query(context.query)
    if problems:
        lines = [f"{problem.parameter}: {problem_text(problem, context.language)}" for problem in problems]
        return plain_text("\n".join(lines), 400, {"Cache-Control": "no-store"})
    return await _feed(context, filter_, before, file_name="events")


async def organisation_feed(request: Request) -> Response:
    """`/{lang}/organisations/{slug}.ics`: the events of one organisation; of a suspended one what is said to be off."""
    context, before = context_of(request), stale_answer(request)
    slug = context.parameters["slug"]
    if await profile(slug) is None and not await is_suspended(slug):
        raise HTTPException(404)
    return await _feed(context, EventFilter(organisation=(slug,)), before, file_name=slug)


async def event_feed(request: Request) -> Response:
    """`/{lang}/events/{public_id}.ics`: one event with all its dates and its full text."""
    context = context_of(request)
    standing = await event_queries.standing(context.parameters["event"])
    if standing is None or standing.gone:
        raise HTTPException(404 if standing is None else 410)
    body = await event_file_body(standing, context.language, base_url=context.base_url)
    if not body:
        # An empty calendar would make programs delete what they have of it; after a fault they keep it.
        raise HTTPException(500)
    return fresh(
        ical.single(body),
        MEDIA_TYPE,
        headers={**HEADERS, "Content-Disposition": f'attachment; filename="{standing.public_id}.ics"'},
    )


async def is_untouched(request: Request, stale: CachedResponse) -> bool:
    """Whether nothing of the event has changed after its own file was made."""
    return await event_queries.untouched(parameters_of(request)["event"], stale.revision)


async def _feed(
    context: RequestContext, filter_: EventFilter, before: CachedResponse | None, *, file_name: str
) -> Response:
    language, site = context.language, context.site
    names = await event_queries.names_of(filter_)
    name = feed_name(filter_, language, names, today=WITHOUT_TODAY, site_name=site.settings.site_name)
    hidden = cancelled_in_title_only(dict(context.query))
    wish = FeedWish(
        filter_,
        activity_labels(site.languages),
        language,
        context.today,
        context.base_url,
        finish=ical.without_cancelled_status if hidden else bytes,
    )
    made = await _made(before, wish, ical.frame(name))
    response = fresh(
        made.body.whole,
        MEDIA_TYPE,
        headers={**HEADERS, "Content-Disposition": f'inline; filename="{file_name}.ics"'},
    )
    response.memo = made
    return response


async def _made(before: CachedResponse | None, wish: FeedWish, frame: Frame) -> MadeFeed:
    """The feed, out of the one of before where it was made today."""
    if before is not None:
        patched = await patched_feed(before.memo, wish, frame, since=before.revision)
        if patched is not None:
            return patched
    return await whole_feed(wish, frame)
