"""Real calendar programs follow an event over real HTTP, from its publication to its end."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socket import socket

import pytest
import uvicorn

from events.domain.dates import DateChange
from tests.clients.programs import Khal, Radicale, Shown, Subscriber, running_radicale, wall
from tests.events.every_kind import every_event, feed
from tests.events.happenings import planned
from tests.people import Calendar, at, once, opened_calendar, weekly

NEIGHBOUR = ("2026-12-04 10:00", "2026-12-04 12:00", "CONFIRMED", "Naapurin ilta")


@pytest.fixture
def served_calendar(migrated_file: Path, tmp_path: Path) -> Iterator[tuple[Calendar, str]]:
    """A running site and the address at which programs reach it; a neighbour's event stands there already."""
    url = f"sqlite://{shutil.copy(migrated_file, tmp_path / 'test.db')}"
    with socket() as listening:
        listening.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        with opened_calendar(url, BASE_URL=address) as calendar:
            calendar.publish("Naapurin ilta", organisation="naapurit", schedule=once("2026-12-04 10:00"))
            # In the loop of the test client, since two applications cannot have their database open in one process.
            server = uvicorn.Server(uvicorn.Config(calendar.client.app, log_level="error", lifespan="off"))
            portal = calendar.client.portal
            assert portal is not None
            serving = portal.start_task_soon(server.serve, [listening])
            try:
                yield calendar, address
            finally:
                server.should_exit = True
                serving.result(20)


@pytest.fixture(params=["khal", "radicale"])
def subscribe(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[str], Subscriber]]:
    """Somebody who subscribes to a feed, once with each program."""
    if request.param == "khal":
        yield lambda feed: Khal(tmp_path, feed)
    else:
        with running_radicale(tmp_path) as server:
            yield lambda feed: Radicale(server, feed)


def taking_place(shown: Shown) -> Shown:
    return [one for one in shown if one[2] != "CANCELLED"]


def test_a_subscriber_sees_what_becomes_of_an_event(
    served_calendar: tuple[Calendar, str], subscribe: Callable[[str], Subscriber]
) -> None:
    calendar, address = served_calendar
    subscriber = subscribe(f"{address}/fi/events.ics")
    schedule = weekly("2026-12-01 17:30", times=4, skipped=("2026-12-15",))
    first = ("2026-12-01 17:30", "2026-12-01 19:00", "CONFIRMED", "Kielikahvila")
    second = ("2026-12-08 17:30", "2026-12-08 19:00", "CONFIRMED", "Kielikahvila")
    last = ("2026-12-22 17:30", "2026-12-22 19:00", "CONFIRMED", "Kielikahvila")

    assert subscriber.look_again() == [NEIGHBOUR]

    event = calendar.publish("Kielikahvila", schedule=schedule)
    assert subscriber.look_again() == sorted([NEIGHBOUR, first, second, last])

    calendar.clock.move(minutes=5)
    calendar.rewrite(event, "Puhekahvila", schedule=schedule)
    first, second, last = ((*one[:3], "Puhekahvila") for one in (first, second, last))
    assert subscriber.look_again() == sorted([NEIGHBOUR, first, second, last])

    calendar.clock.move(minutes=5)
    moved = {"2026-12-08": DateChange(start=at("2026-12-09 18:00"))}
    calendar.rewrite(event, "Puhekahvila", schedule=schedule, changed=moved)
    second = ("2026-12-09 18:00", "2026-12-09 19:30", "CONFIRMED", "UUSI AIKA: Puhekahvila")
    assert subscriber.look_again() == sorted([NEIGHBOUR, first, second, last])

    calendar.clock.move(minutes=5)
    cancelled = {**moved, "2026-12-22": DateChange("cancelled", "illness")}
    calendar.rewrite(event, "Puhekahvila", schedule=schedule, changed=cancelled)
    last = (*last[:2], "CANCELLED", "PERUTTU: Puhekahvila")
    assert subscriber.look_again() == sorted([NEIGHBOUR, first, second, last])

    calendar.clock.move(minutes=5)
    calendar.withdraw(event)
    assert taking_place(subscriber.look_again()) == [NEIGHBOUR]


def test_a_subscriber_sees_events_of_every_kind_when_they_are(subscribe: Callable[[str], Subscriber]) -> None:
    with published(feed()) as address:
        shown = subscribe(address).look_again()

    assert sorted((start, end) for start, end, _, _ in shown) == sorted(
        (wall(start.date()), wall(end.date())) if event.schedule.all_day else (wall(start), wall(end))
        for event in every_event().values()
        for start, end in planned(event)
    )


@contextmanager
def published(content: bytes) -> Iterator[str]:
    """A feed on the web until the block ends; its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/calendar; charset=utf-8")
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/events.ics"
    finally:
        server.shutdown()
        thread.join(20)
        server.server_close()
