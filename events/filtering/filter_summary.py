"""A filter in words: its chips, its sentence, and what is said of a value that could not be read."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Final, NamedTuple

from events.domain import vocabulary
from events.domain.labels import label
from events.filtering.filters import EventFilter
from events.filtering.parameters import Problem
from web.dates import write_date, write_day, write_moment, write_time
from web.i18n import Language

FEED_NAME_LENGTH: Final = 60

Names = Mapping[tuple[str, str], str]
"""(parameter, value) -> name, for the values that only the database can name: places and organisations."""


class Chip(NamedTuple):
    """One value of a filter in the reader's words."""

    parameter: str
    value: str
    text: str


def chips(filter_: EventFilter, language: Language, names: Names, *, today: date) -> list[Chip]:
    """Every value of the filter, in the order of the grammar."""
    found = []
    for parameter, write in _WRITERS.items():
        for value in filter_.values_of(parameter):
            name = names.get((parameter, value))
            found.append(Chip(parameter, value, name or write(value, language, today)))
    return found


def summary(filter_: EventFilter, language: Language, names: Names, *, today: date) -> str:
    """The filter as one sentence: page title and empty state."""
    texts = [chip.text for chip in chips(filter_, language, names, today=today)]
    return " · ".join(texts) or language.gettext("All events and hobbies")


def feed_name(filter_: EventFilter, language: Language, names: Names, *, today: date, site_name: str) -> str:
    """The name a calendar program shows: at most 60 characters, and nothing private.

    Phones are shared, so audiences and peer support are left out; comma, semicolon and backslash are too, since
    some programs show their escapes.
    """
    texts = [
        chip.text
        for chip in chips(filter_, language, names, today=today)
        if chip.parameter != "audience" and not _is_private(chip)
    ]
    name = " · ".join([site_name, *texts])
    for character in ",;\\":
        name = name.replace(character, " ")
    name = " ".join(name.split())
    return name if len(name) <= FEED_NAME_LENGTH else name[: FEED_NAME_LENGTH - 1].rstrip(" ·") + "…"


def problem_text(problem: Problem, language: Language) -> str:
    """What to tell the reader about a value that could not be read, with an example of one that can."""
    return _PROBLEMS[problem.message](language).format(parameter=problem.parameter, value=problem.value)


def _is_private(chip: Chip) -> bool:
    private = {
        "category": vocabulary.SENSITIVE_CATEGORIES,
        "activity": vocabulary.SENSITIVE_ACTIVITIES,
    }
    return chip.parameter == "q" or chip.value in private.get(chip.parameter, ())


def _vocabulary_label(context: str) -> Callable[[str, Language, date], str]:
    return lambda value, language, _today: label(language, context, value)


def _date(sentence: Callable[[Language], str]) -> Callable[[str, Language, date], str]:
    def write(value: str, language: Language, today: date) -> str:
        moment = datetime.fromisoformat(value)
        write_it = write_moment if "T" in value else write_day
        text = write_it(moment, language, today=today)
        return sentence(language).format(date=text)

    return write


def _time(sentence: Callable[[Language], str]) -> Callable[[str, Language, date], str]:
    return lambda value, language, _today: sentence(language).format(
        time=write_time(time.fromisoformat(value), language)
    )


def _weekday(value: str, language: Language, _today: date) -> str:
    monday = date(2024, 1, 1)
    return write_date(monday + timedelta(days=int(value) - 1), "weekday", language)


_WRITERS: Final[Mapping[str, Callable[[str, Language, date], str]]] = {
    "q": lambda value, language, _today: language.gettext("“{words}”").format(words=value),
    "when": _vocabulary_label("when"),
    "start": _date(lambda language: language.gettext("from {date}")),
    "end": _date(lambda language: language.gettext("until {date}")),
    "weekday": _weekday,
    "starts_after": _time(lambda language: language.gettext("starts at {time} or later")),
    "starts_before": _time(lambda language: language.gettext("starts by {time}")),
    "in_language": _vocabulary_label("language"),
    "promise": _vocabulary_label("promise"),
    "translation": lambda value, language, _today: language.gettext("information in: {language}").format(
        language=label(language, "language", value)
    ),
    "language": lambda value, language, _today: language.gettext("{language}: spoken or written").format(
        language=label(language, "language", value)
    ),
    "kind": _vocabulary_label("kind"),
    "category": _vocabulary_label("category"),
    "activity": _vocabulary_label("activity"),
    "audience": _vocabulary_label("audience"),
    "area": _vocabulary_label("area"),
    "place": lambda value, _language, _today: value,
    "organisation": lambda value, _language, _today: value,
    "age": lambda value, language, _today: language.gettext("age {age}").format(age=value.replace("-", "–")),
    "free": lambda _value, language, _today: label(language, "price", "free"),
    "registration": _vocabulary_label("registration"),
    "online": lambda value, language, _today: (
        language.gettext("Online") if value == "1" else language.gettext("On the spot")
    ),
    "access": _vocabulary_label("access"),
    "status": lambda _value, language, _today: language.gettext("Without cancelled ones"),
}

_PROBLEMS: Final[Mapping[str, Callable[[Language], str]]] = {
    "date": lambda language: language.gettext("“{value}” is not a date. Write it like this: 2026-12-31."),
    "time": lambda language: language.gettext("“{value}” is not a time. Write it like this: 17:30."),
    "weekday": lambda language: language.gettext("“{value}” is not a weekday. Monday is 1 and Sunday is 7."),
    "age": lambda language: language.gettext("“{value}” is not an age. Write it like this: 7 or 7-12."),
    "flag": lambda language: language.gettext("“{value}” is not a choice here. Write 1 for yes, 0 for no."),
    "choice": lambda language: language.gettext("“{value}” is not one of the choices."),
    "number": lambda language: language.gettext("“{value}” is not a page number."),
    "end before start": lambda language: language.gettext("The end “{value}” lies before the start."),
}
