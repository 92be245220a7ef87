"""A real Chromium and a real server for it."""

import asyncio
import os
import shutil
import threading
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from functools import cache, partial
from pathlib import Path
from socket import socket
from tempfile import TemporaryDirectory

import uvicorn

from events.demo import loading as demo
from main import ROUTES, create_site, database
from tests.people import NOW, TODAY, Clock, migrated
from web.application import application
from web.database.connection import opened
from web.settings import Settings

SWITCHES = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)


def find_chromium() -> str | None:
    """The browser to drive: CHROMIUM, else what the path holds."""
    return os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


async def nothing_further() -> None:
    """The demonstration is enough."""


@contextmanager
def demonstration(
    folder: Path, further: Callable[[], Awaitable[None]] = nothing_further, *, laid_on: date = TODAY
) -> Iterator[str]:
    """The demonstration as it looks on the first of December, served until the block ends; its base address.

    `further` puts more into its database before it is served; its first events are in the week after `laid_on`.
    """
    file = folder / "demo.db"
    url = f"sqlite://{file}"
    with ThreadPoolExecutor() as apart:
        # Playwright's own loop may be running in this thread.
        file.write_bytes(apart.submit(_laid_out, laid_on).result())
        apart.submit(asyncio.run, _with_database(url, further)).result()
    with served(url, Clock()) as address:
        yield address


@cache
def _laid_out(laid_on: date) -> bytes:
    """The demonstration's database, made once a process: that takes longer than many a test of it."""

    async def fill() -> None:
        await migrated(url)
        await _with_database(url, partial(demo.load, now=NOW, today=laid_on, uid_domain="yhdessa.example"))

    with TemporaryDirectory() as folder:
        file = Path(folder) / "demo.db"
        url = f"sqlite://{file}"
        asyncio.run(fill())
        return file.read_bytes()


async def _with_database(url: str, work: Callable[[], Awaitable[object]]) -> None:
    async with opened(database(Settings.from_environment({"DATABASE_URL": url}))):
        await work()


@contextmanager
def served(database_url: str, clock: Clock) -> Iterator[str]:
    """The site on a free port of this machine until the block ends; its base address."""
    with socket() as listening:
        listening.bind(("127.0.0.1", 0))
        # Who asks before the server is up waits instead of being refused.
        listening.listen(128)
        base_url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        settings = Settings.from_environment({"DATABASE_URL": database_url, "BASE_URL": base_url})
        app = application(create_site(settings, clock), ROUTES, database(settings))
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="on"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            yield base_url
        finally:
            server.should_exit = True
            thread.join(20)
