"""One date of an event: as planned, as it takes place, what is special about it. Pure.

Times are aware UTC unless a name says «local».
"""

from dataclasses import dataclass
from datetime import date, datetime

from events.schedule.recurrence import HELSINKI


@dataclass(frozen=True, slots=True)
class DateChange:
    """What is special about one date of a schedule: moved, cancelled, full, and why.

    `planned` says that `start` is the time it was always planned for: a series of another time zone keeps its
    instants, and nobody has moved anything.
    """

    status: str = "scheduled"
    reason: str = ""
    full: bool = False
    start: datetime | None = None
    end: datetime | None = None
    planned: bool = False


@dataclass(frozen=True, slots=True)
class EventDate:
    """One date of an event as it takes place. Its identity is the local date it was first planned for."""

    original_date: date
    original_start: datetime
    start: datetime
    end: datetime
    status: str = "scheduled"
    reason: str = ""
    full: bool = False

    @property
    def moved(self) -> bool:
        """Rescheduled: it starts at another instant than first planned."""
        return self.start != self.original_start

    @property
    def local_start(self) -> datetime:
        """Naive wall time in Helsinki."""
        return self.start.astimezone(HELSINKI).replace(tzinfo=None)

    @property
    def local_end(self) -> datetime:
        """Naive wall time in Helsinki."""
        return self.end.astimezone(HELSINKI).replace(tzinfo=None)
