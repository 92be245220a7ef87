"""The grid of a month: weeks from Monday to Sunday with their ISO numbers. Pure."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from events.filtering.parameters import YEARS


@dataclass(frozen=True, slots=True)
class Week:
    """One line of the grid: an ISO week, with None for its days outside the month."""

    number: int
    days: tuple[date | None, ...]


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """One month of one year, in the order of time; written «2026-12» as in addresses."""

    year: int
    number: int

    @classmethod
    def parse(cls, text: str) -> "Month | None":
        """The month that an address names; None for what is none, and for years that no filter knows."""
        found = re.fullmatch(r"([0-9]{4})-([0-9]{2})", text)
        if not found or int(found[1]) not in YEARS or int(found[2]) not in range(1, 13):
            return None
        return cls(int(found[1]), int(found[2]))

    @classmethod
    def of(cls, day: date) -> "Month":
        """The month that a day lies in."""
        return cls(day.year, day.month)

    def __str__(self) -> str:
        return f"{self.year:04}-{self.number:02}"

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return date(self.year, self.number, monthrange(self.year, self.number)[1])

    @property
    def before(self) -> "Month":
        """The month before."""
        return Month.of(self.first - timedelta(days=1))

    @property
    def after(self) -> "Month":
        """The month after."""
        return Month.of(self.last + timedelta(days=1))

    @property
    def weeks(self) -> list[Week]:
        """Its four to six weeks. The number is that of ISO 8601, as Finland counts."""
        monday = self.first - timedelta(days=self.first.weekday())
        found = []
        while monday <= self.last:
            days = (monday + timedelta(days=turn) for turn in range(7))
            inside = tuple(day if Month.of(day) == self else None for day in days)
            found.append(Week(monday.isocalendar().week, inside))
            monday += timedelta(days=7)
        return found
