"""Several rounds of the application and the bare one in turn, and what each request costs in the middle of them."""

import asyncio
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from statistics import median

from bench.cases import Case
from bench.client import Answer
from bench.servers import Server

BYTES_A_BATCH = 40_000_000
REQUESTS_A_BATCH = (10, 400)
COLD_A_ROUND = 4
PAUSE = 0.01
"""Seconds for a server to finish what it does after its answer is out: the kernel counts it when it sleeps."""


@dataclass(slots=True)
class Figures:
    """Seconds of processor time per request, all samples, by case; and of writing."""

    warm: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    warm_bare: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    cold: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    cold_bare: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    write: list[float] = field(default_factory=list)
    series_write: list[float] = field(default_factory=list)

    def warm_times(self, name: str) -> float:
        """The median of warm answers as a multiple of the bare application's."""
        return median(self.warm[name]) / median(self.warm_bare[name])

    def cold_times(self, name: str) -> float:
        """The median of first answers after a change as a multiple of the bare application's single answers."""
        return median(self.cold[name]) / median(self.cold_bare[name])

    def write_times(self, samples: list[float]) -> float:
        """The median of writes as a multiple of the bare application's single answers."""
        return median(samples) / median(self.cold_bare["event"])


def warmed(server: Server, case: Case) -> tuple[Case, Answer]:
    """The case with the tag of now where it needs one, and its answer, which is kept from here on."""
    if case.status == 304:
        tag = server.client.get(case.path).headers["etag"]
        case = replace(case, headers={**case.headers, "If-None-Match": tag})
    return case, server.client.get(case.path, case.headers)


async def warm_round(
    figures: Figures, known: Mapping[str, Answer], cases: Iterable[Case], app: Server, bare: Server
) -> None:
    """A batch of every case, application and bare one in turn. `known` are the answers of the bare one."""
    least, most = REQUESTS_A_BATCH
    for case in cases:
        asked, answer = warmed(app, case)
        count = max(least, min(most, BYTES_A_BATCH // max(len(answer.body), 1)))
        figures.warm[case.name].append(await _cost(app, case.path, asked, answer, count))
        figures.warm_bare[case.name].append(await _cost(bare, f"/{case.name}", asked, known[case.name], count))


async def cold_round(
    figures: Figures,
    known: Mapping[str, Answer],
    cases: Iterable[Case],
    app: Server,
    bare: Server,
    write: Callable[[], Awaitable[None]],
) -> None:
    """Single requests of every case that can be cold, each after a change by this process."""
    for case in (case for case in cases if case.cold):
        for _ in range(COLD_A_ROUND):
            before = time.process_time()
            await write()
            figures.write.append(time.process_time() - before)
            figures.cold[case.name].append(await _cost(app, case.path, case, None, 1))
            figures.cold_bare[case.name].append(await _cost(bare, f"/{case.name}", case, known[case.name], 1))


async def series_round(figures: Figures, write: Callable[[], Awaitable[None]]) -> None:
    """Some saves of a series, by this process."""
    for _ in range(COLD_A_ROUND):
        before = time.process_time()
        await write()
        figures.series_write.append(time.process_time() - before)


async def _cost(server: Server, path: str, case: Case, answer: Answer | None, count: int) -> float:
    """Seconds per request; the answers must be of the case's status, and as long as the given one."""
    length = len(answer.body) if answer else None
    await asyncio.sleep(PAUSE)
    before = server.processor_seconds()
    server.client.repeat(count, path, case.headers, status=case.status, length=length)
    await asyncio.sleep(PAUSE)
    return (server.processor_seconds() - before) / count
