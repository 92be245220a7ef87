"""The dates of a series as its page lists them: the next ones, the rest folded away, all of them on request. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from events import sentences
from events.domain.dates import EventDate
from events.domain.event import Event
from events.presenting.cards import event_href, state
from events.presenting.shown_date import ShownDate
from web.i18n import Language

NEXT: Final = 8
"""The dates that stand open to every reader."""
FOLDED: Final = 8
"""Those that one press opens; a season's club fits in. Longer series have the rest on a page of its own."""


@dataclass(frozen=True, slots=True)
class DateLine:
    """One date in the list of a series. `state` is the style of its status."""

    href: str
    when: str
    status: str
    state: str
    current: bool


@dataclass(frozen=True, slots=True)
class Dates:
    """The list: `next` is seen at once, `folded` after a press, `past` where all were asked for.

    `more` says how many `folded` has, `unfolded` that the shown date is among them; `all_text` leads to the whole
    list where there is more to see than here.
    """

    next: tuple[DateLine, ...] = ()
    folded: tuple[DateLine, ...] = ()
    past: tuple[DateLine, ...] = ()
    more: str = ""
    unfolded: bool = False
    all_href: str = ""
    all_text: str = ""


def dates(event: Event, shown: ShownDate, language: Language, *, today: date, everything: bool) -> Dates:
    """The list of a series; empty for an event of one date."""
    if len(event.dates) < 2:
        return Dates()
    writer = _Writer(event, shown, language, today)
    if everything:
        over = (one for one in reversed(event.dates) if one.end <= shown.midnight)
        return Dates(next=writer.lines(shown.upcoming), past=writer.lines(over))
    coming = shown.upcoming or event.dates[-NEXT:]
    folded = writer.lines(coming[NEXT : NEXT + FOLDED])
    left = len(event.dates) > min(len(coming), NEXT + FOLDED)
    count, n = len(event.dates), len(folded)
    return Dates(
        next=writer.lines(coming[:NEXT]),
        folded=folded,
        more=language.ngettext("{n} more date", "{n} more dates", n).format(n=n) if n else "",
        unfolded=any(line.current for line in folded),
        all_href=f"{writer.path}?dates=all" if left else "",
        all_text=language.gettext("All dates: {n}").format(n=count) if left else "",
    )


def date_line(event: Event, one: EventDate, shown: ShownDate, language: Language, *, today: date) -> DateLine:
    """A single line, for what a page says of another date."""
    return _Writer(event, shown, language, today).line(one)


class _Writer:
    """Writes the lines of one event, whose address is the same in all of them."""

    def __init__(self, event: Event, shown: ShownDate, language: Language, today: date) -> None:
        self.event = event
        self.shown = shown
        self.language = language
        self.today = today
        self.path = event_href(event, None, language)

    def lines(self, each: Iterable[EventDate]) -> tuple[DateLine, ...]:
        return tuple(self.line(one) for one in each)

    def line(self, one: EventDate) -> DateLine:
        return DateLine(
            href=f"{self.path}?date={one.original_date}",
            when=sentences.when(self.event, one, self.language, today=self.today),
            status=sentences.status(self.event, one, self.language, today=self.today),
            state=state(self.event, one),
            current=one is self.shown.one,
        )
