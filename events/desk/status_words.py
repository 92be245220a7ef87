"""The words of a change of status: the question before it, what follows from it, and the message after it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from events.editing.history import Entry
from web.i18n import Language


def _(message: str) -> str:
    """Mark a message for extraction; it is translated where it is shown."""
    return message


@dataclass(frozen=True, slots=True)
class Question:
    """A page before a change: its title for one date and for everything, what follows, and the button's words."""

    one: str
    whole: str
    follows: str
    button: str = ""


QUESTIONS: Final[Mapping[str, Question]] = {
    "cancellation": Question(
        _("Cancel this time"),
        _("Cancel everything"),
        _(
            "It stays in the calendar and is said to be cancelled, in every language, at once. Phones that subscribe "
            "show it at their next update. Paper, and people who do not look, may not learn of it today: tell them too."
        ),
    ),
    "postponement": Question(
        _("Put off, new time to come"),
        _("Put everything off, new time to come"),
        _("Readers see that it does not take place then, and that a new time will be told. You give it by moving it."),
    ),
    "reinstatement": Question(
        _("It takes place after all"),
        _("It takes place after all"),
        _("Readers see it as planned again. Who has read that it was off may not look again: tell them too."),
        _("It takes place"),
    ),
    "full": Question(
        _("Full"),
        _("Everything is full"),
        _("Readers see that there are no places left. You can say at any time that there are places again."),
        _("Say that it is full"),
    ),
    "places": Question(
        _("Places again"),
        _("Places again"),
        _("Readers see that there are places."),
        _("Say that there are places"),
    ),
    "move": Question(
        _("Move this time"),
        _("Another hour for all coming times"),
        _(
            "Readers see the new time at once, and that it has moved. Phones that subscribe show it at their next "
            "update, often only the next day: tell those who come tomorrow yourself."
        ),
        _("Move"),
    ),
}

DONE: Final[Mapping[str, str]] = {
    "publish": _("It is public now. Residents find it, and read its facts in every language."),
    "edit": _("The change is public now."),
    "split": _("Those dates are an event of their own now, and public."),
    "cancel": _("It is cancelled, and the calendar says so in every language."),
    "postpone": _("It is put off, and the calendar says so in every language."),
    "move": _("It has moved, and the calendar says so in every language."),
    "full": _("The calendar says that it is full."),
    "not_full": _("The calendar says that there are places again."),
    "reinstate": _("It takes place, and the calendar says so."),
    "withdraw": _("It has been taken off the calendar."),
    "confirm": _("Thank you! The page says that it is still on."),
    "undo": _("Undone. It is again as it was before."),
}
LATER: Final = _(
    "Phones that subscribe show it at their next update. Paper, and people who do not look, may not learn of it today."
)
_TOLD_LATER: Final = ("edit", "split", "cancel", "postpone", "move", "reinstate", "withdraw")

ACTIONS: Final[Mapping[str, str]] = {
    "cancel": _("Cancelled"),
    "postpone": _("Put off"),
    "move": _("Moved"),
    "full": _("Said to be full"),
    "not_full": _("Said to have places again"),
    "reinstate": _("Takes place after all"),
    "withdraw": _("Taken off the calendar"),
    "confirm": _("Confirmed: it is still on"),
    "undo": _("The change before was undone"),
    "edit": _("Changed"),
    "split": _("Some dates became an event of their own"),
    "publish": _("Published"),
}


def asked(noun: str, language: Language, *, whole: bool) -> tuple[str, str, str]:
    """(title, what follows, button) of the page before a change."""
    question = QUESTIONS[noun]
    title = question.whole if whole else question.one
    button = language.gettext(question.button) if question.button else ""
    return language.gettext(title), language.gettext(question.follows), button


def done(entry: Entry, language: Language) -> tuple[str, str]:
    """(what was done, what is still to be told) after a change."""
    said = DONE.get(entry.action, "")
    later = language.gettext(LATER) if entry.action in _TOLD_LATER else ""
    return (language.gettext(said) if said else "", later)


def action(name: str, language: Language) -> str:
    """A change as the history names it."""
    return language.gettext(ACTIONS.get(name, ACTIONS["edit"]))
