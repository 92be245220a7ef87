"""What a filter finds: the dates and events that every representation shows. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from events.domain.dates import EventDate
from events.domain.event import Event
from events.filtering.filters import EventFilter
from events.filtering.parameters import Problem, clean
from web.cleaning import as_code

SERIES: Final = ("collapse", "expand")
DEFAULT_LIMIT: Final = 30
MAXIMUM_LIMIT: Final = 100
MAXIMUM_PAGE: Final = 1000


@dataclass(frozen=True, slots=True)
class Presentation:
    """How much of a listing is shown and in what shape; never what belongs to it."""

    series: str = "collapse"
    limit: int = DEFAULT_LIMIT
    page: int = 1

    @classmethod
    def from_query(
        cls, pairs: Iterable[tuple[str, str]], *, series: str = "collapse"
    ) -> tuple["Presentation", tuple[Problem, ...]]:
        """The presentation of a query string, over a default for `series`; never raises."""
        given = {key: as_code(clean(value)) for key, value in pairs if key in ("series", "limit", "page")}
        problems = []
        shown = cls(series=series)
        if given.get("series") in SERIES:
            shown = replace(shown, series=given["series"])
        elif given.get("series"):
            problems.append(Problem("series", given["series"], "choice"))
        for key, maximum in (("limit", MAXIMUM_LIMIT), ("page", MAXIMUM_PAGE)):
            text = given.get(key)
            if text and text.isascii() and text.isdigit() and len(text) <= 6 and int(text) >= 1:
                number: Any = min(int(text), maximum)
                shown = replace(shown, **{key: number})
            elif text:
                problems.append(Problem(key, text, "number"))
        return shown, tuple(problems)

    def to_query(self, *, series: str = "collapse", page: int | None = None) -> str:
        """The part of an address that differs from the defaults, for the given page."""
        return "&".join(f"{key}={value}" for key, value in self.pairs(series=series, page=page))

    def pairs(self, *, series: str = "collapse", page: int | None = None) -> list[tuple[str, str]]:
        """The (parameter, value) pairs that differ from the defaults, as hidden form fields need them."""
        page = page or self.page
        written = []
        if self.limit != DEFAULT_LIMIT:
            written.append(("limit", str(self.limit)))
        if page != 1:
            written.append(("page", str(page)))
        if self.series != series:
            written.append(("series", self.series))
        return written


def cancelled_in_title_only(query: Mapping[str, str]) -> bool:
    """Whether a feed is asked for that tells cancellations in the title alone, for programs that hide the rest."""
    return query.get("cancelled") == "title"


@dataclass(frozen=True, slots=True)
class ListedDate:
    """One line of a listing: an event on one of its dates.

    `day` is the local day it stands under (a date that began earlier stands on the first day in range). In a
    collapsed listing `others` counts the series' further matching dates and `next_taking_place` is set where
    this date is cancelled, postponed, moved or full.
    """

    event: Event
    shown: EventDate
    day: date
    others: int = 0
    next_taking_place: EventDate | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of what a filter finds, in the order of time."""

    filter: EventFilter
    presentation: Presentation
    today: date
    entries: tuple[ListedDate, ...]
    has_next: bool

    @property
    def days(self) -> list[tuple[date, list[ListedDate]]]:
        """The entries grouped by the day they stand under."""
        groups: dict[date, list[ListedDate]] = {}
        for entry in self.entries:
            groups.setdefault(entry.day, []).append(entry)
        return list(groups.items())
