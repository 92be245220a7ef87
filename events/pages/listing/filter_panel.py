"""The filter panel beside a list, with how many entries each choice would leave: a cached fragment of the page."""

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from events.filtering import counting
from events.filtering.choice_counts import Counts, choice_counts
from events.filtering.filters import EventFilter
from events.filtering.form import filter_form
from events.filtering.listing import Presentation
from events.filtering.search_labels import activity_labels
from web.cache.response_cache import Approximate, ResponseCache
from web.i18n import Language
from web.site import Site


@dataclass(frozen=True, slots=True)
class FilterPanel:
    """The panel as HTML, and what stands elsewhere on the page: its counts, and the links of an empty result."""

    html: Markup
    counts_as_json: str
    no_language_href: str
    coming_href: str


async def filter_panel(
    cache: ResponseCache, site: Site, language: Language, filter_: EventFilter, shown: Presentation
) -> tuple[FilterPanel, Approximate]:
    """The panel for a filter, and the counts that it shows."""
    query, today = filter_.to_query(), site.today()

    async def count() -> tuple[Mapping[str, int], Counts]:
        labels = activity_labels(site.languages)
        spoken = await counting.spoken_languages(today=today)
        collapsed = shown.series == "collapse"
        return spoken, await choice_counts(filter_, labels, today=today) if collapsed else {}

    counted = await cache.approximately(site, ("panel", query, shown.series), count)

    def fill() -> FilterPanel:
        spoken, counts = counted.content
        form = filter_form(filter_, language, spoken=spoken, shown=shown.pairs(page=1), counts=counts)
        html = site.renderer.html("events/_filters.html", language, {"form": form}).decode()
        return FilterPanel(
            Markup(html),  # noqa: S704 - filled by an escaping template
            form.counts_as_json if form.counts else "",
            form.no_language_href,
            form.coming_href,
        )

    key = ("panel", language.code, query, shown.to_query(page=1), today, counted.revision)
    return cache.fragment(key, fill, size=lambda made: 2 * len(made.html)), counted
