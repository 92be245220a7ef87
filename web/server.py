"""Serving the application in one process until told to stop."""

import logging
from importlib.util import find_spec
from typing import Final

import uvicorn

from web.settings import Settings

QUICKER: Final = ("uvloop", "httptools")
"""Optional parts of the server, without which an answer costs two to three times the processor's time."""
PATIENCE: Final = 20
"""Seconds that running requests are given to finish."""


def serve(settings: Settings, factory: str) -> None:
    """Serve what the factory («module:function») makes; warn where the quick parts of the server are missing."""
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    missing = [name for name in QUICKER if find_spec(name) is None]
    if missing:
        logging.getLogger(__name__).warning("answers will be slow without %s", " and ".join(missing))
    uvicorn.run(
        factory,
        factory=True,
        host=settings.host,
        port=settings.port,
        log_level="warning",
        log_config=None,
        access_log=False,
        server_header=False,
        # Who may say on whose behalf a request comes is a setting of ours.
        proxy_headers=False,
        timeout_graceful_shutdown=PATIENCE,
    )
