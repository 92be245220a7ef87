"""The command line: `python -m bench` measures and prints a table; `--quick` takes a minute."""

import argparse
import asyncio
import sys
import time
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import bare
from bench.cases import cases
from bench.measuring import Figures, cold_round, series_round, warm_round, warmed
from bench.report import Result, table
from bench.seeding import Seeded, change, seed
from bench.servers import Server, serving
from main import create_site, database
from web.database.connection import opened
from web.database.migrate import migrate
from web.settings import Settings


def say(text: str) -> None:
    """A line of progress, out of the way of the table."""
    print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)


async def measure(size: int, rounds: int, folder: Path) -> Result:
    """Everything about one size, in a fresh database of its own."""
    file = folder / "bench.db"
    environment = {"DATABASE_URL": f"sqlite://{file}", "BASE_URL": "http://127.0.0.1:8000"}
    settings = Settings.from_environment(environment)
    config = database(settings)
    await migrate(config)
    async with opened(config):
        say(f"N = {size:,}: seeding")
        today = create_site(settings).today()
        seeded = await seed(size, now=datetime.now(UTC), today=today, progress=lambda done: _told(size, done))
        with serving(["main.py", "serve", "--port"], environment, path="/healthz") as app:
            return await _served(size, rounds, seeded, app, file)


async def _served(size: int, rounds: int, seeded: Seeded, app: Server, file: Path) -> Result:
    idle = app.memory()
    turns = count(1)

    async def write() -> None:
        await change(seeded.once, next(turns))

    async def write_series() -> None:
        await change(seeded.series, next(turns))

    await write()
    say(f"N = {size:,}: the first feed, for which every event is written")
    asked = cases(seeded.once.public_id, seeded.another, seeded.today)
    known = {case.name: warmed(app, case)[1] for case in asked}
    bare.save(file.parent, known)
    figures = Figures()
    with serving(["-m", "bench.bare", str(file.parent)], {}, path="/list") as limit:
        for number in range(rounds):
            say(f"N = {size:,}: round {number + 1} of {rounds}")
            await warm_round(figures, known, asked, app, limit)
            await cold_round(figures, known, asked, app, limit, write)
            await series_round(figures, write_series)
    stored = sum(path.stat().st_size for path in file.parent.glob("bench.db*"))
    return Result(asked, figures, idle, app.memory(), len(known["full"].body), stored)


def _told(size: int, done: int) -> None:
    if done % 1000 == 0:
        say(f"N = {size:,}: {done:,} events seeded")


def main() -> None:
    """Measure every size asked for, then print."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--sizes", default="100,1000,10000", help="numbers of events, comma-separated")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--quick", action="store_true", help="two rounds of 100 and 1,000 events")
    given = parser.parse_args()
    sizes = [100, 1000] if given.quick else [int(size) for size in given.sizes.split(",")]
    results = {}
    for size in sizes:
        with TemporaryDirectory(prefix="bench-") as folder:
            results[size] = asyncio.run(measure(size, 2 if given.quick else given.rounds, Path(folder)))
    print(table(results))


if __name__ == "__main__":
    main()
