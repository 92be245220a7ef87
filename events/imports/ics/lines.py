"""The entries of an iCalendar file as plain property lines, however badly the file was written. Pure.

A file is never parsed as one tree: a broken, endless or deeply nested part then spoils only its own entry, and
the time it takes is bounded by its length.
"""

import quopri
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from icalendar.parser import Contentline

from events.imports.entries import MAXIMUM_BYTES, ImportRefused

MAXIMUM_VALUE: Final = 50_000
MAXIMUM_PROPERTIES: Final = 500
_TEXTS: Final = frozenset({"SUMMARY", "DESCRIPTION", "LOCATION", "X-ALT-DESC"})
_WANTED: Final = _TEXTS | {
    *("UID", "SEQUENCE", "LAST-MODIFIED", "STATUS", "CLASS", "CATEGORIES", "GEO", "URL", "CONFERENCE"),
    *("DTSTART", "DTEND", "DURATION", "RRULE", "EXRULE", "RDATE", "EXDATE", "RECURRENCE-ID"),
    "X-MICROSOFT-CDO-ALLDAYEVENT",
}
_HEADER: Final = frozenset({"X-WR-TIMEZONE", "TZID", "METHOD"})
_ENTRIES: Final = frozenset({"VEVENT", "VTODO", "VJOURNAL"})
_NAME: Final = re.compile(r"([A-Za-z0-9-]{1,60})(?=[;:])")
_LINE_END: Final = re.compile(rb"\r*\n|\r")
_ESCAPED: Final = re.compile(r"\\([nN,;\\:\"])")


class Value(NamedTuple):
    """One property: its value as written, and its parameters by their names in capitals."""

    raw: str
    parameters: Mapping[str, str]

    @property
    def text(self) -> str:
        """The value as TEXT (RFC 5545 3.3.11), with quoted-printable of vCalendar 1.0 decoded."""
        raw = self.raw
        if self.parameters.get("ENCODING", "").upper() == "QUOTED-PRINTABLE":
            raw = _decoded(quopri.decodestring(raw.encode()))
        return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], raw)

    @property
    def texts(self) -> list[str]:
        """The value as a list of TEXT, split at the commas that are not escaped."""
        return [Value(part, self.parameters).text.strip() for part in re.split(r"(?<!\\),", self.raw)]


@dataclass(slots=True)
class Component:
    """One entry of the file. `complete` tells whether its end was met."""

    kind: str
    properties: dict[str, list[Value]] = field(default_factory=dict)
    complete: bool = False

    def first(self, name: str) -> Value | None:
        """The first property of this name."""
        return self.properties[name][0] if name in self.properties else None

    def text(self, name: str) -> str:
        """The first property of this name as text; empty where there is none."""
        value = self.first(name)
        return value.text.strip() if value else ""

    def written(self, *names: str) -> str:
        """These properties as the file writes them, in a fixed order."""
        found = ((name, value) for name in names for value in self.properties.get(name, ()))
        return "\n".join(f"{name};{sorted(value.parameters.items())}:{value.raw}" for name, value in found)


@dataclass(slots=True)
class CalendarFile:
    """The entries of a file, what its header says, and the lines of each VTIMEZONE by its TZID."""

    header: dict[str, str] = field(default_factory=dict)
    zones: dict[str, list[str]] = field(default_factory=dict)
    components: list[Component] = field(default_factory=list)
    too_long: bool = False


def read_lines(content: bytes) -> CalendarFile:
    """Take a file apart; only its first 5 MB. Raises `ImportRefused` if it is no calendar."""
    file = CalendarFile(too_long=len(content) > MAXIMUM_BYTES)
    lines = _unfolded(content[:MAXIMUM_BYTES])
    if not any(line.strip().upper() == "BEGIN:VCALENDAR" for line in lines):
        raise ImportRefused(_what_it_is(content))
    _Reader(file).read(lines)
    return file


class _Reader:
    """Walks through the lines once and keeps only where it stands."""

    def __init__(self, file: CalendarFile) -> None:
        self.file = file
        self.current: Component | None = None
        self.inner: list[str] = []
        self.zone: list[str] | None = None
        self.last = ""

    def read(self, lines: list[str]) -> None:
        for line in lines:
            word = line.strip().upper()
            if word.startswith("BEGIN:"):
                self._begin(word[6:], line)
            elif word.startswith("END:"):
                self._end(word[4:], line)
            elif self.zone is not None:
                self.zone.append(line)
            elif not self.inner:
                self._property(line)

    def _begin(self, kind: str, line: str) -> None:
        if kind in _ENTRIES:
            # An entry inside an entry: the first one was never ended.
            self.current, self.inner, self.zone, self.last = Component(kind), [], None, ""
            self.file.components.append(self.current)
        elif kind == "VTIMEZONE" and self.current is None:
            self.zone = [line]
        elif self.zone is not None:
            self.zone.append(line)
        elif kind != "VCALENDAR" and len(self.inner) < 100:
            self.inner.append(kind)

    def _end(self, kind: str, line: str) -> None:
        if self.zone is not None:
            self.zone.append(line)
            if kind == "VTIMEZONE":
                named = next((part for part in self.zone if part.upper().startswith("TZID")), "")
                self.file.zones.setdefault(named.partition(":")[2].strip().strip('"'), self.zone)
                self.zone = None
        elif self.current is not None and kind == self.current.kind:
            self.current.complete = True
            self.current, self.inner = None, []
        elif kind in self.inner:
            del self.inner[self.inner.index(kind) :]

    def _property(self, line: str) -> None:
        match = _NAME.match(line)
        name = match[1].upper() if match else ""
        # «Huom: …» at the start of a line is text; names of properties are in capitals, or well known.
        is_property = match is not None and (match[1].isupper() or name in _WANTED)
        if self.current is None:
            if name in _HEADER:
                self.file.header.setdefault(name, line.partition(":")[2].strip()[:200])
        elif not is_property:
            self._continue(line)
        else:
            self.last = name
            if name in _WANTED and sum(map(len, self.current.properties.values())) < MAXIMUM_PROPERTIES:
                _add(self.current, name, line)

    def _continue(self, line: str) -> None:
        """A line that is no property is the rest of a text whose breaks were not escaped."""
        if self.current is None or self.last not in _TEXTS or self.last not in self.current.properties:
            return
        values = self.current.properties[self.last]
        if len(values[-1].raw) < MAXIMUM_VALUE:
            values[-1] = values[-1]._replace(raw=f"{values[-1].raw}\\n{line[:MAXIMUM_VALUE]}")


def _add(component: Component, name: str, line: str) -> None:
    try:
        _name, parameters, raw = Contentline(line[: MAXIMUM_VALUE + 2000]).raw_parts()  # type: ignore[no-untyped-call]
        known = {key.upper(): value if isinstance(value, str) else value[0] for key, value in parameters.items()}
    except ValueError:
        # Broken parameters: the value after the first colon is still worth having.
        known, raw = {}, line.partition(":")[2]
    if raw.strip():
        component.properties.setdefault(name, []).append(Value(raw[:MAXIMUM_VALUE], known))


def _unfolded(content: bytes) -> list[str]:
    """Unfold before decoding: old programs fold in the middle of a character."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        content = content.decode("utf-16", errors="replace").encode()
    content = _LINE_END.sub(b"\n", content.removeprefix(b"\xef\xbb\xbf"))
    content = content.replace(b"\n ", b"").replace(b"\n\t", b"")
    return [_decoded(line) for line in content.split(b"\n") if line.strip()]


def _decoded(line: bytes) -> str:
    try:
        return line.decode()
    except UnicodeDecodeError:
        return line.decode("cp1252", errors="replace")


def _what_it_is(content: bytes) -> str:
    beginning = content[:2000].removeprefix(b"\xef\xbb\xbf").strip().lower()
    if not beginning:
        return "The file is empty."
    if beginning.startswith((b"<!doctype html", b"<html", b"<head", b"<?xml")) or b"<html" in beginning:
        return "The file is a web page, not a calendar. Look for «export» or «iCal» on that page."
    if beginning.startswith((b"{", b"[")):
        return "The file is JSON, not an iCalendar file. Is it for import-linked-events?"
    return "The file is not a calendar: it has no line BEGIN:VCALENDAR."
