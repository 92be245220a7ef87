"""Ports for servers that open them themselves, in this process or another, while other tests run beside."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def kept_port() -> Iterator[int]:
    """A port of 127.0.0.1 that is this test's own until the block ends; until a server listens, callers are refused.

    A port that was found free and let go again may be anybody's a moment later: another test's server's, or that of a
    connection on its way out. Bound but not listening, it is given to nobody, and a server that sets SO_REUSEADDR, as
    all of ours do, may still listen on it.
    """
    with socket.socket() as held:
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        held.bind(("127.0.0.1", 0))
        yield held.getsockname()[1]
