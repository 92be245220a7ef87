"""The errors of schedules that cannot be stored, with their messages."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Final

FIRST_YEAR: Final = 2000
LAST_YEAR: Final = 2100


def _(message: str) -> str:
    """Mark a message for extraction; it is translated where it is shown."""
    return message


class Problem(StrEnum):
    """Every message that a `ScheduleError` may carry."""

    TEXT_TOO_LONG = _("The repeat rule is longer than {maximum} characters.")
    UNREADABLE = _("This part of the repeat rule could not be read: {part}.")
    REPEATED_PART = _("The repeat rule says {part} more than once.")
    UNKNOWN_PART = _("The repeat rule uses {part}, which this calendar does not support.")
    MISPLACED_PART = _("The repeat rule uses {part} in a way that is not allowed.")
    FREQUENCY = _("An event can repeat by the day, week, month or year.")
    INTERVAL = _("The interval between repeats must be from 1 to {maximum}.")
    TWO_ENDS = _("Give either the last date or the number of times, not both.")
    ENDLESS = _("Tell when the series ends: give the last date or the number of times.")
    UNTIL_BEFORE_START = _("The last date of the series is before its first date.")
    WITHOUT_DATES = _("There is no date on which this repeat rule would take place.")
    ALL_SKIPPED = _("Every date of the series is skipped. Leave at least one.")
    NO_DATES = _("Choose at least one date.")
    TOO_MANY_DATES = _("A series can have at most {maximum} dates.")
    TOO_FAR = _("The last date can be at most {maximum} months after the first.")
    TOO_LONG = _("It can last at most {maximum} days at a time.")
    END_BEFORE_START = _("The end must be later than the start.")
    WHOLE_DAYS = _("An all-day event starts and ends at midnight.")
    YEAR = _("The year must be from {first} to {last}.")


class ScheduleError(ValueError):
    """A schedule that cannot be kept, told to a person.

    `message` is an English msgid whose named placeholders `values` fill; `field` is what to correct: "start",
    "end", "rule", "dates" or "skipped". `str()` is the English sentence. It can be pickled, since imports run
    in a process of their own.
    """

    def __init__(self, message: str, field: str, values: Mapping[str, object] | None = None) -> None:
        self.message = str(message)
        self.field = field
        self.values: Mapping[str, object] = dict(values or {})
        super().__init__(self.message, field, self.values)

    def __str__(self) -> str:
        return self.message.format(**self.values)


def check_year(day: date, field: str) -> None:
    """Raise `ScheduleError` unless the year is from 2000 to 2100."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ScheduleError(Problem.YEAR, field, {"first": FIRST_YEAR, "last": LAST_YEAR})


def rule_refused(problem: Problem, **values: object) -> ScheduleError:
    """The error for a repeat rule, to be raised."""
    return ScheduleError(problem, "rule", values)
