"""Stores what an importer read: each entry once, by (source, source id), in a transaction of its own."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from hashlib import sha256
from typing import Final

from dateutil.relativedelta import relativedelta

from events.domain.drafts import EventDraft
from events.editing import publishing as lifecycle
from events.imports.entries import Entry, Gone, Imported, Skipped, reason_of
from events.imports.places import Places
from events.schedule.recurrence import HELSINKI, Schedule
from events.storage.models import Event
from organisations.models import Organisation

Progress = Callable[[int, int], None]

_SOURCE_LENGTH: Final = 64
_AHEAD_MONTHS: Final = 12
_logger = logging.getLogger(__name__)


@dataclass(slots=True)
class Report:
    """What became of every entry. `skipped` and `cut` hold pairs of a name and the reason."""

    taken: int = 0
    updated: int = 0
    unchanged: int = 0
    withdrawn: int = 0
    skipped: list[tuple[str, str]] = field(default_factory=list)
    cut: list[tuple[str, str]] = field(default_factory=list)

    def lines(self) -> list[str]:
        """The count, then one line for each entry that was skipped or cut."""
        count = (
            f"taken {self.taken}, updated {self.updated}, unchanged {self.unchanged},"
            f" withdrawn {self.withdrawn}, skipped {len(self.skipped)}, cut {len(self.cut)}"
        )
        return [
            count,
            *(f"skipped: {name}: {reason}" for name, reason in self.skipped),
            *(f"cut: {name}: {reason}" for name, reason in self.cut),
        ]


def source_of(importer: str, slug: str) -> str:
    """The name under which an organisation's import is known, so that two of the same file never collide."""
    name = f"{importer}:{slug}"
    if len(name) <= _SOURCE_LENGTH:
        return name
    tail = sha256(name.encode()).hexdigest()[:12]
    return f"{name[: _SOURCE_LENGTH - 13]}~{tail}"


async def take(
    entries: Sequence[Entry],
    organisation: Organisation,
    *,
    source: str,
    now: datetime,
    uid_domain: str,
    progress: Progress | None = None,
) -> Report:
    """Publish what is new, rewrite what changed, withdraw what its source deleted; the rest is left untouched.

    An entry that the database refuses is skipped and named. Taking the same entries again changes nothing.
    """
    taker = _Taker(organisation, source, now, uid_domain, await Places.load(source, now=now))
    for number, entry in enumerate(entries, start=1):
        try:
            await taker.take(entry)
        except Exception as error:  # one entry must never stop the others
            _logger.info("the import of an entry failed", exc_info=error)
            taker.report.skipped.append((entry.name, f"it could not be stored: {reason_of(error)[:200]}"))
        if progress is not None:
            progress(number, len(entries))
    return taker.report


@dataclass(slots=True)
class _Taker:
    organisation: Organisation
    source: str
    now: datetime
    uid_domain: str
    places: Places
    report: Report = field(default_factory=Report)

    async def take(self, entry: Entry) -> None:
        if isinstance(entry, Skipped):
            self.report.skipped.append((entry.name, entry.reason))
            return
        known = await Event.get_or_none(source=self.source, source_id=entry.source_id)
        if isinstance(entry, Gone):
            await self._withdraw(known, entry)
        elif known is not None and known.publication == "withdrawn":
            self.report.skipped.append((entry.name, "it was withdrawn here"))
        else:
            await self._store(known, entry)
            self.report.cut += [(entry.name, "; ".join(entry.notes))] if entry.notes else []

    async def _withdraw(self, known: Event | None, entry: Gone) -> None:
        if known is None or known.publication == "withdrawn":
            self.report.skipped.append((entry.name, entry.reason))
            return
        await lifecycle.withdraw(known.id, by="organiser", now=self.now)
        self.report.withdrawn += 1

    async def _store(self, known: Event | None, entry: Imported) -> None:
        source = lifecycle.Source(self.source, entry.source_id, entry.hash)
        if known is not None and known.source_hash == source.hash and not self._has_run_low(known, entry):
            self.report.unchanged += 1
            return
        draft = await self._with_place(entry)
        if known is None:
            await lifecycle.publish(draft, self.organisation, now=self.now, uid_domain=self.uid_domain, source=source)
            self.report.taken += 1
        else:
            await lifecycle.rewrite(known.id, draft, now=self.now, source=source)
            self.report.updated += 1

    async def _with_place(self, entry: Imported) -> EventDraft:
        place_id = await self.places.id_of(entry.place) if entry.place else None
        return replace(entry.draft, place_id=place_id)

    def _has_run_low(self, known: Event, entry: Imported) -> bool:
        """A series without an end was cut long ago: time for its next dates, though its file says the same."""
        if not entry.times:
            return False
        stored = Schedule.from_json(known.schedule).last_date
        return stored < self._horizon() and stored < entry.draft.schedule.last_date

    def _horizon(self) -> date:
        return self.now.astimezone(HELSINKI).date() + relativedelta(months=_AHEAD_MONTHS)
