"""Which moment a time in an iCalendar file means: IANA, Windows and home-made zones, floating times. Pure."""

import re
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, tzinfo
from typing import Final

from icalendar import Timezone
from icalendar.timezone.tzp import TZP

from events.imports.ics.lines import CalendarFile
from events.schedule.recurrence import HELSINKI

_WRITTEN: Final = re.compile(r"(\d{8})(?:T(\d{4})(\d{2})?(Z)?)?", re.IGNORECASE)
_EXTENDED: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d))?(?:\.\d+)?(Z)?)?", re.IGNORECASE)
_MAXIMUM_ZONE_LINES: Final = 2_000
_HOSTILE_RULE: Final = re.compile(r"(?i)RRULE(?!.*FREQ=YEARLY)|RRULE.*(?:BYHOUR|BYMINUTE|BYSECOND|BYWEEKNO|BYYEARDAY)")
# A provider of our own: the shared one remembers the home-made zones of earlier files.
_PROVIDER: Final = TZP()
FLOATING: Final = "times without a time zone were read as Finnish time"


@dataclass(frozen=True, slots=True)
class Moment:
    """A date, or an aware time in the zone it was written in; what was assumed to get there stands in `note`."""

    at: date | datetime
    note: str = ""

    @property
    def all_day(self) -> bool:
        return not isinstance(self.at, datetime)


@dataclass(slots=True)
class Zones:
    """Resolves the zones that one file names, each once."""

    file: CalendarFile
    _known: dict[str, tzinfo | None] = field(default_factory=dict)

    def moment(self, written: str, parameters: Mapping[str, str]) -> Moment:
        """Read a DATE or DATE-TIME; ValueError if it is neither, or no day of the calendar."""
        text = written.strip()
        compact = _compact(text)
        if compact is None:
            raise ValueError(f"the time «{text[:40]}» cannot be read")
        day, clock, utc = compact
        # The leap second that RFC 5545 allows is nobody's starting time.
        clock = f"{clock[:4]}59" if clock.endswith("60") else clock
        try:
            wall = datetime.strptime(day + (clock or "000000"), "%Y%m%d%H%M%S")  # noqa: DTZ007 - the zone follows
        except ValueError:
            raise ValueError(f"the time «{text[:40]}» does not exist") from None
        if not clock:
            return Moment(wall.date())
        if utc:
            return Moment(wall.replace(tzinfo=UTC))
        zone, note = self._zone(parameters.get("TZID", "").strip().strip('"'))
        return Moment(wall.replace(tzinfo=zone), note)

    def _zone(self, name: str) -> tuple[tzinfo, str]:
        if name and (zone := self._named(name)):
            return zone, ""
        fallback = self.file.header.get("X-WR-TIMEZONE") or self.file.header.get("TZID", "")
        if fallback and (zone := self._named(fallback)):
            return zone, f"the time zone «{name[:60]}» is unknown and was read as {fallback}" if name else ""
        note = f"the time zone «{name[:60]}» is unknown and was read as Finnish time" if name else FLOATING
        return HELSINKI, note

    def _named(self, name: str) -> tzinfo | None:
        if name not in self._known:
            self._known[name] = _looked_up(name) or _home_made(self.file.zones.get(name))
        return self._known[name]


def _compact(text: str) -> tuple[str, str, bool] | None:
    """(yyyymmdd, hhmmss or nothing, whether in UTC), from the basic and the extended form of ISO 8601."""
    if match := _WRITTEN.fullmatch(text):
        return match[1], f"{match[2]}{match[3] or '00'}" if match[2] else "", bool(match[4])
    if match := _EXTENDED.fullmatch(text):
        clock = f"{match[4]}{match[5]}{match[6] or '00'}" if match[4] else ""
        return f"{match[1]}{match[2]}{match[3]}", clock, bool(match[7])
    return None


def _looked_up(name: str) -> tzinfo | None:
    """An IANA or Windows zone, also behind a vendor's prefix."""
    if len(name) > 100:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _PROVIDER.timezone(name)
    except (OSError, ValueError):
        return None


def _home_made(lines: list[str] | None) -> tzinfo | None:
    """The zone that a VTIMEZONE describes, unless reading it could take for ever."""
    if not lines or len(lines) > _MAXIMUM_ZONE_LINES or any(_HOSTILE_RULE.search(line) for line in lines):
        return None
    try:
        component = Timezone.from_ical("\r\n".join([*lines, ""]))
        zone = component.to_tz(_PROVIDER, lookup_tzid=False) if isinstance(component, Timezone) else None
        in_range = (datetime(year, month, 1, tzinfo=zone).utcoffset() for year in (2000, 2026) for month in (1, 7))
        return zone if all(offset is not None for offset in in_range) else None
    except Exception:  # a stranger's file: whatever goes wrong in it, the zone is unknown
        return None
