"""The date of an event that its page, poster and copies show: chosen here, once for all of them. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from events.domain.dates import EventDate
from events.domain.event import Event


@dataclass(frozen=True, slots=True)
class ShownDate:
    """One date of an event, and what of the event is still to come.

    A date is over from the midnight after its end, so that a page depends on the day alone: `midnight` is the last
    one. `asked` says that the address named this date.
    """

    one: EventDate
    asked: bool
    upcoming: tuple[EventDate, ...]
    midnight: datetime

    @property
    def over(self) -> bool:
        """Nothing of the event is still to come."""
        return not self.upcoming

    @property
    def coming(self) -> bool:
        """This date is still to come, whether or not it takes place."""
        return self.one.end > self.midnight

    @property
    def passed(self) -> bool:
        """This date has passed, others have not."""
        return not self.over and not self.coming

    @property
    def query(self) -> str:
        """What an address needs to name this date again; empty where it did not name it."""
        return f"date={self.one.original_date}" if self.asked else ""

    @property
    def passed_over(self) -> EventDate | None:
        """The very next date where this one comes later because that one is off: whoever meant it must read so."""
        if self.asked or self.over or self.upcoming[0] is self.one:
            return None
        return self.upcoming[0]

    def following(self, event: Event) -> EventDate | None:
        """The next date after this one that takes place with room left."""
        later = (each for each in self.upcoming if each.start > self.one.start)
        return next((each for each in later if event.takes_place(each) and not event.is_full(each)), None)


def asked_date(query: Mapping[str, str]) -> str:
    """The date that an address names, as it stands there; empty for what cannot be one."""
    asked = query.get("date", "")
    return asked if re.fullmatch(r"\d{4}-\d\d-\d\d", asked, re.ASCII) else ""


def asks_for_all_dates(query: Mapping[str, str]) -> bool:
    """Whether an address asks for every date of a series."""
    return query.get("dates") == "all"


def shown_date(event: Event, asked: str, midnight: datetime) -> ShownDate:
    """The date asked for by its original day, else the next that takes place, else the next, else the last."""
    # Compared in their own zone: instants of two zones are compared many times slower.
    midnight = midnight.astimezone(UTC)
    upcoming = tuple(one for one in event.dates if one.end > midnight)
    for one in event.dates if asked else ():
        if str(one.original_date) == asked:
            return ShownDate(one, asked=True, upcoming=upcoming, midnight=midnight)
    taking_place = next((one for one in upcoming if event.takes_place(one)), None)
    one = taking_place or (upcoming or event.dates[-1:])[0]
    return ShownDate(one, asked=False, upcoming=upcoming, midnight=midnight)
