"""Handler of the ways to subscribe to a filter."""

from starlette.requests import Request
from starlette.responses import Response

from events.filtering import event_queries, listing_queries
from events.filtering.filter_summary import problem_text
from events.filtering.filters import EventFilter
from events.filtering.search_labels import activity_labels
from events.pages.listing import card_fragments
from events.pages.smaller_feeds import smaller_feeds
from events.pages.subscribe_view import PREVIEW, subscribe_view
from web.cache.response_cache import cache_of
from web.page import Page, render
from web.request_context import context_of


async def show_ways_to_subscribe(request: Request) -> Response:
    """`/{lang}/subscribe?…`: how a filter's events come into one's own calendar, program by program."""
    context, cache = context_of(request), cache_of(request)
    site, language, today = context.site, context.language, context.today
    filter_, problems = EventFilter.from_query(context.query)
    labels, site_name = activity_labels(site.languages), site.settings.site_name
    found = await listing_queries.find_dates(filter_, labels, today=today, presentation=PREVIEW)
    names = await event_queries.names_of(filter_)
    view = subscribe_view(filter_, language, names, today=today, base_url=context.base_url, site_name=site_name)
    page = Page(
        title=f"{language.gettext('Subscribe to calendar')}: {view.sentence}",
        path="subscribe",
        query=filter_.to_query(),
        alternates=(view.subscription.alternate,),
    )
    return render(
        context,
        "events/subscribe.html",
        page,
        view=view,
        days=await card_fragments.days(cache, site, language, found),
        narrower=await smaller_feeds(cache, site, language, filter_),
        problems=[problem_text(problem, language) for problem in problems],
    )
