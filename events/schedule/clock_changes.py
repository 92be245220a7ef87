"""The hours in which the clocks change, which calendar programs read in different ways."""

from datetime import datetime, timedelta

from events.schedule.rrule import HELSINKI


def in_changing_hour(wall: datetime) -> bool:
    """Tell whether a naive local time is skipped or repeated by a clock change."""
    earlier, later = (wall.replace(tzinfo=HELSINKI, fold=fold).utcoffset() for fold in (0, 1))
    return earlier != later


def touches_clock_change(start: datetime, end: datetime) -> bool:
    """Tell whether a date, given in UTC, starts or ends in a changing hour or runs through one.

    Such a date of a series needs an override, since calendar programs disagree about it. The hour after the
    clocks went forward counts as well, since that is where a start in the skipped hour ends up.
    """
    # Clock changes lie months apart, so a look every four weeks misses none.
    looks = range(0, (end - start).days, 28)
    offsets = {_offset(moment) for moment in (*(start + timedelta(days=days) for days in looks), start, end)}
    return len(offsets) > 1 or _is_changing(start) or _is_changing(end)


def _is_changing(moment: datetime) -> bool:
    local = moment.astimezone(HELSINKI).replace(tzinfo=None)
    return in_changing_hour(local) or _offset(moment) != _offset(moment - timedelta(hours=1))


def _offset(moment: datetime) -> timedelta | None:
    return moment.astimezone(HELSINKI).utcoffset()
