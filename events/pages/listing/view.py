"""A listing with everything its page shows around it: sentence, chips, count, paging, what to do when it is empty."""

from dataclasses import dataclass, field, replace

from events.filtering import counting, event_queries, listing_queries
from events.filtering.filter_summary import Names, chips, summary
from events.filtering.filters import EventFilter
from events.filtering.listing import Presentation
from events.filtering.listing_queries import Found
from events.filtering.search_labels import activity_labels
from events.pages.listing import card_fragments
from events.pages.listing.card_fragments import Day
from events.pages.listing.empty_state import EmptyStateLink, empty_state
from events.presenting.subscription import Subscription, subscription
from web.cache.response_cache import Approximate, ResponseCache
from web.i18n import Language
from web.links import with_query
from web.site import Site

SUGGESTED = 3


@dataclass(frozen=True, slots=True)
class RemovableChip:
    """One value of the filter with the address of the list without it."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class ListingView:
    """What the results of a filter look like. `suggestion` is set where nothing was found but something is coming.

    `total` is set where their number is told approximately.
    """

    sentence: str
    count: str
    days: list[Day]
    chips: list[RemovableChip]
    subscription: Subscription
    clear_href: str
    previous_href: str
    next_href: str
    suggestion: list[Day]
    suggestion_href: str
    found: Found
    total: Approximate | None
    empty_state: list[EmptyStateLink] = field(default_factory=list)


async def listing_view(
    cache: ResponseCache,
    site: Site,
    language: Language,
    filter_: EventFilter,
    shown: Presentation,
    *,
    path: str = "events",
    found: Found | None = None,
) -> ListingView:
    """Ask for a page of a filter, unless it has been `found` already, and put it in the reader's words.

    A constant number of questions.
    """
    # One value made of many fields, each in its line: no part of it would read better alone.
    labels, today = activity_labels(site.languages), site.today()
    if found is None:
        found = await listing_queries.find_dates(filter_, labels, today=today, presentation=shown)
    if not found.dates and shown.page > 1:
        # Fewer pages than when the address was saved: the first one is more use than an empty one.
        shown = replace(shown, page=1)
        found = await listing_queries.find_dates(filter_, labels, today=today, presentation=shown)
    total = await _total(cache, site, found)
    number = total.content if total else len(found.dates)
    names = await event_queries.names_of(filter_)
    relaxed, suggestion = await _suggestion(site, found) if not found.dates else (filter_, None)
    sentence = summary(filter_, language, names, today=today)
    base = f"/{language.code}/{path}"
    query = filter_.to_query() if path == "events" else ""
    return ListingView(
        sentence=sentence,
        count=language.ngettext("{n} event", "{n} events", number).format(n=number),
        days=await card_fragments.days(cache, site, language, found),
        chips=_chips(filter_, language, names, found, base),
        subscription=subscription(filter_, language, site.settings.base_url, title=sentence),
        clear_href=base,
        previous_href=with_query(base, query, shown.to_query(page=shown.page - 1)) if shown.page > 1 else "",
        next_href=with_query(base, query, shown.to_query(page=shown.page + 1)) if found.has_next else "",
        suggestion=await card_fragments.days(cache, site, language, suggestion) if suggestion else [],
        suggestion_href=with_query(base, relaxed.to_query(), ""),
        found=found,
        total=total,
        empty_state=[] if found.dates else empty_state(filter_, chips(filter_, language, names, today=today)),
    )


async def _total(cache: ResponseCache, site: Site, found: Found) -> Approximate | None:
    """How many entries all pages have together; None where this page holds them all."""
    if found.presentation.page == 1 and not found.has_next:
        return None

    async def count() -> int:
        labels = activity_labels(site.languages)
        return await counting.count(found.filter, labels, today=found.today, presentation=found.presentation)

    key = ("total", found.filter.to_query(), found.presentation.series)
    return await cache.approximately(site, key, count)


async def _suggestion(site: Site, found: Found) -> tuple[EventFilter, Found | None]:
    """What is next where nothing was found: the same wishes at any time, else anything at all."""
    labels = activity_labels(site.languages)
    for wishes in dict.fromkeys((found.filter.without_dates(), EventFilter())):
        shown = Presentation(limit=SUGGESTED)
        next_ones = await listing_queries.find_dates(wishes, labels, today=found.today, presentation=shown)
        if next_ones.dates:
            return wishes, next_ones
    return EventFilter(), None


def _chips(filter_: EventFilter, language: Language, names: Names, found: Found, base: str) -> list[RemovableChip]:
    shown = found.presentation.to_query(page=1)
    return [
        RemovableChip(chip.text, with_query(base, filter_.without(chip.parameter, chip.value).to_query(), shown))
        for chip in chips(filter_, language, names, today=found.today)
    ]
