"""How much of a repeat rule is stored: at most 730 dates in 24 months, and where a rule cut there ends. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from itertools import chain
from typing import Final, NamedTuple

from dateutil.relativedelta import relativedelta

from events.schedule.rrule import HELSINKI as HELSINKI
from events.schedule.rrule import Rule

MAXIMUM_DATES: Final = 730
MAXIMUM_MONTHS: Final = 24


def horizon(first: date) -> date:
    """The last date that may be stored of a series which begins on this one."""
    return first + relativedelta(months=MAXIMUM_MONTHS)


class Window(NamedTuple):
    """The dates kept, the skipped ones met on the way, and whether the rule has other dates besides."""

    kept: list[date]
    missed: list[date]
    partial: bool

    @property
    def end(self) -> date:
        """The last date that would still have fitted in."""
        return self.kept[-1] if len(self.kept) == MAXIMUM_DATES else horizon(self.kept[0])


def window_of(instances: Iterator[date], skipped: frozenset[date], not_before: date | None) -> Window:
    """Take as many dates as may be stored from the first one, or from `not_before` if all would be over."""
    window, following = _filled(instances, skipped)
    if following is None or not_before is None or window.end >= not_before:
        return window
    current, _after = _filled((day for day in chain([following], instances) if day >= not_before), skipped)
    return current._replace(partial=True) if current.kept else window


def _filled(instances: Iterable[date], skipped: frozenset[date]) -> tuple[Window, date | None]:
    """Fill a window and return the first date that found no room in it, if any."""
    kept: list[date] = []
    missed: list[date] = []
    for day in instances:
        if day in skipped:
            missed.append(day)
        elif kept and (len(kept) == MAXIMUM_DATES or day > horizon(kept[0])):
            return Window(kept, missed, partial=True), day
        else:
            kept.append(day)
    return Window(kept, missed, partial=False), None


def fitted(rule: Rule, window: Window, instances: int, *, was_cut: bool) -> Rule:
    """End the rule with its last kept date where it was cut or its last dates are skipped."""
    last = window.kept[-1]
    if was_cut:
        return replace(rule, until=last, count=None)
    if rule.count is not None:
        return replace(rule, count=instances)
    return replace(rule, until=last) if window.missed and window.missed[-1] > last else rule
