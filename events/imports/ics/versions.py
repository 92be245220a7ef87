"""Which entries of an iCalendar file count: what is no event, older versions, and the id of each. Pure."""

from collections.abc import Sequence
from hashlib import sha256
from typing import Final

from events.imports.ics.lines import Component
from events.imports.texts import title_of

_NAMELESS: Final = "an entry without a title"
_LONGEST_ID: Final = 200


def unfit(component: Component) -> str:
    """Why this is no event for a public calendar; empty where it is one."""
    if component.kind != "VEVENT":
        return "a task or a note, not an event"
    if not component.complete:
        return "the file breaks off within it"
    return ""


def is_private(component: Component) -> bool:
    """Its owner did not mean it for the public; then no date of its series is."""
    return component.text("CLASS").upper() in ("PRIVATE", "CONFIDENTIAL")


def id_of(component: Component) -> str:
    """The UID; of what was written without one, a stand-in that stays while title and start do."""
    uid = component.text("UID")
    if uid and len(uid) <= _LONGEST_ID:
        return uid
    stand_in = uid or component.written("DTSTART", "SUMMARY")
    return "sha256:" + sha256(stand_in.encode(errors="replace")).hexdigest()


def newest(masters: Sequence[Component]) -> tuple[list[Component], list[Component]]:
    """(entries to take, older versions): the same entry again, or other dates under one UID."""
    highest = max((_sequence(one) for one in masters), default=0)
    by_start: dict[str, Component] = {}
    for component in sorted((one for one in masters if _sequence(one) == highest), key=version_of):
        by_start[component.written("DTSTART")] = component
    kept = [one for one in masters if any(one is chosen for chosen in by_start.values())]
    return kept, [one for one in masters if not any(one is chosen for chosen in kept)]


def _sequence(component: Component) -> int:
    number = component.text("SEQUENCE")
    return int(number) if number.isascii() and number.isdigit() and len(number) < 10 else 0


def version_of(component: Component) -> tuple[int, str]:
    """Grows with every edit of an entry."""
    return _sequence(component), component.text("LAST-MODIFIED")


def name_of(component: Component) -> str:
    """What a person will know the entry by."""
    title = title_of(component.text("SUMMARY"))[0] or _NAMELESS
    day = component.text("DTSTART")[:8]
    return f"{title} ({day[:4]}-{day[4:6]}-{day[6:]})" if len(day) == 8 and day.isdigit() else title
