"""The target of a page of the desk: an event, or one of its dates."""

from dataclasses import dataclass
from datetime import date

from starlette.exceptions import HTTPException

from events.domain.dates import EventDate
from events.domain.event import Event
from events.storage.loading import load_events
from organisations.desk_context import DeskContext
from web.database.connection import fetch


@dataclass(frozen=True, slots=True)
class Target:
    """An event as a whole, or one of its dates. `path` begins after the language segment."""

    event: Event
    one: EventDate | None

    @property
    def days(self) -> list[date] | None:
        """The dates to be changed; None for the event as a whole, which an event of one date always is."""
        return [self.one.original_date] if self.one is not None and self.event.is_series else None

    @property
    def event_path(self) -> str:
        """The page of the event."""
        return f"desk/events/{self.event.public_id}"

    @property
    def path(self) -> str:
        """What the addresses of this target's pages begin with."""
        return f"{self.event_path}/dates/{self.one.original_date}" if self.one else self.event_path


async def target_of(desk: DeskContext) -> Target:
    """What the path names. Raises HTTPException 404 for a date that the event does not have."""
    rows = await fetch("SELECT id FROM event WHERE public_id = ?", desk.parameters["event"])
    event = (await load_events([rows[0]["id"]], with_dates=True))[rows[0]["id"]]
    if "day" not in desk.parameters:
        return Target(event, None)
    asked = desk.parameters["day"]
    one = next((one for one in event.dates if one.original_date.isoformat() == asked), None)
    if one is None:
        raise HTTPException(404)
    return Target(event, one)
