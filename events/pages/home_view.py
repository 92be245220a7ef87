"""The home page: this week first, then the ways to find something."""

from collections.abc import Sequence
from dataclasses import dataclass

from events.domain import vocabulary
from events.domain.labels import label
from events.filtering import counting, listing_queries
from events.filtering.filters import EventFilter
from events.filtering.listing import Presentation
from events.filtering.search_labels import activity_labels
from events.pages.listing import card_fragments
from events.pages.listing.card_fragments import Day
from events.presenting.cards import spoken_choices
from events.sentences import LanguageMark
from organisations.queries import Profile, directory
from web.cache.response_cache import ResponseCache
from web.i18n import Language
from web.site import Site

SHOWN = 8
PRESETS = ("today", "week", "weekend")


@dataclass(frozen=True, slots=True)
class Way:
    """A link to a list."""

    href: str
    text: str


@dataclass(frozen=True, slots=True)
class HomeView:
    """What the home page shows. `is_this_week` is false where the week is empty and `days` hold what comes next."""

    presets: tuple[Way, ...]
    days: list[Day]
    is_this_week: bool
    has_more: bool
    languages: list[LanguageMark]
    no_language: Way | None
    categories: tuple[Way, ...]
    organisations: Sequence[Profile]


async def home_view(cache: ResponseCache, site: Site, language: Language) -> HomeView:
    """Ask for what the home page shows; a constant number of questions."""
    labels, today = activity_labels(site.languages), site.today()
    shown = Presentation(limit=SHOWN)
    found = await listing_queries.find_dates(EventFilter(when=("week",)), labels, today=today, presentation=shown)
    is_this_week = bool(found.dates)
    if not is_this_week:
        found = await listing_queries.find_dates(EventFilter(), labels, today=today, presentation=shown)
    spoken = await counting.spoken_languages(today=today)
    categories = await counting.coming_categories(today=today)
    none_needed = label(language, "language", vocabulary.NO_LANGUAGE)
    base = f"/{language.code}/events"
    return HomeView(
        presets=tuple(Way(f"{base}?when={key}", label(language, "when", key)) for key in PRESETS),
        days=await card_fragments.days(cache, site, language, found),
        is_this_week=is_this_week,
        has_more=found.has_next,
        languages=spoken_choices(spoken, language),
        no_language=Way(f"{base}?in_language=zxx", none_needed) if vocabulary.NO_LANGUAGE in spoken else None,
        categories=tuple(
            Way(f"{base}?category={key}", label(language, "category", key))
            for key in vocabulary.CATEGORIES
            if key in categories
        ),
        organisations=await directory(),
    )
