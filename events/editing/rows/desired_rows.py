"""The related rows that a draft requires: texts, terms, notes and dates, each by its key. Pure."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from events.domain.drafts import EventDraft
from events.editing.rows.row_differences import Columns, Entry
from events.storage.loading import TEXT_COLUMNS
from events.storage.search_index import DateRow, date_rows, terms

TEXT: Final = ("language", *TEXT_COLUMNS, "state")
TERM: Final = ("facet", "value")
NOTE: Final = ("original_date", "language", "text")
DATE: Final = (
    *("original_date", "original_start", "start", "end", "local_date", "last_date", "weekday", "start_minute"),
    *("status", "reason", "full"),
)


def wanted_texts(draft: EventDraft, stored: Mapping[str, Columns]) -> dict[str, Columns]:
    """By language. A translation that did not follow a change of the original is outdated."""
    written = {
        tag: {"language": tag, **{name: getattr(text, name) for name in TEXT_COLUMNS}}
        for tag, text in draft.texts.items()
    }
    stays = {tag for tag, text in written.items() if tag in stored and text.items() <= stored[tag].items()}
    original = draft.original_language
    followed = original in stays or original not in {*written, *stored}

    def state(tag: str) -> str:
        if tag not in stays:
            return "human"
        return "outdated" if tag != original and not followed else stored[tag]["state"]

    return {tag: {**text, "state": state(tag)} for tag, text in written.items()}


def wanted_terms(draft: EventDraft, access: Mapping[str, bool]) -> dict[Entry, Columns]:
    """By facet and value, in the order they are read."""
    return {entry: dict(zip(TERM, entry, strict=True)) for entry in terms(draft, access)}


def wanted_notes(draft: EventDraft) -> dict[tuple[date | None, str], Columns]:
    """By date, None for the event as a whole, and language."""
    return {(note.original_date, note.language): {name: getattr(note, name) for name in NOTE} for note in draft.notes}


def wanted_dates(draft: EventDraft) -> dict[date, Columns]:
    """By original date."""
    return {row.occurrence.original_date: _date(row) for row in date_rows(draft.schedule, draft.changes)}


def _date(row: DateRow) -> Columns:
    one = row.occurrence
    return {
        "original_date": one.original_date,
        "original_start": one.original_start,
        "start": one.start,
        "end": one.end,
        "local_date": row.local_date,
        "last_date": row.last_date,
        "weekday": row.weekday,
        "start_minute": row.start_minute,
        "status": one.status,
        "reason": one.reason,
        "full": one.full,
    }
