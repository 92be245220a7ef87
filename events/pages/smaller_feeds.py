"""Smaller feeds to subscribe to, where one is larger than some programs read."""

from dataclasses import dataclass

from events.domain import vocabulary
from events.domain.labels import label
from events.feeds.building import FEED_FORMS, LARGEST_FEED
from events.feeds.queries import stored_size
from events.feeds.renderings import version
from events.filtering.choice_counts import Counts, choice_counts
from events.filtering.filters import EventFilter
from events.filtering.search_labels import activity_labels
from events.presenting.cards import spoken_choices
from web.cache.response_cache import ResponseCache
from web.i18n import Language
from web.links import with_query
from web.site import Site


@dataclass(frozen=True, slots=True)
class SmallerFeed:
    """A smaller calendar: the page on which it is subscribed to. `tag` is set where the text is in its own language."""

    href: str
    text: str
    tag: str = ""
    direction: str = ""


async def smaller_feeds(
    cache: ResponseCache, site: Site, language: Language, filter_: EventFilter
) -> tuple[SmallerFeed, ...]:
    """What to choose from where the calendar of a filter is too large for Google; nothing where it is not.

    As large as its stored events are: of one that nobody has asked for yet the size is not known.
    """
    today, labels = site.today(), activity_labels(site.languages)

    async def count() -> tuple[int, Counts]:
        size = await stored_size(
            filter_,
            labels,
            today=today,
            language=language.code,
            form=FEED_FORMS[0],
            version=version(language, site.settings.base_url),
        )
        return size, await choice_counts(filter_, labels, today=today) if size > LARGEST_FEED else {}

    counted = await cache.approximately(site, ("feed size", language.code, filter_.to_query()), count)
    size, counts = counted.content
    return _choices(filter_, language, counts) if size > LARGEST_FEED else ()


def _choices(filter_: EventFilter, language: Language, counts: Counts) -> tuple[SmallerFeed, ...]:
    """One for each language in which something is coming, else for each area: whichever is not chosen yet."""

    def href(name: str, value: str) -> str:
        return with_query(f"/{language.code}/subscribe", filter_.with_(**{name: (value,)}).to_query())

    if not filter_.in_language:
        marks = spoken_choices(counts.get("in_language", {}), language)
        return tuple(SmallerFeed(href("in_language", m.code), m.own_name, m.code, m.direction) for m in marks)
    areas = (key for key in vocabulary.AREAS if counts.get("area", {}).get(key))
    return tuple(SmallerFeed(href("area", key), label(language, "area", key)) for key in areas)
