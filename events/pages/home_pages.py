"""Handlers of the choice of a language and of the home page."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from events.filtering.filters import EventFilter
from events.pages.home_view import home_view
from events.presenting.subscription import subscription
from web.cache.response_cache import cache_of
from web.i18n import DEFAULT, best_language
from web.page import Page, render
from web.request_context import context_of
from web.responses import REVALIDATE
from web.site import site_of


async def choose_language(request: Request) -> Response:
    """`/`: the reader's language by her browser's wish; where it names none of ours, the names of all."""
    site = site_of(request)
    code = best_language(request.headers.get("accept-language", ""), site.languages)
    headers = {"Vary": "Accept-Language", "Cache-Control": REVALIDATE}
    if code:
        return RedirectResponse(f"/{code}/", 302, headers)
    page = Page(title=site.settings.site_name, path="")
    context = context_of(request, site.languages[DEFAULT])
    return render(context, "languages.html", page, headers=headers, canonical=f"{context.base_url}/")


async def to_home(request: Request) -> Response:
    """`/{lang}`: as people type it."""
    return RedirectResponse(f"/{context_of(request).language.code}/", 301)


async def home(request: Request) -> Response:
    """`/{lang}/`: this week, the languages in which something is coming, what kinds of things, who we are."""
    context, cache = context_of(request), cache_of(request)
    language = context.language
    everything = subscription(
        EventFilter(), language, context.base_url, title=language.gettext("All events and hobbies")
    )
    page = Page(
        title=language.gettext("Let’s enjoy ourselves together"),
        path="",
        description=language.gettext("Events and hobbies to which the city’s associations invite everybody."),
        alternates=(everything.alternate,),
    )
    return render(context, "home.html", page, view=await home_view(cache, context.site, language))
