"""The entries that an importer has read from a file, the same whatever the format. Pure."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any, Final

from events.domain.drafts import EventDraft

MAXIMUM_BYTES: Final = 5_000_000
MAXIMUM_ENTRIES: Final = 2_000
HISTORY_DAYS: Final = 30
"""A long series is cut to the dates from this many days ago on."""


class ImportRefused(ValueError):  # noqa: N818 - it is said, not raised by mistake
    """The file is none that this importer reads; the text is one clear line."""


@dataclass(frozen=True, slots=True)
class ImportedPlace:
    """Where an entry says it is. `source_id` is empty where the file knows places by name only."""

    name: str
    street_address: str = ""
    postal_code: str = ""
    city: str = ""
    latitude: float | None = None
    longitude: float | None = None
    source_id: str = ""


@dataclass(frozen=True, slots=True)
class Imported:
    """One entry ready to be stored. `notes` tell a person what of it was cut, mended or left out.

    `times` holds the schedule as the file writes it where the draft's was cut relative to today, else nothing.
    """

    source_id: str
    name: str
    draft: EventDraft
    place: ImportedPlace | None = None
    notes: tuple[str, ...] = ()
    times: str = ""

    @property
    def hash(self) -> str:
        """Equal as long as the entry says the same: in every process and on every day."""
        draft = _canonical(self.draft)
        if self.times:
            draft = {**draft, "schedule": self.times, "changes": None}
        said = json.dumps([draft, _canonical(self.place)], ensure_ascii=True, sort_keys=True)
        return sha256(said.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Skipped:
    """An entry that was not taken, and why."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Gone:
    """An entry that its source has deleted: withdrawn here if it was taken before."""

    source_id: str
    name: str
    reason: str


def reason_of(error: Exception) -> str:
    """Why an entry could not be read: in its words if they were meant for a person."""
    if isinstance(error, OverflowError):
        return "its times are out of range"
    said = str(error) if isinstance(error, ValueError) else ""
    return said or f"it could not be read ({type(error).__name__})"


Entry = Imported | Skipped | Gone


def _canonical(value: Any) -> Any:
    """Plain JSON for a fact. Fields that say nothing are left out, so that a new field changes no hash."""
    if is_dataclass(value):
        pairs = ((field.name, _canonical(getattr(value, field.name))) for field in fields(value))
        return {name: said for name, said in pairs if said not in (None, "", [], {}, False)}
    if isinstance(value, Mapping):
        return {str(_canonical(key)): _canonical(item) for key, item in value.items()}
    if isinstance(value, tuple | list | frozenset | set):
        return [_canonical(item) for item in value]
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value
