"""Reconfirmation («Is it still on?»): one letter to each person of an association, about all of its events that nobody
has confirmed for long."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any, Final

from tortoise.transactions import in_transaction

from events.desk.status.reconfirmation_letter import Asked, letter
from events.domain.event import Event
from events.editing.reconfirmations import EXPIRES, Due, ask, due
from events.presenting.cards import title
from events.schedule.recurrence import HELSINKI
from events.storage.loading import load_events
from organisations.people import language_for
from web.database.connection import fetch
from web.dates import write_moment
from web.i18n import Language
from web.jobs import Work
from web.mail.outbox import queue
from web.site import LOCAL_ZONE, Site

MOST_AT_ONCE: Final = 12
"""Events in one letter; the others are asked about the day after."""
BETWEEN: Final = "."
"""Between the secrets of one link."""


async def ask_whether_still_on(site: Site, _payload: Mapping[str, Any], now: datetime) -> None:
    """Write to the people of every association that has silent events. One transaction an association."""
    waiting = sorted(await due(now=now, limit=2_000), key=lambda one: (one.organisation_id, one.next_start))
    for organisation_id, group in groupby(waiting, key=lambda one: one.organisation_id):
        async with in_transaction():
            await _ask_one(site, organisation_id, list(group)[:MOST_AT_ONCE], now)


async def _ask_one(site: Site, organisation_id: int, asked: list[Due], now: datetime) -> None:
    people = await fetch(
        "SELECT q.email, q.language, g.name FROM membership m JOIN person q ON q.id = m.person_id"
        " JOIN organisation g ON g.id = m.organisation_id WHERE m.organisation_id = ? ORDER BY q.id",
        organisation_id,
    )
    if not people:
        return
    events = await load_events([one.event_id for one in asked], with_dates=False)
    link = BETWEEN.join([await ask(one.event_id, now=now) for one in asked])
    for person in people:
        language = language_for(site, person["language"])
        lines = [_line(events[one.event_id], one, language, now) for one in asked]
        written = letter(
            person["name"],
            lines,
            f"{site.settings.base_url}/{language.code}/confirmations/{link}",
            until=(now + EXPIRES).astimezone(LOCAL_ZONE).date(),
            settings=site.settings,
            language=language,
        )
        await queue(person["email"], written, now=now, expires=now + EXPIRES)


def _line(event: Event, one: Due, language: Language, now: datetime) -> Asked:
    start = one.next_start.astimezone(HELSINKI).replace(tzinfo=None)
    today = now.astimezone(LOCAL_ZONE).date()
    return Asked(title(event, language).text, write_moment(start, language, today=today))


WORKS: Final = (Work("still-on", ask_whether_still_on, every=timedelta(days=1)),)
