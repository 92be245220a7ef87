"""A listing with everything its page shows around it: sentence, chips, count, paging, what to do when it is empty."""

from dataclasses import dataclass, replace

from events import queries
from events.cards import Day, days
from events.filters import EventFilter
from events.listing import Listing, Presentation
from events.search_labels import activity_labels
from events.subscription import Subscription, subscription
from events.wording import Names, chips, summary
from web.i18n import Language
from web.page import with_query
from web.site import Site

SUGGESTED = 3
DATE_PARAMETERS = ("start", "end", "when", "weekday", "starts_after", "starts_before")


@dataclass(frozen=True, slots=True)
class RemovableChip:
    """One value of the filter with the address of the list without it."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class ListingView:
    """What the results of a filter look like. `suggestion` is set where nothing was found but something is coming."""

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


async def listing_view(
    site: Site, language: Language, filter_: EventFilter, shown: Presentation, *, path: str = "events"
) -> ListingView:
    """Ask for a page of a filter and put it in the reader's words; a constant number of questions."""
    labels, today = activity_labels(site.languages), site.today()
    listing = await queries.find(filter_, labels, today=today, presentation=shown)
    if not listing.entries and shown.page > 1:
        # Fewer pages than when the address was kept: the first one is more use than an empty one.
        shown = replace(shown, page=1)
        listing = await queries.find(filter_, labels, today=today, presentation=shown)
    total = await queries.count(filter_, labels, today=today, presentation=shown)
    names = await queries.names_of(filter_)
    relaxed, suggestion = await _suggestion(site, listing) if not listing.entries else (filter_, None)
    sentence = summary(filter_, language, names, today=today)
    base = f"/{language.code}/{path}"
    query = filter_.to_query() if path == "events" else ""
    return ListingView(
        sentence=sentence,
        count=language.ngettext("{n} event", "{n} events", total).format(n=total),
        days=days(listing, language),
        chips=_chips(filter_, language, names, listing, base),
        subscription=subscription(filter_, language, site.settings.base_url, title=sentence),
        clear_href=base,
        previous_href=with_query(base, query, shown.to_query(page=shown.page - 1)) if shown.page > 1 else "",
        next_href=with_query(base, query, shown.to_query(page=shown.page + 1)) if listing.has_next else "",
        suggestion=days(suggestion, language) if suggestion else [],
        suggestion_href=with_query(base, relaxed.to_query(), ""),
    )


async def _suggestion(site: Site, listing: Listing) -> tuple[EventFilter, Listing | None]:
    """What is next where nothing was found: the same wishes at any time, else anything at all."""
    labels = activity_labels(site.languages)
    relaxed = listing.filter
    for parameter in DATE_PARAMETERS:
        relaxed = relaxed.without(parameter)
    for wishes in dict.fromkeys((relaxed, EventFilter())):
        found = await queries.find(wishes, labels, today=listing.today, presentation=Presentation(limit=SUGGESTED))
        if found.entries:
            return wishes, replace(found, has_next=False)
    return EventFilter(), None


def _chips(filter_: EventFilter, language: Language, names: Names, listing: Listing, base: str) -> list[RemovableChip]:
    shown = listing.presentation.to_query(page=1)
    return [
        RemovableChip(chip.text, with_query(base, filter_.without(chip.parameter, chip.value).to_query(), shown))
        for chip in chips(filter_, language, names, today=listing.today)
    ]
