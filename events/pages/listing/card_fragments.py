"""Cards as cached fragments: of a page's thirty only those that have changed are loaded and rendered anew."""

from dataclasses import dataclass
from datetime import date
from functools import partial

from markupsafe import Markup

from events.filtering.listing import ListedDate
from events.filtering.listing_queries import Found, FoundDate, loaded
from events.presenting.cards import card, day_heading
from web.cache.response_cache import Key, ResponseCache
from web.i18n import Language
from web.site import Site


@dataclass(frozen=True, slots=True)
class Day:
    """The cards that stand under one day, as HTML."""

    date: date
    heading: str
    cards: list[Markup]


async def days(cache: ResponseCache, site: Site, language: Language, found: Found) -> list[Day]:
    """What was found, by day; no statement where every card is known."""
    keys = [_key(language, one, found.today) for one in found.dates]
    known = {key: cache.known_fragment(key) for key in keys}
    cards: dict[Key, Markup] = {key: html for key, html in known.items() if html is not None}
    missing = [(key, one) for key, one in zip(keys, found.dates, strict=True) if key not in cards]
    if missing:
        entries = await loaded([one for _, one in missing])
        by_date = {(entry.event.id, entry.shown.original_date): entry for entry in entries}
        for key, one in missing:
            entry = by_date[one.event_id, one.one.original_date]
            cards[key] = cache.fragment(key, partial(filled_card, site, language, entry, found.today), size=_size)
    grouped: dict[date, list[Markup]] = {}
    for key, one in zip(keys, found.dates, strict=True):
        grouped.setdefault(one.day, []).append(cards[key])
    return [Day(day, day_heading(day, language, found.today), html) for day, html in grouped.items()]


def _key(language: Language, one: FoundDate, today: date) -> Key:
    # Of today a card tells no more than whether a date lies in another year.
    return ("card", language.code, today.year, one.day, *one.marks)


def filled_card(site: Site, language: Language, entry: ListedDate, today: date) -> Markup:
    """The card of one date, as it stands in a list."""
    filled = site.renderer.html("events/_card.html", language, {"card": card(entry, language, today=today)})
    return Markup(filled.decode())  # noqa: S704 - filled by an escaping template


def _size(html: Markup) -> int:
    return 2 * len(html)
