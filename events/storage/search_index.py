"""The search index of an event: its terms, its dates, its searchable text. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from events.domain import vocabulary
from events.domain.dates import DateChange, EventDate
from events.domain.drafts import EventDraft
from events.domain.folding import fold
from events.domain.texts import Text
from events.schedule.recurrence import Schedule
from web.dates import last_day


@dataclass(frozen=True, slots=True)
class DateRow:
    """One date with the columns that filters read."""

    occurrence: EventDate
    local_date: date
    last_date: date
    weekday: int
    start_minute: int


def terms(draft: EventDraft, access: Mapping[str, bool]) -> list[tuple[str, str]]:
    """(facet, value) of every fact that can be filtered by.

    `in_language` holds the languages somebody there will understand, and `zxx`; `promise` holds «ru:main» for
    each promise and «main» for any language.
    """
    found: list[tuple[str, str]] = []
    for code, promise in draft.promises:
        if promise in vocabulary.UNDERSTOOD:
            found.append(("in_language", code))
        found += [("promise", f"{code}:{promise}"), ("promise", promise)]
    if draft.no_language:
        found.append(("in_language", vocabulary.NO_LANGUAGE))
    found += [("translation", code) for code in sorted(draft.texts)]
    found += [("activity", key) for key in draft.activities]
    found += [("audience", key) for key in draft.audiences]
    found += [("access", key) for key, answer in sorted(access.items()) if answer]
    if "yes" in draft.first_time.get("alone", ()):
        found.append(("access", vocabulary.ALONE))
    found += [
        ("first_time", f"{fact}:{value}") for fact, values in sorted(draft.first_time.items()) for value in values
    ]
    return list(dict.fromkeys(found))


def date_rows(schedule: Schedule, changes: Mapping[date, DateChange]) -> list[DateRow]:
    """Every date of a schedule with what was changed on it; changes of dates it does not have are left out."""
    rows = []
    for slot in schedule.slots():
        change = changes.get(slot.original_date, DateChange())
        start = change.start or slot.start
        end = change.end or (start + (slot.end - slot.start) if change.start else slot.end)
        planned = start if change.planned else slot.start
        one = EventDate(slot.original_date, planned, start, end, change.status, change.reason, full=change.full)
        rows.append(_row(one, all_day=schedule.all_day))
    return rows


def _row(one: EventDate, *, all_day: bool) -> DateRow:
    local = one.local_start
    return DateRow(
        occurrence=one,
        local_date=local.date(),
        last_date=last_day(local, one.local_end, all_day=all_day),
        weekday=local.isoweekday(),
        start_minute=0 if all_day else local.hour * 60 + local.minute,
    )


def search_text(texts: Mapping[str, Text], names: Iterable[str]) -> str:
    """Titles, summaries and descriptions in all languages, with the names of place and organiser, folded."""
    typed = [part for _, text in sorted(texts.items()) for part in (text.title, text.summary, text.description)]
    return fold(" ".join(part for part in (*typed, *names) if part))


def effective_access(place: Mapping[str, bool], own: Mapping[str, bool]) -> dict[str, bool]:
    """What is known of access: the place's answers, the event's own first. «Not known» is absence."""
    return {key: answer for key, answer in sorted({**place, **own}.items()) if key in vocabulary.ACCESS}
