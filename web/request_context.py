"""What a handler takes out of its request, once: plain values, so that nothing below the handlers needs HTTP.

Here alone query and path are read, and cleaned: what others are given both databases can store and compare.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from starlette.requests import Request

from web.cleaning import storable, without_unseen
from web.client_address import client_address
from web.i18n import Language
from web.rendering import wants_fragment
from web.site import LOCAL_ZONE, Site, language_of, site_of


@dataclass(frozen=True, slots=True)
class RequestContext:
    """Who asks for what: the site, the reader's language, the moment (UTC), the path with what its route found in
    it, the query, both cleaned, and the cookies as they were sent. `partial` says that htmx will swap the answer
    into a page it has; `client` is the address that asks, as far as trusted proxies tell it, `browser` what it says
    it is."""

    site: Site
    language: Language
    now: datetime
    path: str
    parameters: Mapping[str, str]
    query: tuple[tuple[str, str], ...]
    partial: bool
    cookies: Mapping[str, str]
    client: str
    browser: str

    @property
    def today(self) -> date:
        """The local date of the moment."""
        return self.now.astimezone(LOCAL_ZONE).date()

    @property
    def base_url(self) -> str:
        """The site's own address, without a slash at its end."""
        return self.site.settings.base_url

    @property
    def sent_by_form(self) -> bool:
        """Whether a browser sent a form, empty fields and all, to an address that somebody may keep and share."""
        return _sent_by_form(self.query, partial=self.partial)

    @property
    def secure(self) -> bool:
        """Whether the site is served over TLS alone."""
        return self.base_url.startswith("https://")

    def asked(self, name: str) -> str:
        """The last value of a query parameter; empty where there is none."""
        return next((value for known, value in reversed(self.query) if known == name), "")


def query_of(request: Request) -> tuple[tuple[str, str], ...]:
    """The pairs of the query, in their order, as `storable` text."""
    return tuple((storable(name), storable(value)) for name, value in request.query_params.multi_items())


def parameters_of(request: Request) -> Mapping[str, str]:
    """What the route found in the path: slugs, keys and codes, `storable` and without signs that nobody sees."""
    return {name: without_unseen(storable(str(value))) for name, value in request.path_params.items()}


def sent_by_form(request: Request) -> bool:
    """As `RequestContext.sent_by_form`, for cache keys, which have no context."""
    return _sent_by_form(query_of(request), partial=wants_fragment(request))


def _sent_by_form(query: tuple[tuple[str, str], ...], *, partial: bool) -> bool:
    return not partial and any(not value for _, value in query)


def context_of(request: Request, language: Language | None = None) -> RequestContext:
    """What this request asks for, in the language of its path or the one given.

    Raises HTTPException 404 where the path's language is not served.
    """
    site = site_of(request)
    return RequestContext(
        site,
        language or language_of(request),
        site.now(),
        request.url.path,
        parameters_of(request),
        query_of(request),
        wants_fragment(request),
        request.cookies,
        client_address(request, site.settings.trusted_proxies),
        storable(request.headers.get("user-agent", "")),
    )
