"""Reading the parts of an RRULE value as other programs write them (RFC 5545 3.3.10).

Whatever cannot be read raises `ScheduleError` for the field "rule".
"""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Final

from events.schedule.errors import Problem, check_year, rule_refused

WEEKDAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

_PARTS: Final = frozenset(("FREQ", "INTERVAL", "BYMONTH", "BYMONTHDAY", "BYDAY", "BYSETPOS", "WKST", "UNTIL", "COUNT"))
_NUMBER: Final = re.compile(r"[+-]?[0-9]+")
_WEEKDAY: Final = re.compile(r"([+-]?[0-9]{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
_UNTIL: Final = re.compile(r"([0-9]{8})(T[0-9]{6})?(Z)?")


def read_parts(text: str) -> dict[str, str]:
    """The parts of an RRULE value by name, in any case and with stray spaces."""
    parts: dict[str, str] = {}
    for part in "".join(text.split()).upper().removeprefix("RRULE:").split(";"):
        name, _equals, value = part.partition("=")
        if not part:
            continue
        if not value:
            raise rule_refused(Problem.UNREADABLE, part=_shortened(part))
        if name not in _PARTS:
            raise rule_refused(Problem.UNKNOWN_PART, part=_shortened(name))
        if name in parts:
            raise rule_refused(Problem.REPEATED_PART, part=name)
        parts[name] = value
    return parts


def values_of(parts: Mapping[str, str], name: str) -> list[str]:
    """The comma-separated values of a part; none where it is missing."""
    return parts[name].split(",") if name in parts else []


def numbers_of(parts: Mapping[str, str], name: str) -> tuple[int, ...]:
    """The numbers of a part; none where it is missing."""
    values = values_of(parts, name)
    if not all(_NUMBER.fullmatch(value) for value in values):
        raise rule_refused(Problem.UNREADABLE, part=_shortened(f"{name}={parts[name]}"))
    return tuple(int(value) for value in values)


def number_of(parts: Mapping[str, str], name: str, default: int) -> int:
    """The one number of a part, or the default."""
    numbers = numbers_of(parts, name)
    if len(numbers) > 1:
        raise rule_refused(Problem.UNREADABLE, part=_shortened(f"{name}={parts[name]}"))
    return numbers[0] if numbers else default


def weekday_of(value: str, *, name: str = "BYDAY") -> tuple[int, int]:
    """Read "2TU" as (2, 2) and "TU" as (0, 2); the ordinal zero itself is not one."""
    match = _WEEKDAY.fullmatch(value)
    ordinal = int(match[1] or 0) if match else 0
    if not match or (match[1] and (ordinal == 0 or name == "WKST")):
        raise rule_refused(Problem.UNREADABLE, part=_shortened(f"{name}={value}"))
    return ordinal, WEEKDAYS.index(match[2]) + 1


def until_of(value: str, start: datetime | None, zone: tzinfo) -> date:
    """UNTIL as a local date of `zone`; a moment earlier in its day than the start leaves that day out."""
    match = _UNTIL.fullmatch(value)
    if not match or (match[3] and not match[2]):
        raise rule_refused(Problem.UNREADABLE, part=_shortened(f"UNTIL={value}"))
    written_in = UTC if match[3] else zone
    try:
        moment = datetime.strptime(match[1] + (match[2] or "T000000"), "%Y%m%dT%H%M%S").replace(tzinfo=written_in)
    except ValueError:
        raise rule_refused(Problem.UNREADABLE, part=f"UNTIL={value}") from None
    check_year(moment, "rule")
    if not match[2]:
        return moment.date()
    last = moment.astimezone(zone).date()
    if start is None:
        return last
    begins = (start.astimezone(zone) if start.tzinfo else start).time()
    # Compared as instants: two times in one zone compare by their wall clocks, blind to a clock change.
    excluded = datetime.combine(last, begins, zone).astimezone(UTC) > moment.astimezone(UTC)
    return last - timedelta(days=1) if excluded else last


def _shortened(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"
