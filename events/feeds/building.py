"""Building a feed from stored bytes, or from the previous feed with only the changed events written anew."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from events.feeds.body import FeedBody, WrittenEvent
from events.feeds.queries import FeedEntry, changed_for_feed, find_for_feed
from events.feeds.renderings import version, written
from events.filtering.conditions import ActivityLabels
from events.filtering.filters import EventFilter
from web.database.connection import as_utc
from web.i18n import Language

LARGEST_FEED: Final = 1_000_000
"""Google's limit in bytes for a calendar it reads."""
FEED_FORMS: Final = ("feed", "short")
"""feed: facts and the beginning of the summary; short: where a feed would grow too large for Google."""
HEAD: Final = 2_000
"""Bytes of a feed that are no event: name, time zone and the like."""
MOST_PATCHED: Final = 100
"""Changed events up to which a feed is patched. More are as quickly read with all others."""
MORE_IN_USUAL_FORM: Final = 4_096
"""Bytes by which one event may be longer in the usual form than in the short one."""

Frame = tuple[bytes, bytes]


@dataclass(frozen=True, slots=True)
class FeedWish:
    """What a feed is to hold and how. `finish` is done to the bytes of every event."""

    filter: EventFilter
    labels: ActivityLabels
    language: Language
    today: date
    base_url: str
    finish: Callable[[bytes], bytes]

    @property
    def version(self) -> str:
        """What stored bytes must have been written by."""
        return version(self.language, self.base_url)


@dataclass(frozen=True, slots=True)
class MadeFeed:
    """A feed, the form of its events, and by how many bytes their usual form is surely too large, if they are short."""

    body: FeedBody
    form: str
    excess: int

    @property
    def size(self) -> int:
        """Bytes that are kept besides the feed's own."""
        return self.body.size


async def whole_feed(wish: FeedWish, frame: Frame) -> MadeFeed:
    """The feed from what is stored; the short form of all events where the usual one grows too large."""
    head, tail = frame
    # What is stored tells the database which form to choose; what is written only now may prove too large
    # after all, and then only the short form is left.
    for forms in (FEED_FORMS, FEED_FORMS[1:] * 2):
        entries = await find_for_feed(
            wish.filter,
            wish.labels,
            today=wish.today,
            language=wish.language.code,
            forms=forms,
            largest=LARGEST_FEED - HEAD,
            version=wish.version,
        )
        form = entries[0]["form"] if entries else forms[0]
        events = await _written(entries, wish, form=form)
        body = FeedBody.of(head, events, tail)
        if len(body.whole) <= LARGEST_FEED or form != FEED_FORMS[0]:
            break
    excess = entries[0]["usual_size"] - (LARGEST_FEED - HEAD) if entries and form != FEED_FORMS[0] else 0
    return MadeFeed(body, form, excess)


async def patched_feed(before: MadeFeed, wish: FeedWish, frame: Frame, *, since: int) -> MadeFeed | None:
    """The feed of before, made at revision `since` of the same day, brought up to date.

    None where that would take longer than making it whole, or where its events might need their other form.
    """
    head, tail = frame
    rows = await changed_for_feed(
        wish.filter,
        wish.labels,
        today=wish.today,
        language=wish.language.code,
        form=before.form,
        version=wish.version,
        since=since,
        at_most=MOST_PATCHED,
    )
    if len(rows) > MOST_PATCHED:
        return None
    gone = {row["id"] for row in rows}
    events = await _written([row for row in rows if row["belongs"]], wish, form=before.form)
    body = before.body.patched(gone, events, head=head, tail=tail)
    if before.form == FEED_FORMS[0]:
        return replace(before, body=body) if len(body.whole) <= LARGEST_FEED else None
    excess = before.excess - before.body.lengths_of(gone) - MORE_IN_USUAL_FORM * len(gone)
    return replace(before, body=body, excess=excess) if excess > 0 else None


async def _written(entries: Sequence[FeedEntry], wish: FeedWish, *, form: str) -> list[WrittenEvent]:
    bodies = await written(entries, wish.language, form=form, base_url=wish.base_url)
    return [
        WrittenEvent(
            id=entry["id"],
            first_start=int(as_utc(entry["first_start"]).timestamp()),
            uid=entry["uid"].encode(),
            body=wish.finish(bodies[entry["id"]]),
        )
        for entry in entries
        if entry["id"] in bodies
    ]
