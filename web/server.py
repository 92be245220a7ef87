"""Serving the application in one process until told to stop."""

import ctypes
import logging
from contextlib import suppress
from importlib.util import find_spec
from typing import Final

import uvicorn

from web.http_protocol import BoundedHttpProtocol
from web.settings import Settings

QUICKER: Final = ("uvloop",)
"""Optional parts of the server, without which an answer costs two to three times the processor's time."""
KEPT_ALIVE: Final = 5
"""Seconds that an answered connection is kept for the next request."""
PATIENCE: Final = 20
"""Seconds that running requests are given to finish."""


M_MMAP_THRESHOLD: Final = -3
M_ARENA_MAX: Final = -8
"""Numbers of glibc's mallopt(3)."""
LARGE_BLOCK: Final = 1024 * 1024


def spare_memory() -> None:
    """Have blocks of megabytes given back when they are freed, and threads share one heap, where glibc is in use.

    By itself glibc begins to keep large blocks once some have come and gone, so that a process grows with them.
    """
    with suppress(AttributeError, OSError):
        allocator = ctypes.CDLL(None)
        allocator.mallopt(M_MMAP_THRESHOLD, LARGE_BLOCK)
        allocator.mallopt(M_ARENA_MAX, 1)


def serve(settings: Settings, factory: str) -> None:
    """Serve what the factory («module:function») makes; warn where the quick parts of the server are missing."""
    spare_memory()
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    missing = [name for name in QUICKER if find_spec(name) is None]
    if missing:
        logging.getLogger(__name__).warning("answers will be slow without %s", " and ".join(missing))
    uvicorn.run(
        factory,
        factory=True,
        host=settings.host,
        port=settings.port,
        http=BoundedHttpProtocol,
        ws="none",
        timeout_keep_alive=KEPT_ALIVE,
        # Its warnings are about what strangers send, a line for each request that is none.
        log_level="error",
        log_config=None,
        access_log=False,
        server_header=False,
        # Who may say on whose behalf a request comes is a setting of ours.
        proxy_headers=False,
        timeout_graceful_shutdown=PATIENCE,
    )
