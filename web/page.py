"""What every page says of itself, and how it is sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from web.i18n import DEFAULT, Language
from web.rendering import VARY, wants_fragment
from web.responses import fresh
from web.site import Site, site_of

HTML = "text/html; charset=utf-8"


def with_query(address: str, *queries: str) -> str:
    """An address with the queries that are not empty behind it."""
    query = "&".join(part for part in queries if part)
    return f"{address}?{query}" if query else address


@dataclass(frozen=True, slots=True)
class Alternate:
    """The same content in another form: a feed to discover."""

    href: str
    media_type: str
    title: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page's head and its place among the languages.

    `path` begins after the language segment («about», «» for the home page); `query` is canonical and kept in
    every language.
    """

    title: str
    path: str
    query: str = ""
    description: str = ""
    alternates: tuple[Alternate, ...] = ()
    noindex: bool = False

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


def render(
    request: Request,
    template: str,
    page: Page,
    language: Language,
    *,
    fragment: str | None = None,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    **context: Any,
) -> Response:
    """The page, or its fragment where htmx will swap it in."""
    site = site_of(request)
    partial = fragment is not None and wants_fragment(request)
    body = site.renderer.html(
        fragment if partial and fragment else template,
        language,
        {
            "page": page,
            "site": site,
            "settings": site.settings,
            "language_links": language_links(site, page, language),
            "fallback_address": fallback_address(site, page),
            "canonical": site.settings.base_url + page.href(language),
            "partial": partial,
            **context,
        },
    )
    shown = {"Vary": VARY, **(headers or {})}
    if partial:
        # The form's own address has empty fields in it; the one to keep and share has not.
        shown["HX-Push-Url"] = page.href(language)
    if status != 200:
        return Response(body, status, headers={**shown, "Content-Type": HTML, "Cache-Control": "no-store"})
    return fresh(body, HTML, shown)
