"""The import commands: a file and an organisation in, a report out; the exit code says whether it was read."""

import sys
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Final

from events.domain import vocabulary
from events.imports.entries import MAXIMUM_BYTES, Entry, ImportRefused
from events.imports.ics.reader import read_ics
from events.imports.linked_events.reader import read_linked_events, read_places
from events.imports.storing import source_of, take
from events.imports.texts import Labels
from organisations.models import Organisation
from organisations.slugs import RESIDENTS

READ: Final = 0
REFUSED: Final = 2


async def import_ics(
    path: Path,
    *,
    organisation: str,
    language: str,
    now: datetime,
    today: date,
    uid_domain: str,
    labels: Labels,
) -> int:
    """Take the entries of an iCalendar file whose texts are in `language`. The database must be open.

    Prints the report, or one line on the error stream; returns the exit code.
    """
    if language not in vocabulary.LANGUAGES:
        return _refuse(f"Unknown language {language}. Known: {', '.join(vocabulary.LANGUAGES)}")
    return await _import(
        organisation,
        "ics",
        lambda: read_ics(_content(path), language=language, today=today, labels=labels),
        now=now,
        uid_domain=uid_domain,
    )


async def import_linked_events(
    path: Path,
    *,
    organisation: str,
    places: Path | None = None,
    now: datetime,
    uid_domain: str,
    labels: Labels,
) -> int:
    """Take the entries of a Linked Events answer; `places` is an answer with the places that it refers to.

    As `import_ics` in all else.
    """

    def read() -> Sequence[Entry]:
        known = read_places(_content(places)) if places is not None else {}
        return read_linked_events(_content(path), labels=labels, places=known)

    return await _import(organisation, "linked-events", read, now=now, uid_domain=uid_domain)


async def _import(
    slug: str, importer: str, read: Callable[[], Sequence[Entry]], *, now: datetime, uid_domain: str
) -> int:
    register = Organisation.exclude(slug=RESIDENTS)
    publisher = await register.get_or_none(slug=slug)
    if publisher is None:
        slugs = sorted([one.slug for one in await register])
        return _refuse(f"Unknown organisation {slug}. Known: {', '.join(slugs) or 'none yet'}")
    try:
        entries = read()
    except ImportRefused as refused:
        return _refuse(str(refused))
    except OSError as error:
        return _refuse(f"The file cannot be read: {error.strerror or error}")
    report = await take(
        entries,
        publisher,
        source=source_of(importer, slug),
        now=now,
        uid_domain=uid_domain,
        progress=_show if sys.stdout.isatty() else None,
    )
    print("\n".join(report.lines()))
    return READ


def _content(path: Path) -> bytes:
    """One byte more than is read, so that the reader can tell a file that is too long."""
    with path.open("rb") as file:
        return file.read(MAXIMUM_BYTES + 1)


def _show(done: int, total: int) -> None:
    print(f"\r{done}/{total} …", end="\r\033[K" if done == total else "", flush=True)


def _refuse(line: str) -> int:
    print(line, file=sys.stderr)
    return REFUSED
