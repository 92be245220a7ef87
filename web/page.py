"""The head of every page and its links to other languages, and how a page or its fragment is rendered."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import quote

from markupsafe import Markup, escape
from starlette.responses import Response

from web.i18n import DEFAULT, Language
from web.links import Alternate, with_query
from web.open_graph import open_graph
from web.rendering import VARY
from web.request_context import RequestContext
from web.responses import fresh
from web.site import Site

HTML = "text/html; charset=utf-8"
PLACE = "{page}"
QUOTED_PLACE = quote(PLACE)
"""Stands for the path of a page in what is kept of all pages, and within the query of another address."""
AROUND = {"addresses": "_addresses.html", "masthead": "_masthead.html", "footer": "_footer.html"}
"""What stands around every page's own content: where it is found in other languages, its head, its foot."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page's head and its place among the languages.

    `path` begins after the language segment («about», «» for the home page); `query` is canonical and kept in
    every language. A page with `preview` can be shown in messages although search engines leave it out, with its
    `image` (a path) and what that shows in words.
    The address of a `secret` page lets people in: nothing may pass it on.
    """

    title: str
    path: str
    query: str = ""
    description: str = ""
    alternates: tuple[Alternate, ...] = ()
    noindex: bool = False
    preview: bool = False
    image: str = ""
    image_words: str = ""
    secret: bool = False

    def href(self, language: Language) -> str:
        """This page in a language, as a path."""
        return with_query(f"/{language.code}/{self.path}", self.query)


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """This page in another language, by that language's own name. Easy Finnish has no `hreflang`."""

    language: Language
    href: str
    current: bool

    @property
    def hreflang(self) -> str:
        """The tag for search engines and assistive software; empty for a variant they do not know."""
        return "" if "-" in self.language.tag else self.language.tag


def language_links(site: Site, page: Page, language: Language) -> list[LanguageLink]:
    """This page in every language served, in menu order."""
    return [LanguageLink(other, page.href(other), other == language) for other in site.languages.values()]


def fallback_address(site: Site, page: Page) -> str:
    """This page for a reader of none of our languages: the choice of languages, or English for inner pages."""
    if not page.path:
        return f"{site.settings.base_url}/"
    return site.settings.base_url + page.href(site.languages.get("en", site.languages[DEFAULT]))


def shared_as(site: Site, page: Page, language: Language) -> list[tuple[str, str]]:
    """What programs show of the page where somebody shares it; nothing for a page that is not meant for that."""
    if page.noindex and not page.preview:
        return []
    return open_graph(
        language,
        site.languages.values(),
        title=page.title,
        description=page.description,
        address=site.settings.base_url + page.href(language),
        site_name=site.settings.site_name,
        image=site.settings.base_url + page.image if page.image else "",
        image_words=page.image_words,
    )


def _around(site: Site, page: Page, language: Language) -> Mapping[str, Markup]:
    """The layout around every page: the same in a language but for the page's own address in it."""
    anywhere = Page(title="", path=PLACE if page.path else "", secret=page.secret)

    def context() -> Mapping[str, Any]:
        return {
            "page": anywhere,
            "settings": site.settings,
            "language_links": partial(language_links, site, anywhere, language),
            "fallback_address": fallback_address(site, anywhere),
            "partial": False,
        }

    here = with_query(page.path, page.query)
    plain, quoted = str(escape(here)), quote(here)

    def filled(template: str) -> Markup:
        kept = site.renderer.constant(template, language, context, variant=(page.secret, bool(page.path)))
        return Markup(kept.replace(PLACE, plain).replace(QUOTED_PLACE, quoted))  # noqa: S704 - escaped

    return {name: filled(template) for name, template in AROUND.items()}


def render(
    context: RequestContext,
    template: str,
    page: Page,
    *,
    fragment: str | None = None,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    **values: Any,
) -> Response:
    """The page in the reader's language, or its fragment where htmx will swap it in."""
    site, language = context.site, context.language
    part = fragment is not None and context.partial
    links_elsewhere = partial(language_links, site, page, language)
    body = site.renderer.html(
        fragment if part and fragment else template,
        language,
        {
            "page": page,
            "site": site,
            "settings": site.settings,
            "language_links": links_elsewhere,
            "canonical": site.settings.base_url + page.href(language),
            "open_graph": [] if part else shared_as(site, page, language),
            "partial": part,
            **(dict.fromkeys(AROUND, "") if part else _around(site, page, language)),
            **values,
        },
    )
    shown = {"Vary": VARY, **(headers or {})}
    if part:
        # The form's own address has empty fields in it; the one to keep and share has not.
        shown["HX-Push-Url"] = page.href(language)
    if status != 200:
        return Response(body, status, headers={**shown, "Content-Type": HTML, "Cache-Control": "no-store"})
    return fresh(body, HTML, shown)
