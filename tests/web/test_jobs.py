"""Work that is done later: once, by whoever is alive, again after a failure."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from tests.people import NOW, Calendar
from web import jobs
from web.jobs import Work, do_due, enqueue, forget_done, in_background
from web.models import Job
from web.site import Site


class Helper:
    """Does work, and keeps count."""

    def __init__(self, *, failing: int = 0) -> None:
        self.done: list[tuple[datetime, Mapping[str, Any]]] = []
        self.failing = failing

    async def __call__(self, _site: Site, payload: Mapping[str, Any], now: datetime) -> None:
        self.done.append((now, payload))
        if self.failing:
            self.failing -= 1
            raise OSError("no")


def stored(calendar: Calendar) -> list[Job]:
    async def find() -> list[Job]:
        return list(await Job.all().order_by("id"))

    found: list[Job] = calendar.run(find)
    return found


def test_work_is_done_once_when_its_time_has_come(calendar: Calendar) -> None:
    helper = Helper()
    later = NOW + timedelta(minutes=5)
    for _ in range(2):
        calendar.run(enqueue, "greet", "greet aino", run_at=later, payload={"who": "Aino"})

    calendar.run(do_due, calendar.site, [Work("greet", helper)])
    assert helper.done == []
    calendar.clock.move(minutes=5)
    for _ in range(2):
        calendar.run(do_due, calendar.site, [Work("greet", helper)])

    assert helper.done == [(later, {"who": "Aino"})]


def test_periodic_work_is_there_once_and_comes_again(calendar: Calendar) -> None:
    helper = Helper()
    work = [Work("tidy", helper, every=timedelta(hours=1))]

    for _ in range(3):
        calendar.run(do_due, calendar.site, work)
    calendar.clock.move(hours=1)
    calendar.run(do_due, calendar.site, work)

    assert [now for now, _ in helper.done] == [NOW, NOW + timedelta(hours=1)]
    assert [job.key for job in stored(calendar)] == ["every tidy"]


def test_two_who_look_at_the_same_moment_do_not_do_it_twice(calendar: Calendar) -> None:
    helper = Helper()

    async def both() -> None:
        for number in range(6):
            await enqueue("greet", f"greet {number}", run_at=NOW, payload={"number": number})
        await asyncio.gather(*(do_due(calendar.site, [Work("greet", helper)]) for _ in range(3)))

    calendar.run(both)

    assert sorted(payload["number"] for _, payload in helper.done) == [0, 1, 2, 3, 4, 5]


def test_a_failure_is_tried_again_later_and_at_last_given_up(calendar: Calendar) -> None:
    helper = Helper(failing=2)
    calendar.run(enqueue, "greet", "greet aino", run_at=NOW)

    for _ in range(10):
        calendar.run(do_due, calendar.site, [Work("greet", helper)])
        calendar.clock.move(minutes=1)
    (job,) = stored(calendar)
    assert ([now - NOW for now, _ in helper.done], job.error) == (
        [timedelta(0), timedelta(minutes=2), timedelta(minutes=6)],
        "",
    )

    hopeless = Helper(failing=99)
    calendar.run(enqueue, "sing", "sing", run_at=NOW)
    for _ in range(24):
        calendar.run(do_due, calendar.site, [Work("sing", hopeless)])
        calendar.clock.move(hours=1)
    assert (len(hopeless.done), stored(calendar)[1].error) == (jobs.MOST_TRIES, "OSError")


def test_work_in_a_dead_hand_is_taken_over(calendar: Calendar) -> None:
    helper = Helper()
    calendar.run(enqueue, "greet", "greet aino", run_at=NOW)
    work = {"greet": Work("greet", helper)}
    assert calendar.run(jobs._claim, work, NOW)["kind"] == "greet"

    calendar.run(do_due, calendar.site, list(work.values()))
    assert helper.done == []
    calendar.clock.move(minutes=11)
    calendar.run(do_due, calendar.site, list(work.values()))

    assert len(helper.done) == 1


def test_finished_work_is_forgotten_after_a_month(calendar: Calendar) -> None:
    calendar.run(enqueue, "greet", "greet aino", run_at=NOW)
    calendar.run(do_due, calendar.site, [Work("greet", Helper())])

    calendar.run(forget_done, now=NOW + timedelta(days=31))

    assert stored(calendar) == []


def test_a_running_site_works_in_the_background_and_stops_at_once(calendar: Calendar) -> None:
    done = asyncio.Event()

    async def tidy(_site: Site, _payload: Mapping[str, Any], _now: datetime) -> None:
        done.set()

    async def live() -> None:
        async with in_background(calendar.site, [Work("tidy", tidy, every=timedelta(hours=1))]):
            await asyncio.wait_for(done.wait(), 20)

    calendar.run(live)

    assert done.is_set()
