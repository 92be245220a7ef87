"""The public holidays of Finland, and the eves kept like them, in the reader's words. Pure."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from typing import Final

from holidays import country_holidays

from web.i18n import Language

COUNTRY: Final = "FI"
NAMED_IN: Final = "en_US"
"""The language in which the package names holidays; its names are keys here and never shown."""

NAMES: Final[Mapping[str, Callable[[Language], str]]] = {
    "New Year's Day": lambda language: language.gettext("New Year’s Day"),
    "Epiphany": lambda language: language.gettext("Epiphany"),
    "Good Friday": lambda language: language.gettext("Good Friday"),
    "Easter Sunday": lambda language: language.gettext("Easter Sunday"),
    "Easter Monday": lambda language: language.gettext("Easter Monday"),
    "May Day": lambda language: language.gettext("May Day"),
    "Ascension Day": lambda language: language.gettext("Ascension Day"),
    "Pentecost": lambda language: language.gettext("Pentecost"),
    "Midsummer Eve": lambda language: language.gettext("Midsummer Eve"),
    "Midsummer Day": lambda language: language.gettext("Midsummer Day"),
    "All Saints' Day": lambda language: language.gettext("All Saints’ Day"),
    "Independence Day": lambda language: language.gettext("Independence Day"),
    "Christmas Eve": lambda language: language.gettext("Christmas Eve"),
    "Christmas Day": lambda language: language.gettext("Christmas Day"),
    "Second Day of Christmas": lambda language: language.gettext("Boxing Day"),
}


def holiday(day: date, language: Language) -> str:
    """What is celebrated on a day, in the reader's words; empty on other days."""
    names = (NAMES[key](language) for key in keys_of_year(day.year).get(day, ()) if key in NAMES)
    return language.pgettext("list", ", ").join(names)


@lru_cache(maxsize=16)
def keys_of_year(year: int) -> Mapping[date, tuple[str, ...]]:
    """The holidays of a year, each day with the package's names for it: two feasts can fall together."""
    found = country_holidays(COUNTRY, years=year, language=NAMED_IN)
    return {day: tuple(found.get_list(day)) for day in sorted(found)}
