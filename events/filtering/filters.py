"""The one filter grammar: an immutable `EventFilter` that list, feed, month, widget and print all share.

Repeated keys or commas mean any of (but for `age`: every age named), different keys mean all of. Pure: `today` is an
argument, times are local wall time in Helsinki. The public description is docs/filters.md, held equal to
`PARAMETERS` by a test.
"""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple
from urllib.parse import quote

from events.filtering.parameters import (
    MAXIMUM_PROBLEMS,
    MAXIMUM_REPEATED,
    PARAMETERS,
    READERS,
    AgeRange,
    Problem,
    clean,
)
from web.cleaning import as_code


class Window(NamedTuple):
    """A stretch of local wall time, end exclusive; None is open."""

    start: datetime | None
    end: datetime | None


@dataclass(frozen=True, slots=True)
class EventFilter:
    """Which events, and which of their dates. Equal filters have equal `to_query()`, and the reverse."""

    q: str = ""
    start: date | datetime | None = None
    end: date | datetime | None = None
    when: tuple[str, ...] = ()
    weekday: tuple[int, ...] = ()
    starts_after: time | None = None
    starts_before: time | None = None
    in_language: tuple[str, ...] = ()
    promise: tuple[str, ...] = ()
    translation: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    category: tuple[str, ...] = ()
    activity: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    area: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    organisation: tuple[str, ...] = ()
    age: tuple[AgeRange, ...] = ()
    free: bool | None = None
    registration: tuple[str, ...] = ()
    online: bool | None = None
    access: tuple[str, ...] = ()
    status: tuple[str, ...] = ()

    @classmethod
    def from_query(cls, pairs: Iterable[tuple[str, str]]) -> tuple["EventFilter", tuple[Problem, ...]]:
        """The filter of a query string and what could not be read in it; never raises.

        Unknown parameters are ignored. A malformed value is left out and named as a problem; an unknown
        vocabulary value stays in the filter, where it matches nothing.
        """
        given: dict[str, list[str]] = {}
        for key, value in pairs:
            if key not in PARAMETERS or len(given.get(key, ())) == MAXIMUM_REPEATED:
                continue
            read = clean if PARAMETERS[key] == "words" else _clean_code
            if text := read(value):
                given.setdefault(key, []).append(text)
        problems: list[Problem] = []
        values = {key: READERS[PARAMETERS[key]](key, texts, problems) for key, texts in given.items()}
        found = cls(**{key: value for key, value in values.items() if value is not None})
        if found.start and found.end and _ends_before(found.end, found.start):
            problems.append(Problem("end", given["end"][-1], "end before start"))
            found = replace(found, end=None)
        return found, tuple(dict.fromkeys(problems))[:MAXIMUM_PROBLEMS]

    def to_query(self) -> str:
        """The canonical query string: sorted, comma-joined, defaults omitted; empty for the empty filter."""
        return "&".join(f"{key}={quote(text, safe=',:')}" for key, text in self.pairs())

    def pairs(self) -> list[tuple[str, str]]:
        """The canonical (parameter, value) pairs, as hidden form fields need them."""
        written = ((key, _write(getattr(self, key))) for key in sorted(PARAMETERS))
        return [(key, text) for key, text in written if text]

    def values_of(self, key: str) -> tuple[str, ...]:
        """The values of one parameter as they stand in an address, one by one."""
        value = getattr(self, key)
        if isinstance(value, tuple):
            return tuple(str(item) for item in value)
        return (_write(value),) if _write(value) else ()

    def with_(self, **changes: Any) -> "EventFilter":
        """This filter with some parameters set anew."""
        sorted_changes: dict[str, Any] = {
            key: tuple(sorted(set(value))) if isinstance(value, tuple) else value for key, value in changes.items()
        }
        return replace(self, **sorted_changes)

    def without(self, key: str, value: str | None = None) -> "EventFilter":
        """This filter minus a parameter, or minus one of its values."""
        present = getattr(self, key)
        default: Any = next(field.default for field in fields(self) if field.name == key)
        if value is not None and isinstance(present, tuple):
            left: Any = tuple(item for item in present if str(item) != value)
            return replace(self, **{key: left})
        return replace(self, **{key: default})

    def without_dates(self) -> "EventFilter":
        """The same wishes at any time: no day, weekday or hour."""
        return replace(self, start=None, end=None, when=(), weekday=(), starts_after=None, starts_before=None)

    @property
    def is_empty(self) -> bool:
        """No parameter is set."""
        return self == EventFilter()

    @property
    def says_when(self) -> bool:
        """Start, end or when is given: then exactly that stretch counts, the past too."""
        return bool(self.start or self.end or self.when)

    @property
    def picks_dates(self) -> bool:
        """It depends on a date and not only on the event; a feed still carries whole events then."""
        return bool(self.says_when or self.weekday or self.starts_after or self.starts_before or "on" in self.status)

    def windows(self, today: date, default: Window) -> tuple[Window, ...]:
        """The stretches of local time asked for; `default` where none is; none left means nothing matches."""
        if not self.says_when:
            return (default,)
        asked = self._between(today)
        if not self.when:
            return (asked,)
        presets = (preset_window(preset, today) for preset in self.when)
        overlaps = (_intersection(asked, window) for window in presets)
        return tuple(sorted({window for window in overlaps if window is not None}))

    def _between(self, today: date) -> Window:
        start = _midnight(self.start) if self.start else None
        end = None
        if self.end:
            end = self.end if isinstance(self.end, datetime) else _midnight(self.end) + timedelta(days=1)
            if start is None and end > _midnight(today):
                start = _midnight(today)
        return Window(start, end)


def preset_window(preset: str, today: date) -> Window:
    """The days that a value of `when` names, seen from `today`. Weeks begin on Monday (ISO 8601)."""
    monday = today - timedelta(days=today.weekday())
    first, last = {
        "today": (today, today),
        "tomorrow": (today + timedelta(days=1), today + timedelta(days=1)),
        "week": (today, monday + timedelta(days=6)),
        "weekend": (monday + timedelta(days=5), monday + timedelta(days=6)),
        "next-week": (monday + timedelta(days=7), monday + timedelta(days=13)),
        "month": (today, today.replace(day=monthrange(today.year, today.month)[1])),
    }[preset]
    return Window(_midnight(first), _midnight(last) + timedelta(days=1))


def _intersection(one: Window, other: Window) -> Window | None:
    starts = [start for start in (one.start, other.start) if start]
    ends = [end for end in (one.end, other.end) if end]
    start, end = max(starts, default=None), min(ends, default=None)
    return None if start and end and start >= end else Window(start, end)


def _ends_before(end: date | datetime, start: date | datetime) -> bool:
    """A day ends at its end: «from six o'clock, until that day» is a stretch."""
    begins = _midnight(start)
    return end < begins if isinstance(end, datetime) else end < begins.date()


def _midnight(moment: date | datetime) -> datetime:
    return moment if isinstance(moment, datetime) else datetime.combine(moment, time())


def _write(value: Any) -> str:
    match value:
        case None | "" | ():
            return ""
        case True:
            return "1"
        case False:
            return "0"
        case tuple():
            return ",".join(str(item) for item in value)
        case datetime():
            return value.isoformat(timespec="minutes")
        case time():
            return value.strftime("%H:%M")
        case _:
            return str(value)


def _clean_code(text: str) -> str:
    """A value of fixed words, numbers or times: also without unseen signs, digits of any script as 0-9."""
    return as_code(clean(text))
