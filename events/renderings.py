"""Events as stored bytes: written at first demand, good until the event, the words or the writer change."""

import logging
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from hashlib import sha256
from typing import Final

from tortoise.exceptions import IntegrityError, OperationalError

from events import ical
from events.conditions import ActivityLabels
from events.facts import Event
from events.filters import EventFilter
from events.loading import load_events
from events.models import Rendering
from events.queries import FeedEntry, Standing, find_for_feed
from web.database import fetch
from web.i18n import Language

LARGEST_FEED: Final = 1_000_000
"""Google's limit in bytes for a calendar it reads."""
FEED_FORMS: Final = ("feed", "short")
"""feed: facts and the beginning of the summary; short: where a feed would grow too large for Google."""
HEAD: Final = 2_000
"""Bytes of a feed that are no event: name, time zone and the like."""
WRITTEN_AT_ONCE: Final = 100
"""Events written without letting other requests through."""

UNREADABLE: Final = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
"""What a row raises whose content is not what the program writes; never what a lost database raises."""

logger = logging.getLogger(__name__)


def version(language: Language, base_url: str) -> str:
    """What a stored rendering depends on besides its event: the writer, the catalogues and the site's address."""
    return sha256(f"{ical.RENDERER_VERSION} {language.fingerprint} {base_url}".encode()).hexdigest()[:32]


async def feed_bodies(
    filter_: EventFilter, labels: ActivityLabels, language: Language, *, today: date, base_url: str
) -> list[bytes]:
    """The bytes of every event of a feed, in its order; the short form of all where the usual one grows too large."""
    bodies: list[bytes] = []
    # What is stored tells the database which form to choose; what is written only now may prove too large
    # after all, and then only the short form is left.
    for forms in (FEED_FORMS, FEED_FORMS[1:] * 2):
        entries = await find_for_feed(
            filter_,
            labels,
            today=today,
            language=language.code,
            forms=forms,
            largest=LARGEST_FEED - HEAD,
            version=version(language, base_url),
        )
        form = entries[0]["form"] if entries else forms[0]
        bodies = await written(entries, language, form=form, base_url=base_url)
        size = HEAD + sum(map(len, bodies))
        if size <= LARGEST_FEED or form != FEED_FORMS[0]:
            break
    return bodies


async def event_file_body(event: Standing, language: Language, *, base_url: str) -> bytes | None:
    """The bytes of one event for a file of its own, with its full text; None where it cannot be written."""
    rows = await fetch(
        "SELECT r.body FROM rendering r JOIN event e ON e.id = r.event_id WHERE e.id = ? AND r.language = ?"
        " AND r.form = 'full' AND r.input_time = e.modified AND r.renderer_version = ?",
        event.id,
        language.code,
        version(language, base_url),
    )
    stored = bytes(rows[0]["body"]) if rows else None
    entry = {"id": event.id, "uid": event.uid, "body": stored}
    bodies = await written([entry], language, form="full", base_url=base_url)
    return bodies[0] if bodies else None


async def written(entries: Sequence[FeedEntry], language: Language, *, form: str, base_url: str) -> list[bytes]:
    """The bytes of these events, those not yet stored written now and kept.

    An event that cannot be written is logged and left out: it must not take the others with it.
    """
    missing = [entry for entry in entries if entry["body"] is None]
    fresh: dict[int, bytes] = {}
    for first in range(0, len(missing), WRITTEN_AT_ONCE):
        some = missing[first : first + WRITTEN_AT_ONCE]
        fresh |= await _write(some, language, form=form, base_url=base_url)
    bodies = [fresh.get(entry["id"]) if entry["body"] is None else entry["body"] for entry in entries]
    return [body for body in bodies if body is not None]


async def _write(entries: Iterable[FeedEntry], language: Language, *, form: str, base_url: str) -> dict[int, bytes]:
    uids = {entry["id"]: entry["uid"] for entry in entries}
    bodies: dict[int, bytes] = {}
    rows = []
    for key, event in (await _loaded(list(uids))).items():
        try:
            bodies[key] = ical.event_body(event, language, form=form, base_url=base_url, uid=uids[key])
        except Exception:
            logger.exception("event %s cannot be written and is left out of a feed", event.public_id)
            continue
        rows.append(
            Rendering(
                event_id=key,
                language=language.code,
                form=form,
                input_time=event.modified,
                renderer_version=version(language, base_url),
                body=bodies[key],
            )
        )
    await _keep(rows)
    return bodies


async def _keep(rows: Sequence[Rendering]) -> None:
    """Store what was written. What cannot be stored now is only written again the next time."""
    if not rows:
        return
    try:
        await Rendering.bulk_create(
            rows,
            on_conflict=("event_id", "language", "form"),
            update_fields=("input_time", "renderer_version", "body"),
        )
    except (IntegrityError, OperationalError):
        logger.warning("%d renderings could not be stored", len(rows), exc_info=True)


async def _loaded(ids: Sequence[int]) -> Mapping[int, Event]:
    """The events with these ids; one by one where a broken row keeps them from being read together."""
    try:
        return await load_events(ids, with_dates=True)
    except UNREADABLE:
        found: dict[int, Event] = {}
    for key in ids:
        try:
            found |= await load_events([key], with_dates=True)
        except UNREADABLE:
            logger.exception("event number %d cannot be read and is left out of a feed", key)
    return found
