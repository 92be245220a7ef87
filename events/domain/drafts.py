"""Everything an organiser can say of an event, ready to be stored. Pure.

Access answers are True, False, or absent for «not known».
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from events.domain.dates import DateChange
from events.domain.prices import PriceRow
from events.domain.registration import Registration
from events.domain.texts import Note, Text
from events.schedule.recurrence import Schedule


@dataclass(frozen=True, slots=True)
class EventDraft:
    """Everything an organiser can say of an event, ready to be stored."""

    kind: str
    category: str
    original_language: str
    schedule: Schedule
    texts: Mapping[str, Text]
    activities: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ("all",)
    promises: tuple[tuple[str, str], ...] = ()
    no_language: bool = False
    changes: Mapping[date, DateChange] = field(default_factory=dict)
    place_id: int | None = None
    online_url: str = ""
    online: bool = False
    price: str = "unknown"
    prices: tuple[PriceRow, ...] = ()
    registration: Registration = field(default_factory=Registration)
    min_age: int | None = None
    max_age: int | None = None
    access: Mapping[str, bool] = field(default_factory=dict)
    first_time: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    nearest_stop: str = ""
    contact_email: str = ""
    contact_phone: str = ""
    link: str = ""
    event_status: str = "scheduled"
    full: bool = False
    status_reason: str = ""
    notes: tuple[Note, ...] = ()
