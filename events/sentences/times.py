"""When: day and hours, how it repeats, and what is special about a date."""

from datetime import date

from events.domain import vocabulary
from events.domain.dates import EventDate
from events.domain.event import Event
from events.domain.labels import label
from events.schedule.recurrence import HELSINKI
from web.dates import write_hours, write_moment, write_when
from web.i18n import Language


def when(event: Event, one: EventDate, language: Language, *, today: date) -> str:
    """Day and hours of a date in one line."""
    return write_when(one.local_start, one.local_end, language, all_day=event.schedule.all_day, today=today)


def hours(event: Event, one: EventDate, language: Language, *, today: date) -> str:
    """What stands beside the day of a date."""
    return write_hours(one.local_start, one.local_end, language, all_day=event.schedule.all_day, today=today)


def status(event: Event, one: EventDate, language: Language, *, today: date) -> str:
    """What is special about a date: cancelled, postponed, moved, provisional, full. Empty where nothing is."""
    effective = event.status_of(one)
    if effective in vocabulary.NOT_TAKING_PLACE:
        text = {
            "cancelled": language.gettext("Cancelled"),
            "postponed": language.gettext("Postponed, new time to come"),
        }[effective]
        return _with_reason(text, event.reason_of(one), language)
    parts = []
    if one.moved:
        new_time = when(event, one, language, today=today)
        moved = language.gettext("Moved. New time: {date}").format(date=new_time)
        parts.append(_with_reason(moved, one.reason, language))
    if effective == "tentative":
        parts.append(label(language, "status", "tentative"))
    if event.is_full(one):
        parts.append(language.gettext("Full"))
    return " · ".join(parts)


def moved_from(event: Event, one: EventDate, language: Language, *, today: date) -> str:
    """The time a moved date was first planned for; empty where it was not moved."""
    if not one.moved:
        return ""
    text = write_moment(one.original_start.astimezone(HELSINKI), language, today=today)
    return language.gettext("Originally planned for {date}").format(date=text)


def _with_reason(text: str, reason: str, language: Language) -> str:
    if reason not in vocabulary.REASONS:
        return text
    # A date that ends the text may end in a full stop of its own: «… 7.3.»
    words = label(language, "reason", reason)
    return language.gettext("{status}. Reason: {reason}").format(status=text.rstrip("."), reason=words)


def repetition(event: Event, language: Language) -> str:
    """How a series repeats, where a plain word says it; empty for single events and for lists of dates."""
    rule = event.schedule.rule
    if rule is None:
        return ""
    match str(rule.frequency), rule.interval:
        case "DAILY", 1:
            return language.gettext("Every day")
        case "WEEKLY", 1:
            return language.gettext("Every week")
        case "WEEKLY", 2:
            return language.gettext("Every second week")
        case "MONTHLY", 1:
            return language.gettext("Every month")
        case "YEARLY", 1:
            return language.gettext("Every year")
    return language.gettext("A series")
