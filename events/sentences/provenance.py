"""The provenance of an event: told by its organiser's own people, an import from their calendar, or a resident."""

import unicodedata
from datetime import date

from events.domain.event import Event
from events.schedule.recurrence import HELSINKI
from web.dates import write_day
from web.i18n import Language


def told(event: Event, language: Language) -> str:
    """That a resident has told of it, and whom she named as its organiser; empty where an organisation of the register
    stands behind it."""
    return told_by(event.told_by, language)


def told_by(name: str | None, language: Language) -> str:
    """«Told by a resident. Organiser: Kutojat»; without a name only the first, and nothing at all for None."""
    if name is None:
        return ""
    if not name:
        return language.gettext("Told by a resident.")
    return language.gettext("Told by a resident. Organiser: {name}").format(name=_isolated(name, language))


def said_by(event: Event, language: Language, *, today: date) -> list[str]:
    """When its organiser has confirmed all this, and when a program last changed it; nothing where neither did."""
    found = []
    if event.confirmed is not None:
        day = write_day(event.confirmed.astimezone(HELSINKI).date(), language, today=today)
        found.append(language.gettext("Confirmed by the organiser: {date}").format(date=day))
    if event.imported:
        day = write_day(event.modified.astimezone(HELSINKI).date(), language, today=today)
        found.append(language.gettext("Imported from the organiser’s calendar. Updated: {date}").format(date=day))
    return found


def _isolated(name: str, language: Language) -> str:
    """A typed name that disturbs neither a sentence of the other direction nor the number behind it."""
    turns = any(unicodedata.bidirectional(sign) in ("R", "AL") for sign in name)
    return f"\u2068{name}\u2069" if turns else language.isolated(name)
