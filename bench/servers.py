"""A server in a process of its own, and what the kernel says it has used."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from bench.client import Client

ROOT = Path(__file__).resolve().parent.parent
SECONDS_TO_START = 30
SECONDS_TO_STOP = 10


class Server:
    """A running server with a connection to it."""

    def __init__(self, process: int, client: Client) -> None:
        self.client = client
        self._process = Path("/proc") / str(process)

    def processor_seconds(self) -> float:
        """Time on a processor so far, in user and kernel mode, of all threads, to the nanosecond."""
        threads = (self._process / "task").iterdir()
        return sum(int((thread / "schedstat").read_text().split()[0]) for thread in threads) / 1e9

    def memory(self) -> int:
        """Bytes of memory, pages shared with other processes counted in part (PSS)."""
        lines = (self._process / "smaps_rollup").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) * 1024


@contextmanager
def serving(arguments: Sequence[str], environment: Mapping[str, str], *, path: str) -> Iterator[Server]:
    """Run `python ARGUMENTS PORT` until the block ends; `path` is asked to learn that it is up."""
    port = _free_port()
    process = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, *arguments, str(port)], cwd=ROOT, env={**os.environ, **environment}
    )
    try:
        with closing(_connected(process, port, path)) as client:
            yield Server(process.pid, client)
    finally:
        process.terminate()
        try:
            process.wait(SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _connected(process: "subprocess.Popen[bytes]", port: int, path: str) -> Client:
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline and process.poll() is None:
        client = Client(port)
        try:
            client.get(path)
        except OSError:
            client.close()
            time.sleep(0.05)
        else:
            return client
    raise RuntimeError(f"the server did not start on port {port}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
