"""Stored renderings of events: written at first demand, valid until the event, the catalogues or the writer change."""

import logging
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Final

from tortoise.exceptions import IntegrityError, OperationalError

from events.domain.event import Event
from events.feeds import ical
from events.feeds.queries import FeedEntry
from events.filtering.event_queries import Standing
from events.storage.loading import load_events
from events.storage.models import Rendering
from web.database.connection import fetch
from web.i18n import Language

WRITTEN_AT_ONCE: Final = 100
"""Events written without letting other requests through."""

UNREADABLE: Final = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
"""What a row raises whose content is not what the program writes; never what a lost database raises."""

logger = logging.getLogger(__name__)


def version(language: Language, base_url: str) -> str:
    """What a stored rendering depends on besides its event: the writer, the catalogues and the site's address."""
    return sha256(f"{ical.RENDERER_VERSION} {language.fingerprint} {base_url}".encode()).hexdigest()[:32]


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
    return bodies.get(event.id)


async def written(entries: Sequence[FeedEntry], language: Language, *, form: str, base_url: str) -> Mapping[int, bytes]:
    """The bytes of these events by their ids, those not yet stored are written now and stored.

    An event that cannot be written is logged and left out: it must not take the others with it.
    """
    bodies = {entry["id"]: bytes(entry["body"]) for entry in entries if entry["body"] is not None}
    missing = [entry for entry in entries if entry["body"] is None]
    for first in range(0, len(missing), WRITTEN_AT_ONCE):
        some = missing[first : first + WRITTEN_AT_ONCE]
        bodies |= await _write(some, language, form=form, base_url=base_url)
    return {key: body for key, body in bodies.items() if body}


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
