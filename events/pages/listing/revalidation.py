"""Telling that a list is as it was although something has changed: most changes are about what it does not show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response

from events.filtering.filters import EventFilter
from events.filtering.listing import Presentation
from events.filtering.listing_queries import Found, Marks, find_rows, found_in, marks_of
from events.filtering.search_labels import activity_labels
from web.cache.cached_response import CachedResponse
from web.cache.response_cache import APPROXIMATELY, Approximate
from web.responses import Fresh, until
from web.site import site_of


@dataclass(frozen=True, slots=True)
class ListSnapshot:
    """What a list showed, and since when its numbers may be wrong."""

    marks: Marks
    counted: datetime

    @property
    def size(self) -> int:
        """About as many bytes as it takes."""
        return 1024 * len(self.marks)


def with_counts(response: Response, found: Found, counts: Sequence[Approximate]) -> Response:
    """The list's answer with what is needed to know it again; good as long as the numbers in it are."""
    if isinstance(response, Fresh) and found.dates:
        response.memo = ListSnapshot(found.marks, min(count.counted for count in counts))
    return until(response, *(count.good_until for count in counts))


async def is_untouched(request: Request, stale: CachedResponse) -> bool:
    """Whether a list that was kept would come out the same but for its numbers, which may be a minute late."""
    site, memory = site_of(request), stale.memo
    if not isinstance(memory, ListSnapshot) or site.now() >= memory.counted + APPROXIMATELY:
        return False
    pairs = request.query_params.multi_items()
    filter_, shown = EventFilter.from_query(pairs)[0], Presentation.from_query(pairs)[0]
    today = site.today()
    rows = await find_rows(filter_, activity_labels(site.languages), today=today, presentation=shown)
    if marks_of(rows, shown) != memory.marks:
        request.state.found = found_in(rows, filter_, today=today, presentation=shown)
        return False
    stale.good_until = memory.counted + APPROXIMATELY
    return True


def found_by_now(request: Request) -> Found | None:
    """What `is_untouched` has found for this request, if it has looked and found something else."""
    found: Found | None = getattr(request.state, "found", None)
    return found
