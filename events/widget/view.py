"""An embedded list ready to show: the listing, or what comes next where it is empty, in the reader's words. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from babel.numbers import format_decimal

from events import sentences
from events.filtering.filter_summary import Names, problem_text, summary
from events.filtering.filters import EventFilter
from events.filtering.listing import ListedDate, Listing
from events.filtering.parameters import Problem
from events.presenting.cards import Card, card, days
from events.widget.options import COLOURS, CONTRAST, WidgetOptions
from web.i18n import Language

SUGGESTED: Final = 3
DEEPEST_HEADING: Final = 6


@dataclass(frozen=True, slots=True)
class WidgetLine:
    """One event: its card, its beginning for programs, and day and hours in one line."""

    card: Card
    moment: str
    when: str


@dataclass(frozen=True, slots=True)
class WidgetDay:
    """The events under one day."""

    heading: str
    lines: tuple[WidgetLine, ...]


@dataclass(frozen=True, slots=True)
class WidgetView:
    """What a widget shows. `empty` says that nothing was found; `days` then hold what comes next, if anything does.

    `day_tag` is the element of the headings inside: a paragraph where no level is left. `new_tab` is the warning
    behind each link, empty where links stay in this tab.
    """

    heading: str
    level: int
    day_tag: str
    days: tuple[WidgetDay, ...]
    empty: str
    more_href: str
    new_tab: str
    notices: tuple[str, ...]


def heading_of(filter_: EventFilter, language: Language, names: Names, *, today: date) -> str:
    """What a list of other pages is called where its editor gave it no name."""
    sentence = summary(filter_, language, names, today=today)
    return sentence if filter_.is_empty else " · ".join((language.gettext("Events and hobbies"), sentence))


def widget_view(
    listing: Listing,
    coming: Listing | None,
    options: WidgetOptions,
    language: Language,
    names: Names,
    problems: Sequence[Problem] = (),
) -> WidgetView:
    """The view of a listing; `coming` is what to show where it is empty."""
    level = int(options.heading_level)
    shown = listing if listing.entries else coming
    query = (shown or listing).filter.to_query()
    href = f"/{language.code}/events"
    return WidgetView(
        heading=options.heading or heading_of(listing.filter, language, names, today=listing.today),
        level=level,
        day_tag=f"h{level + 1}" if level < DEEPEST_HEADING else "p",
        days=tuple(_days(shown, language)) if shown else (),
        empty="" if listing.entries else _nothing(listing.filter, language),
        more_href=f"{href}?{query}" if query else href,
        new_tab=language.gettext("(opens in a new tab)") if options.target == "_blank" else "",
        notices=tuple(told(problem, language) for problem in problems),
    )


def told(problem: Problem, language: Language) -> str:
    """What to say of a value that could not be read."""
    known: Mapping[str, str] = {
        "limit": language.gettext("“{value}” is not a number of events. Write a number from 1 to 100."),
        "colour": language.gettext("“{value}” is not a colour. Write it like this: #{example}."),
        "contrast": (
            language.gettext(
                "Text cannot be read on this background: the contrast is {value}, at least {needed} is needed."
            )
            if problem.parameter == "text"
            else language.gettext(
                "Links cannot be read on this background: the contrast is {value}, at least {needed} is needed."
            )
        ),
    }
    sentence = known.get(problem.message)
    if sentence is None:
        return problem_text(problem, language)
    value = _decimal(problem.value, language) if problem.message == "contrast" else problem.value
    return sentence.format(
        value=language.isolated(value), needed=_decimal(str(CONTRAST), language), example=COLOURS["link"]
    )


def _decimal(number: str, language: Language) -> str:
    return str(format_decimal(number, locale=language.locale))


def _nothing(filter_: EventFilter, language: Language) -> str:
    if filter_.without_dates() != filter_:
        return language.gettext("Nothing at the chosen time.")
    return language.gettext("Nothing is coming at the moment.")


def _days(listing: Listing, language: Language) -> list[WidgetDay]:
    headings = [day.heading for day in days(listing, language)]
    return [
        WidgetDay(heading, tuple(_line(entry, language, listing.today) for entry in entries))
        for heading, (_, entries) in zip(headings, listing.days, strict=True)
    ]


def _line(entry: ListedDate, language: Language, today: date) -> WidgetLine:
    event, one = entry.event, entry.shown
    shown = card(entry, language, today=today)
    start = one.local_start
    return WidgetLine(
        card=shown,
        moment=start.date().isoformat() if event.schedule.all_day else start.isoformat(timespec="minutes"),
        when=sentences.when(event, one, language, today=today) if start.date() == entry.day else shown.hours,
    )
