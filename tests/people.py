"""The people and things that tests speak of, made with as few words as a test needs.

The cast: Pulina runs language cafés in the centre, Naapurit makes friends in Kuusankoski. It is the morning of
Tuesday 1 December 2026 in Kouvola unless a test moves the clock.
"""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any

import icalendar
from starlette.testclient import TestClient

from events.domain.dates import DateChange
from events.domain.drafts import EventDraft
from events.domain.texts import Text
from events.editing import publishing as lifecycle
from events.schedule.recurrence import HELSINKI, Schedule
from events.schedule.rrule import Frequency, Rule
from events.storage.models import Event, Place
from main import ROUTES, create_site, database
from organisations.models import Organisation
from web.application import application
from web.cache.response_cache import ResponseCache
from web.database.migrate import migrate
from web.settings import Settings
from web.site import Site

TODAY = date(2026, 12, 1)
NOW = datetime(2026, 12, 1, 7, 0, tzinfo=UTC)
BASE_URL = "http://127.0.0.1:8000"


class Clock:
    """A clock that stands still until a test moves it."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)


def at(text: str) -> datetime:
    """A wall time in Helsinki as a UTC instant: at("2026-12-01 17:30")."""
    return datetime.fromisoformat(text).replace(tzinfo=HELSINKI).astimezone(UTC)


def once(start: str = "2026-12-03 17:30", end: str = "") -> Schedule:
    """One date; two hours long unless told otherwise."""
    begins = datetime.fromisoformat(start)
    return Schedule.once(begins, datetime.fromisoformat(end) if end else begins + timedelta(hours=2))


def all_day(first: str, last: str = "") -> Schedule:
    """Whole days, both inclusive."""
    begins = datetime.fromisoformat(first)
    return Schedule.once(begins, datetime.fromisoformat(last or first) + timedelta(days=1), all_day=True)


def weekly(
    start: str = "2026-12-01 17:30", *, times: int = 8, skipped: tuple[str, ...] = (), hours: float = 1.5
) -> Schedule:
    """Once a week from the first date on."""
    begins = datetime.fromisoformat(start)
    rule = Rule(
        Frequency.WEEKLY, weekdays=((0, begins.isoweekday()),), until=begins.date() + timedelta(weeks=times - 1)
    )
    return Schedule.repeating(
        begins, begins + timedelta(hours=hours), rule, skipped=[date.fromisoformat(day) for day in skipped]
    )


def draft(title: str = "Kielikahvila", **changes: Any) -> EventDraft:
    """What an organiser says: a Finnish language café this Thursday, unless told otherwise.

    `title` is Finnish; `texts` replaces every text. `changed` maps «yyyy-mm-dd» to a DateChange.
    """
    changed: Mapping[str, DateChange] = changes.pop("changed", {})
    known: dict[str, Any] = {
        "kind": "event",
        "category": "language",
        "activities": ("language_cafe",),
        "original_language": "fi",
        "schedule": once(),
        "texts": {"fi": Text(title)},
        "promises": (("fi", "main"),),
        "changes": {date.fromisoformat(day): change for day, change in changed.items()},
    }
    return EventDraft(**{**known, **changes})


class Calendar:
    """A running site with its own database, and the ways a test asks it."""

    def __init__(self, client: TestClient, site: Site, clock: Clock) -> None:
        self.client = client
        self.site = site
        self.clock = clock

    def run(self, work: Callable[..., Awaitable[Any]], *arguments: Any, **named: Any) -> Any:
        """Run a coroutine function where the site's database is open."""

        async def call() -> Any:
            return await work(*arguments, **named)

        portal = self.client.portal
        assert portal is not None
        return portal.call(call)

    def association(self, slug: str = "pulina", name: str = "", **columns: Any) -> Organisation:
        """An approved association; the same one when asked again."""
        known = {
            "name": name or slug.capitalize(),
            "state": "approved",
            "created": NOW,
            "modified": NOW,
            **columns,
        }

        async def get() -> Organisation:
            found, _ = await Organisation.get_or_create(slug=slug, defaults=known)
            return found

        return self.run(get)

    def place(self, name: str = "Pääkirjasto", area: str = "centre", **columns: Any) -> int:
        """A new place; its id."""
        known = {"name": name, "area": area, "city": "Kouvola", **columns}
        saved, _ = self.run(lifecycle.save_place, None, known, now=self.clock())
        return int(saved.id)

    def publish(self, title: str = "Kielikahvila", *, organisation: str = "pulina", **changes: Any) -> str:
        """A public event of an association; its public id."""
        public_id: str = self.run(
            lifecycle.publish,
            draft(title, **changes),
            self.association(organisation),
            now=self.clock(),
            uid_domain="yhdessa.example",
        )
        return public_id

    def rewrite(self, public_id: str, title: str = "Kielikahvila", **changes: Any) -> None:
        """Say everything about an event anew."""
        self.run(lifecycle.rewrite, self.event(public_id).id, draft(title, **changes), now=self.clock())

    def withdraw(self, public_id: str, *, by: str = "city") -> None:
        """Take an event off."""
        self.run(lifecycle.withdraw, self.event(public_id).id, by=by, now=self.clock())

    def rename_place(self, place_id: int, name: str) -> None:
        """Give a place another name."""

        async def rename() -> None:
            place = await Place.get(id=place_id)
            await lifecycle.save_place(place, {"name": name}, now=self.clock())

        self.run(rename)

    def forget_answers(self) -> None:
        """Leave the site with nothing kept, as after a start."""
        state = self.client.app.app.state  # type: ignore[attr-defined]
        state.cache = ResponseCache(state.cache._watch)

    def event(self, public_id: str) -> Event:
        """The stored event."""

        async def get() -> Event:
            return await Event.get(public_id=public_id)

        return self.run(get)

    def get(self, path: str, **headers: str) -> Any:
        """The answer to a GET; header names are written with underscores."""
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.get(path, headers=given, follow_redirects=False)

    def feed(self, path: str) -> icalendar.Calendar:
        """A feed, parsed; it must be a calendar answered with 200."""
        answer = self.get(path)
        assert (answer.status_code, answer.headers["content-type"]) == (200, "text/calendar; charset=utf-8")
        parsed = icalendar.Calendar.from_ical(answer.content)
        assert isinstance(parsed, icalendar.Calendar)
        return parsed


@lru_cache
def furnished_site() -> Site:
    """What every site reads from files, read once for all tests."""
    return create_site(Settings.from_environment({}))


@contextmanager
def opened_calendar(database_url: str, **environment: str) -> Iterator[Calendar]:
    """A site on a migrated database, running until the block ends."""
    settings = Settings.from_environment(
        {"DATABASE_URL": database_url, "BASE_URL": BASE_URL, "UID_DOMAIN": "yhdessa.example", **environment}
    )
    clock = Clock()
    site = replace(furnished_site(), settings=settings, clock=clock)
    with TestClient(application(site, ROUTES, database(settings)), base_url=BASE_URL) as client:
        client.headers.clear()
        client.headers.update({"host": "127.0.0.1:8000", "accept-encoding": "identity"})
        portal = client.portal
        assert portal is not None
        yield Calendar(client, site, clock)


async def migrated(database_url: str) -> None:
    """Bring a database up to date."""
    await migrate(database(Settings.from_environment({"DATABASE_URL": database_url})))
