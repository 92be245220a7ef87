"""Reads an iCalendar file as any program may have written it: every entry in a try of its own. Pure."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from events.domain.drafts import EventDraft
from events.domain.texts import Note, Text
from events.imports.entries import (
    HISTORY_DAYS,
    MAXIMUM_BYTES,
    MAXIMUM_ENTRIES,
    Imported,
    ImportedPlace,
    Skipped,
    reason_of,
)
from events.imports.ics.lines import CalendarFile, Component, read_lines
from events.imports.ics.spans import Span, span_of
from events.imports.ics.times import Override, Plan, plan, read_override
from events.imports.ics.versions import id_of, is_private, name_of, newest, unfit, version_of
from events.imports.ics.zones import Zones
from events.imports.texts import (
    NOTE,
    Labels,
    Where,
    description_of,
    link_of,
    sort_of,
    summary_of,
    title_of,
    where_of,
)
from events.schedule.recurrence import ScheduleKind

_STATUSES: Final = {"CANCELLED": "cancelled", "CANCELED": "cancelled", "TENTATIVE": "tentative"}
_TIMES: Final = ("DTSTART", "DTEND", "DURATION", "RRULE", "EXRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "STATUS")
_REPEATING: Final = frozenset({"RRULE", "RDATE", "EXRULE", "EXDATE", "RECURRENCE-ID"})


def read_ics(content: bytes, *, language: str, today: date, labels: Labels) -> list[Imported | Skipped]:
    """Every entry of a file, taken or skipped; texts are in `language`.

    Raises `ImportRefused` with one line if it is no calendar. At most 2,000 entries of at most 5 MB are read.
    """
    file = read_lines(content)
    return list(_Reader(file, language, today - timedelta(days=HISTORY_DAYS), labels).entries())


class _Reader:
    """What all entries of one file share."""

    def __init__(self, file: CalendarFile, language: str, not_before: date, labels: Labels) -> None:
        self.file, self.zones = file, Zones(file)
        self.language, self.not_before, self.labels = language, not_before, labels
        self.all_cancelled = file.header.get("METHOD", "").upper() == "CANCEL"

    def entries(self) -> Iterator[Imported | Skipped]:
        groups: dict[str, list[Component]] = defaultdict(list)
        read = self.file.components[:MAXIMUM_ENTRIES]
        private = {id_of(component) for component in read if is_private(component)}
        for component in read:
            if reason := unfit(component) or ("marked as private" if id_of(component) in private else ""):
                yield Skipped(name_of(component), reason)
            else:
                groups[id_of(component)].append(component)
        for uid, components in groups.items():
            yield from self._group(uid, components)
        if (more := len(self.file.components) - MAXIMUM_ENTRIES) > 0:
            yield Skipped("The end of the file", f"{more} entries more than the {MAXIMUM_ENTRIES} that are read")
        if self.file.too_long:
            yield Skipped("The end of the file", f"only the first {MAXIMUM_BYTES // 1_000_000} MB are read")

    def _group(self, uid: str, components: Sequence[Component]) -> Iterator[Imported | Skipped]:
        """A master with its overrides, or several entries that share a UID though they should not."""
        masters = [one for one in components if not one.first("RECURRENCE-ID")]
        kept, older = newest(masters)
        for component in older:
            yield Skipped(name_of(component), "an older version of an entry that the file has again")
        spans = [self._span(component) for component in kept]
        overrides, broken = self._overrides(components, spans[0] if spans else None)
        yield from broken
        orphans = overrides
        for number, component in enumerate(kept, start=1):
            source_id = uid if number == 1 else f"{uid}#{number}"
            own = overrides if number == 1 else []
            try:
                taken, left = self._entry(component, source_id, own)
            except Exception as error:
                yield Skipped(name_of(component), reason_of(error))
                orphans = [] if number == 1 else orphans
                continue
            orphans = left if number == 1 else orphans
            yield taken
        for override in orphans:
            yield from self._orphan(uid, override)

    def _span(self, component: Component) -> Span | None:
        try:
            return span_of(component, self.zones)
        except (ValueError, OverflowError):
            return None

    def _overrides(self, components: Sequence[Component], master: Span | None) -> tuple[list[Override], list[Skipped]]:
        found: dict[date, Override] = {}
        broken: list[Skipped] = []
        for component in sorted((one for one in components if one.first("RECURRENCE-ID")), key=version_of):
            try:
                override = read_override(component, master, self.zones, self._status(component))
            except Exception as error:
                broken.append(Skipped(name_of(component), reason_of(error)))
                continue
            found[override.day] = override
        return list(found.values()), broken

    def _orphan(self, uid: str, override: Override) -> Iterator[Imported | Skipped]:
        """A single date of a series that is not in the file."""
        source_id = f"{uid}#{override.day:%Y%m%d}"
        try:
            alone = {name: values for name, values in override.component.properties.items() if name not in _REPEATING}
            yield self._entry(replace(override.component, properties=alone), source_id, [])[0]
        except Exception as error:
            yield Skipped(name_of(override.component), reason_of(error))

    def _entry(
        self, component: Component, source_id: str, overrides: list[Override]
    ) -> tuple[Imported, list[Override]]:
        title, _status = title_of(component.text("SUMMARY"))
        if not title:
            raise ValueError("no title")
        span = span_of(component, self.zones)
        planned = plan(component, span, overrides, self.zones, not_before=self.not_before)
        where, where_notes = _where(component)
        words = [word for value in component.properties.get("CATEGORIES", ()) for word in value.texts]
        category, activities = sort_of(words, self.labels)
        description = description_of(component.text("DESCRIPTION") or component.text("X-ALT-DESC"))
        link = link_of(component.text("URL"))
        used = [one for one in overrides if one.day in planned.dates]
        date_notes, said = self._differences(component, used, planned)
        draft = EventDraft(
            kind="event",
            category=category,
            original_language=self.language,
            schedule=planned.schedule,
            texts={self.language: Text(title=title, summary=summary_of(description), description=description)},
            activities=activities,
            audiences=(),
            changes=planned.changes,
            online=where.online,
            online_url=where.online_url,
            link=link,
            event_status=self._status(component),
            notes=date_notes,
        )
        dropped = ["its web address was left out"] if component.text("URL") and not link else []
        span_notes = span.notes if planned.schedule.kind is ScheduleKind.ONCE else ()
        notes = dict.fromkeys([*span_notes, *planned.notes, *where_notes, *said, *dropped])
        times = self._times(component, overrides) if planned.was_cut else ""
        name = name_of(component)
        return Imported(source_id, name, draft, where.place, tuple(notes), times), list(planned.orphans)

    def _times(self, component: Component, overrides: Sequence[Override]) -> str:
        entries = [component, *(one.component for one in sorted(overrides, key=lambda one: one.day))]
        return "\n\n".join(one.written(*_TIMES) for one in entries)

    def _status(self, component: Component) -> str:
        if self.all_cancelled:
            return "cancelled"
        stated = _STATUSES.get(component.text("STATUS").upper(), "scheduled")
        typed = title_of(component.text("SUMMARY"))[1]
        return typed if stated == "scheduled" else stated

    def _differences(
        self, master: Component, overrides: Sequence[Override], planned: Plan
    ) -> tuple[tuple[Note, ...], list[str]]:
        """What overrides say in other words than their series: kept as a note of that date where it tells a place."""
        notes, said = [], []
        for override in overrides:
            day = planned.dates[override.day]
            one = override.component
            range_ = one.properties["RECURRENCE-ID"][0].parameters.get("RANGE", "")
            if range_.upper() == "THISANDFUTURE":
                said.append(f"a change of {day} and all later dates is supported for that date only")
            place = where_of(one.text("LOCATION")).place
            if place and place != where_of(master.text("LOCATION")).place:
                notes.append(Note(self.language, _address(place)[:NOTE], day))
                said.append(f"another place on {day} is kept as a note")
            if (title := title_of(one.text("SUMMARY"))[0]) and title != title_of(master.text("SUMMARY"))[0]:
                said.append(f"another title on {day} was left out: {title}")
            if one.text("DESCRIPTION") and one.text("DESCRIPTION") != master.text("DESCRIPTION"):
                said.append(f"another description on {day} was left out")
        return tuple(notes), said


def _where(component: Component) -> tuple[Where, list[str]]:
    where = where_of(component.text("LOCATION"))
    address = link_of(component.text("CONFERENCE"))
    if where.place is None and address:
        where = replace(where, online=True, online_url=where.online_url or address)
    if where.place and (found := _coordinates(component.text("GEO"))):
        where = replace(where, place=replace(where.place, latitude=found[0], longitude=found[1]))
    return where, [where.note] if where.note else []


def _coordinates(written: str) -> tuple[float, float] | None:
    try:
        latitude, longitude = (float(part) for part in written.split(";"))
    except ValueError:
        return None
    # Many programs write 0;0 for «not known».
    known = -90 <= latitude <= 90 and -180 <= longitude <= 180 and (latitude, longitude) != (0, 0)
    return (latitude, longitude) if known else None


def _address(place: ImportedPlace) -> str:
    town = f"{place.postal_code} {place.city}".strip()
    return ", ".join(part for part in (place.name, place.street_address, town) if part)
