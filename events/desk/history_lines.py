"""The history of an event in the reader's words: what changed, when, and by whom. Pure.

People of the same association are named; of the city only that it was the city.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from events.desk import status_words
from events.domain.labels import label
from events.domain.vocabulary import REASONS
from events.editing.history import Entry
from events.schedule.recurrence import HELSINKI
from web.dates import write_day, write_moment
from web.i18n import Language

BY_HAND: Final = ("editor", "owner")
NAMED_DAYS: Final = 4
"""So many dates are named, more are counted."""
_NOT_FROM_HERE: Final = ("publish", "split", "undo")
"""What a tap in a list does not take back: an event that was made, and an Undo, which would only do it again."""


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One change. `undo` is the id of its audit entry where it can be undone from here."""

    what: str
    about: str
    when: str
    who: str
    undone: bool
    undo: int


def lines(entries: Iterable[Entry], language: Language, *, today: date) -> list[HistoryLine]:
    """The changes in words, in the order given."""
    return [
        HistoryLine(
            what=status_words.action(entry.action, language),
            about=_about(entry, language, today=today),
            when=write_moment(entry.at.astimezone(HELSINKI).replace(tzinfo=None), language, today=today),
            who=who(entry, language),
            undone=entry.undone,
            undo=entry.id if entry.undoable and entry.action not in _NOT_FROM_HERE else 0,
        )
        for entry in entries
    ]


def who(entry: Entry, language: Language) -> str:
    """By whom: a colleague's name, else what there is to tell."""
    if entry.role == "city":
        return language.gettext("the city")
    if entry.role == "link":
        return language.gettext("by the link in a letter")
    if entry.role in BY_HAND:
        return colleague(entry.person, language)
    return language.gettext("by itself")


def colleague(name: str, language: Language) -> str:
    """Somebody of the same association: her name, where she has told it."""
    return language.isolated(name) if name else language.gettext("a colleague")


def _about(entry: Entry, language: Language, *, today: date) -> str:
    parts = []
    if entry.days:
        if len(entry.days) <= NAMED_DAYS:
            parts += [write_day(day, language, today=today) for day in entry.days]
        else:
            count = language.ngettext("{n} date", "{n} dates", len(entry.days))
            parts.append(count.format(n=len(entry.days)))
    if entry.reason in REASONS:
        parts.append(label(language, "reason", entry.reason))
    if entry.action == "edit":
        parts += changed(entry.fields, language)
    return language.pgettext("list", ", ").join(parts)


def changed(fields: Iterable[str], language: Language) -> list[str]:
    """What an edit changed, each kind of it once."""
    _ = language.gettext
    known = {
        "text": _("texts"),
        "schedule": _("time"),
        "date": _("time"),
        "place_id": _("place"),
        "online": _("place"),
        "online_url": _("place"),
        "price": _("price"),
        "prices": _("price"),
        "registration": _("sign-up"),
        "promises": _("languages"),
        "no_language": _("languages"),
        "image": _("picture"),
        "access": _("access"),
    }
    return list(dict.fromkeys(known.get(name.partition(".")[0], _("other facts")) for name in fields))
