"""Handlers of the widget and of its builder."""

from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from typing import Final

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from events.filtering import counting, event_queries
from events.filtering.filters import EventFilter
from events.filtering.form import filter_form
from events.filtering.listing import Listing, Presentation
from events.filtering.listing_queries import find
from events.filtering.search_labels import activity_labels
from events.widget.appearance import Asked
from events.widget.builder import Around, builder_view
from events.widget.options import WidgetOptions
from events.widget.script_pages import READABLE_ANYWHERE, scripts_of
from events.widget.view import SUGGESTED, widget_view
from web.i18n import DEFAULT
from web.links import with_query
from web.page import HTML, Page, render
from web.rendering import VARY
from web.request_context import context_of, parameters_of, query_of
from web.responses import REVALIDATE, fresh
from web.security import content_security_policy
from web.site import Site, site_of

STYLE: Final = "widget/widget.css"


async def show_widget(request: Request) -> Response:
    """`/{lang}/widget?…`: a filter's list to be shown on other pages, framed or fetched by our script."""
    site = site_of(request)
    language = site.languages.get(parameters_of(request)["lang"])
    if language is None:
        return _in_a_language_of_ours(request, site)
    pairs = query_of(request)
    filter_, problems = EventFilter.from_query(pairs)
    options, more_problems = WidgetOptions.from_query(pairs)
    listing, coming = await _found(site, filter_, options.presentation)
    names = await event_queries.names_of(filter_)
    view = widget_view(listing, coming, options, language, names, (*problems, *more_problems))
    style = _style(site, options.colours)
    body = site.renderer.html(
        "widget/page.html",
        language,
        {
            "view": view,
            "options": options,
            "settings": site.settings,
            # Our own file, and digits that were checked.
            "style": Markup(f"<style>{style}</style>"),  # noqa: S704
        },
    )
    return fresh(body, HTML, _headers(site, style, scripted=options.frame == "1"))


async def build_widget(request: Request) -> Response:
    """`/{lang}/widget/builder?…`: choose, look, copy. Its own address says everything that was chosen."""
    context = context_of(request)
    language, site, today = context.language, context.site, context.today
    asked = Asked.from_query(context.query, site.languages, language)
    if context.sent_by_form and not asked.problems:
        address = with_query(f"/{language.code}/widget/builder", asked.to_query())
        return RedirectResponse(address, 303, {"Vary": VARY, "Cache-Control": REVALIDATE})
    names = await event_queries.names_of(asked.filter)
    around = Around(site.languages, site.settings.site_name, context.base_url, scripts_of(site))
    page = Page(
        title=language.gettext("Events on your own pages"),
        path="widget/builder",
        query=asked.to_query(),
        description=language.gettext("Choose events, see how they look and copy three lines to your own page."),
    )
    return render(
        context,
        "widget/builder.html",
        page,
        fragment="widget/_result.html",
        headers={"Content-Security-Policy": content_security_policy({"frame-src": "'self'"})},
        view=builder_view(asked, language, around, names, today=today),
        form=filter_form(asked.filter, language, spoken=await counting.spoken_languages(today=today)),
    )


async def _found(site: Site, filter_: EventFilter, shown: Presentation) -> tuple[Listing, Listing | None]:
    """What the filter finds; where that is nothing, what comes next of the same wishes."""
    labels, today = activity_labels(site.languages), site.today()
    listing = await find(filter_, labels, today=today, presentation=shown)
    relaxed = filter_.without_dates()
    if listing.entries or relaxed == filter_:
        return listing, None
    coming = await find(relaxed, labels, today=today, presentation=Presentation(limit=SUGGESTED))
    return listing, coming if coming.entries else None


def _in_a_language_of_ours(request: Request, site: Site) -> Response:
    """The page around may be in any language: `sv-FI` and `fi-simple` find theirs, others Finnish."""
    asked = parameters_of(request)["lang"].lower()
    tags = {language.tag.lower(): code for code, language in site.languages.items()}
    code = tags.get(asked) or tags.get(asked.partition("-")[0], DEFAULT)
    address = with_query(f"/{code}/widget", request.url.query)
    return RedirectResponse(address, 302, {**READABLE_ANYWHERE, "Cache-Control": REVALIDATE})


def _style(site: Site, colours: Mapping[str, str]) -> str:
    """The style sheet of the page, chosen colours in front as the properties that a page around may set too."""
    chosen = "".join(f"--yhdessa-{name}:#{digits};" for name, digits in colours.items())
    return (f":root,:host{{{chosen}}}\n" if chosen else "") + site.assets.body(STYLE).decode()


def _headers(site: Site, style: str, *, scripted: bool) -> Mapping[str, str]:
    """The only page that may be framed, and read by scripts of other pages. It can do nothing but link."""
    allowed = site.settings.frame_ancestors
    digest = b64encode(sha256(style.encode()).digest()).decode()
    directives = {
        "script-src": "'self'" if scripted else "",
        "style-src": f"'sha256-{digest}'",
        "img-src": "",
        "connect-src": "",
        "form-action": "'none'",
        # The builder's own preview is always allowed.
        "frame-ancestors": {"*": "*", "'none'": "'self'"}.get(allowed, f"'self' {allowed}"),
    }
    return {
        **READABLE_ANYWHERE,
        "Content-Security-Policy": content_security_policy(directives),
        "X-Robots-Tag": "noindex",
    }
