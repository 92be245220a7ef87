"""Public pages: parse, ask, respond."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from events.filtering import event_queries, listing_queries
from events.filtering.filter_summary import problem_text
from events.filtering.filters import EventFilter
from events.filtering.listing import Presentation
from events.filtering.search_labels import activity_labels
from events.pages.home_view import home_view
from events.pages.listing import card_fragments
from events.pages.listing.filter_panel import panel
from events.pages.listing.revalidation import found_by_now, with_counts
from events.pages.listing.view import listing_view
from events.pages.smaller_feeds import smaller_feeds
from events.pages.subscribe_view import PREVIEW, subscribe_view
from events.presenting.cards import spoken_choices, typed_in, web_address
from events.presenting.subscription import subscription
from organisations.pages import found_profile
from web.cache.response_cache import cache_of
from web.i18n import DEFAULT, best_language
from web.page import Page, render, with_query
from web.rendering import VARY, sent_by_form
from web.responses import REVALIDATE, until
from web.site import language_of, site_of


async def choose_language(request: Request) -> Response:
    """`/`: the reader's language by her browser's wish; where it names none of ours, the names of all."""
    site = site_of(request)
    code = best_language(request.headers.get("accept-language", ""), site.languages)
    headers = {"Vary": "Accept-Language", "Cache-Control": REVALIDATE}
    if code:
        return RedirectResponse(f"/{code}/", 302, headers)
    page = Page(title=site.settings.site_name, path="")
    canonical = f"{site.settings.base_url}/"
    return render(request, "languages.html", page, site.languages[DEFAULT], headers=headers, canonical=canonical)


async def to_home(request: Request) -> Response:
    """`/{lang}`: as people type it."""
    return RedirectResponse(f"/{language_of(request).code}/", 301)


async def home(request: Request) -> Response:
    """`/{lang}/`: this week, the languages in which something is coming, what kinds of things, who we are."""
    language, site = language_of(request), site_of(request)
    everything = subscription(
        EventFilter(), language, site.settings.base_url, title=language.gettext("All events and hobbies")
    )
    page = Page(
        title=language.gettext("Let’s enjoy ourselves together"),
        path="",
        description=language.gettext("Events and hobbies to which the city’s associations invite everybody."),
        alternates=(everything.alternate,),
    )
    return render(request, "home.html", page, language, view=await home_view(cache_of(request), site, language))


async def list_events(request: Request) -> Response:
    """`/{lang}/events?…`: what a filter finds, grouped by day."""
    language, site = language_of(request), site_of(request)
    filter_, problems = EventFilter.from_query(request.query_params.multi_items())
    shown, more_problems = Presentation.from_query(request.query_params.multi_items())
    if sent_by_form(request) and not problems:
        # A form sends its empty fields too; the address that is shared has none.
        address = with_query(f"/{language.code}/events", filter_.to_query(), shown.to_query())
        return RedirectResponse(address, 303, {"Vary": VARY, "Cache-Control": REVALIDATE})
    cache, known = cache_of(request), found_by_now(request)
    view = await listing_view(cache, site, language, filter_, shown, found=known)
    beside, counted = await panel(cache, site, language, filter_, shown)
    page = Page(
        title=view.sentence,
        path="events",
        query="&".join(filter(None, (filter_.to_query(), shown.to_query()))),
        description=f"{view.sentence}: {view.count}",
        alternates=(view.subscription.alternate,),
    )
    response = render(
        request,
        "events/list.html",
        page,
        language,
        fragment="events/_results.html",
        view=view,
        form=beside,
        problems=[problem_text(problem, language) for problem in (*problems, *more_problems)],
    )
    return with_counts(response, view.found, [counted, *([view.total] if view.total else [])])


async def show_ways_to_subscribe(request: Request) -> Response:
    """`/{lang}/subscribe?…`: how a filter's events come into one's own calendar, program by program."""
    language, site = language_of(request), site_of(request)
    filter_, problems = EventFilter.from_query(request.query_params.multi_items())
    labels, today, settings = activity_labels(site.languages), site.today(), site.settings
    found = await listing_queries.find_dates(filter_, labels, today=today, presentation=PREVIEW)
    days = await card_fragments.days(cache_of(request), site, language, found)
    narrower = await smaller_feeds(cache_of(request), site, language, filter_)
    names = await event_queries.names_of(filter_)
    view = subscribe_view(
        filter_, language, names, today=today, base_url=settings.base_url, site_name=settings.site_name
    )
    title = language.gettext("Subscribe to calendar")
    page = Page(
        title=f"{title}: {view.sentence}",
        path="subscribe",
        query=filter_.to_query(),
        alternates=(view.subscription.alternate,),
    )
    told = [problem_text(problem, language) for problem in problems]
    return render(
        request, "events/subscribe.html", page, language, view=view, days=days, narrower=narrower, problems=told
    )


async def show_organisation(request: Request) -> Response:
    """`/{lang}/organisations/{slug}`: one organisation and what it invites to."""
    language, site = language_of(request), site_of(request)
    organisation = await found_profile(request)
    shown, _ = Presentation.from_query(request.query_params.multi_items())
    filter_ = EventFilter(organisation=(organisation.slug,))
    path = f"organisations/{organisation.slug}"
    view = await listing_view(cache_of(request), site, language, filter_, shown, path=path)
    subscribed = subscription(
        filter_, language, site.settings.base_url, title=organisation.name, slug=organisation.slug
    )
    page = Page(title=organisation.name, path=path, query=shown.to_query(), alternates=(subscribed.alternate,))
    response = render(
        request,
        "organisations/organisation.html",
        page,
        language,
        organisation=organisation,
        description=typed_in(organisation.texts, language),
        languages=spoken_choices(organisation.languages, language),
        website=web_address(organisation.website),
        view=view,
        subscription=subscribed,
    )
    return until(response, view.total.good_until if view.total else None)
