"""Work in a folder that all processes of a test run share."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def alone_with(file: Path) -> Iterator[None]:
    """Hold a file until the block ends; other processes that want it wait. The system lets go of it for the dead."""
    with file.open("r+b") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield
