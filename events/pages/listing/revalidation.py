"""Revalidation of a cached list: most changes concern events that it does not show, so that it stays valid."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from events.filtering.filters import EventFilter
from events.filtering.listing import Presentation
from events.filtering.listing_queries import Found, Marks, find_rows, found_in, marks_of
from events.filtering.search_labels import activity_labels
from web.cache.response_cache import APPROXIMATELY
from web.i18n import Language


@dataclass(frozen=True, slots=True)
class ListSnapshot:
    """What a list showed, and since when its numbers may be wrong."""

    marks: Marks
    counted: datetime

    @property
    def size(self) -> int:
        """About as many bytes as it takes."""
        return 1024 * len(self.marks)

    @property
    def recount_at(self) -> datetime:
        """From when on its numbers are too old to be told."""
        return self.counted + APPROXIMATELY


async def changed_since(
    snapshot: ListSnapshot, filter_: EventFilter, shown: Presentation, languages: Mapping[str, Language], *, today: date
) -> Found | None:
    """What the filter finds by now; None where that is what the list showed. One question."""
    rows = await find_rows(filter_, activity_labels(languages), today=today, presentation=shown)
    if marks_of(rows, shown) == snapshot.marks:
        return None
    return found_in(rows, filter_, today=today, presentation=shown)
