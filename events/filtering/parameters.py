"""How each filter parameter is read from an address: leniently in form, strictly in meaning.

A reader gets the parameter's name, its raw values and a list to add problems to; it returns the value, or None
where nothing readable was given.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any, Final, NamedTuple

from events.domain import vocabulary
from events.schedule.recurrence import HELSINKI

PARAMETERS: Final[Mapping[str, str]] = {
    "q": "words",
    "start": "date",
    "end": "date",
    "when": "choices",
    "weekday": "weekdays",
    "starts_after": "time",
    "starts_before": "time",
    "in_language": "choices",
    "promise": "choices",
    "translation": "choices",
    "language": "choices",
    "kind": "choices",
    "category": "choices",
    "activity": "choices",
    "audience": "choices",
    "area": "choices",
    "place": "choices",
    "organisation": "choices",
    "age": "age",
    "free": "flag",
    "registration": "choices",
    "online": "flag",
    "access": "choices",
    "status": "choices",
}
"""Every parameter of the grammar and the way its value is read."""

CLOSED: Final[Mapping[str, Sequence[str]]] = {"when": vocabulary.PRESETS, "status": ("on",)}
"""Parameters whose other values are malformed; everywhere else an unknown word just matches nothing."""

LANGUAGE_PARAMETERS: Final = ("in_language", "translation", "language")
MAXIMUM_WORDS: Final = 200
MAXIMUM_VALUES: Final = 50
MAXIMUM_VALUE: Final = 80
MAXIMUM_LINE: Final = MAXIMUM_VALUES * (MAXIMUM_VALUE + 1)
"""Characters of one value in an address: room for every choice that is kept."""
MAXIMUM_REPEATED: Final = 100
"""How many times one key is read."""
MAXIMUM_PROBLEMS: Final = 10
YEARS: Final = range(1970, 2201)
MAXIMUM_AGE: Final = 130

_LANGUAGE_CODES: Final = {code.lower(): code for code in (*vocabulary.LANGUAGES, vocabulary.NO_LANGUAGE)}


class Problem(NamedTuple):
    """A value that could not be read. `message` is a key of `events.filtering.filter_summary.PROBLEMS`."""

    parameter: str
    value: str
    message: str


@dataclass(frozen=True, slots=True, order=True)
class AgeRange:
    """Ages in years, both inclusive; written «7» or «7-12»."""

    low: int
    high: int

    def __str__(self) -> str:
        return str(self.low) if self.low == self.high else f"{self.low}-{self.high}"


def clean(text: str) -> str:
    """One line of bounded length without control, private or unassigned characters."""
    text = text[:MAXIMUM_LINE]
    if not text.isprintable():
        visible = (
            " " if unicodedata.category(character) == "Cc" else character
            for character in text
            if unicodedata.category(character) not in ("Cs", "Co", "Cn")
        )
        text = "".join(visible)
    return " ".join(text.split())


def _read_words(_key: str, texts: Sequence[str], _problems: list[Problem]) -> str:
    return " ".join(texts)[:MAXIMUM_WORDS].strip()


def _read_date(key: str, texts: Sequence[str], problems: list[Problem]) -> date | datetime | None:
    text = texts[-1]
    try:
        moment = _moment(text)
        if moment.year in YEARS:
            return moment
    except (ValueError, OverflowError):
        pass
    problems.append(_problem(key, text, "date"))
    return None


def _moment(text: str) -> date | datetime:
    try:
        return date.fromisoformat(text)
    except ValueError:
        # A «+» in an address arrives as a space.
        return _local(datetime.fromisoformat(re.sub(r"(T.*) (\d\d(?::?\d\d)?)$", r"\1+\2", text)))


def _problem(key: str, text: str, message: str) -> Problem:
    return Problem(key, text[:MAXIMUM_VALUE], message)


def _local(moment: datetime) -> datetime:
    if moment.tzinfo is not None:
        moment = moment.astimezone(UTC).astimezone(HELSINKI).replace(tzinfo=None)
    return moment.replace(second=0, microsecond=0, fold=0)


def _read_time(key: str, texts: Sequence[str], problems: list[Problem]) -> time | None:
    found = re.fullmatch(r"(\d{1,2})(?:[:.](\d{2}))?", texts[-1])
    if found:
        hour, minute = int(found[1]), int(found[2] or 0)
        if hour < 24 and minute < 60:
            return time(hour, minute)
    problems.append(_problem(key, texts[-1], "time"))
    return None


def _read_weekdays(key: str, texts: Sequence[str], problems: list[Problem]) -> tuple[int, ...] | None:
    days = set()
    for value in _split(texts):
        if value in "1234567" and len(value) == 1:
            days.add(int(value))
        else:
            problems.append(_problem(key, value, "weekday"))
    return tuple(sorted(days)) or None


def _read_ages(key: str, texts: Sequence[str], problems: list[Problem]) -> tuple[AgeRange, ...] | None:
    named = set()
    for text in _split(texts):
        age = _age(text)
        if age is None:
            problems.append(_problem(key, text, "age"))
        else:
            named.add(age)
    return tuple(sorted(named)[:MAXIMUM_VALUES]) or None


def _age(text: str) -> AgeRange | None:
    found = re.fullmatch(r"(\d{1,3})(?:\s*[-–]\s*(\d{1,3}))?", text)
    if found is None:
        return None
    low, high = int(found[1]), int(found[2] or found[1])
    return AgeRange(low, high) if low <= high <= MAXIMUM_AGE else None


def _read_flag(key: str, texts: Sequence[str], problems: list[Problem]) -> bool | None:
    flags = {"1": True, "true": True, "0": False, "false": False}
    value = texts[-1].lower()
    if value not in flags:
        problems.append(_problem(key, texts[-1], "flag"))
        return None
    if key == "free" and not flags[value]:
        return None
    return flags[value]


def _read_choices(key: str, texts: Sequence[str], problems: list[Problem]) -> tuple[str, ...] | None:
    chosen = set()
    for value in _split(texts):
        known = _known(key, value)
        if key in CLOSED and known not in CLOSED[key]:
            problems.append(_problem(key, value, "choice"))
        else:
            chosen.add(known)
    return tuple(sorted(chosen)[:MAXIMUM_VALUES]) or None


def _split(texts: Sequence[str]) -> list[str]:
    return [part.strip() for text in texts for part in text.split(",") if part.strip()]


def _known(key: str, value: str) -> str:
    value = value.lower()[:MAXIMUM_VALUE].strip()
    value = vocabulary.ALIASES.get((key, value), value)
    return _LANGUAGE_CODES.get(value.lower(), value) if key in LANGUAGE_PARAMETERS else value


READERS: Final[Mapping[str, Callable[[str, Sequence[str], list[Problem]], Any]]] = {
    "words": _read_words,
    "date": _read_date,
    "time": _read_time,
    "weekdays": _read_weekdays,
    "age": _read_ages,
    "flag": _read_flag,
    "choices": _read_choices,
}
