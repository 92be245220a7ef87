"""Events as stored bytes: written at first demand, good until the event, the words or the writer change."""

from collections.abc import Iterable, Sequence
from datetime import date
from hashlib import sha256
from typing import Final

from events import ical
from events.conditions import ActivityLabels
from events.filters import EventFilter
from events.loading import load_events
from events.models import Rendering
from events.queries import FeedEntry, find_for_feed
from web.i18n import Language

LARGEST_FEED: Final = 1_000_000
"""Google's limit in bytes for a calendar it reads."""


def version(language: Language, base_url: str) -> str:
    """What a stored rendering depends on besides its event: the writer, the catalogues and the site's address."""
    return sha256(f"{ical.RENDERER_VERSION} {language.fingerprint} {base_url}".encode()).hexdigest()[:32]


async def feed_bodies(
    filter_: EventFilter, labels: ActivityLabels, language: Language, *, today: date, base_url: str
) -> list[bytes]:
    """The bytes of every event of a feed, in its order; the short form of all where the usual one grows too large."""
    bodies: list[bytes] = []
    for form in ("feed", "short"):
        entries = await find_for_feed(
            filter_,
            labels,
            today=today,
            language=language.code,
            form=form,
            version=version(language, base_url),
        )
        bodies = await written(entries, language, form=form, base_url=base_url)
        if sum(map(len, bodies)) <= LARGEST_FEED:
            break
    return bodies


async def written(entries: Sequence[FeedEntry], language: Language, *, form: str, base_url: str) -> list[bytes]:
    """The bytes of these events, those not yet stored written now and kept."""
    missing = [entry for entry in entries if entry.body is None]
    fresh = await _write(missing, language, form=form, base_url=base_url)
    return [fresh[entry.id] if entry.body is None else entry.body for entry in entries]


async def _write(entries: Iterable[FeedEntry], language: Language, *, form: str, base_url: str) -> dict[int, bytes]:
    uids = {entry.id: entry.uid for entry in entries}
    events = await load_events(list(uids), with_dates=True)
    bodies = {
        key: ical.event_body(event, language, form=form, base_url=base_url, uid=uids[key])
        for key, event in events.items()
    }
    if bodies:
        await Rendering.bulk_create(
            [
                Rendering(
                    event_id=key,
                    language=language.code,
                    form=form,
                    input_time=events[key].modified,
                    renderer_version=version(language, base_url),
                    body=body,
                )
                for key, body in bodies.items()
            ],
            on_conflict=("event_id", "language", "form"),
            update_fields=("input_time", "renderer_version", "body"),
        )
    return bodies
