"""A PostgreSQL cluster of the tests' own, which leaves nothing behind."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import ExitStack
from itertools import count
from pathlib import Path
from typing import Any

from tests.ports import kept_port

START_SECONDS = 30


def find_postgres() -> Path | None:
    """The folder with `initdb` and `postgres`: PG_BIN, else the newest Debian package, else PATH."""
    packaged = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version, reverse=True)
    on_path = shutil.which("initdb")
    candidates = [
        *([Path(os.environ["PG_BIN"])] if os.environ.get("PG_BIN") else packaged),
        *([Path(on_path).resolve().parent] if on_path else []),
    ]
    return next((folder for folder in candidates if (folder / "initdb").exists()), None)


def _version(folder: Path) -> float:
    try:
        return float(folder.parent.name)
    except ValueError:
        return 0


class Cluster:
    """A running server on a free port of the loopback address; its data is not kept safe, so it is fast."""

    def __init__(self, programs: Path) -> None:
        self._programs = programs
        self._names = (f"test_{number}" for number in count(1))
        # PostgreSQL refuses to run as root.
        self._as_user: dict[str, Any] = _unprivileged() if os.geteuid() == 0 else {}
        self.folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))  # a socket's path must be short
        if self._as_user:
            os.chown(self.folder, self._as_user["user"], self._as_user["group"])
        self._kept = ExitStack()
        try:
            self._initialise()
            self.port = self._kept.enter_context(kept_port())
            self._server = self._start()
        except BaseException:
            self._kept.close()
            shutil.rmtree(self.folder, ignore_errors=True)
            raise

    def _initialise(self) -> None:
        command = [self._programs / "initdb", "-D", self.folder / "data", "-A", "trust", "-U", "tests"]
        self._run([*command, "-E", "UTF8", "--locale=C", "--no-sync"])

    def _start(self) -> subprocess.Popen[bytes]:
        options = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=60"]
        command = [self._programs / "postgres", "-D", self.folder / "data", "-p", str(self.port)]
        command += ["-h", "127.0.0.1", "-k", str(self.folder), *(f"-c{option}" for option in options)]
        with (self.folder / "log").open("wb") as log:
            server = subprocess.Popen(command, stdout=log, stderr=log, cwd=self.folder, **self._as_user)
        deadline = time.monotonic() + START_SECONDS
        while not self._answers():
            if server.poll() is not None or time.monotonic() > deadline:
                server.kill()
                server.wait()
                raise RuntimeError(f"PostgreSQL did not start: {(self.folder / 'log').read_text()}")
            time.sleep(0.05)
        return server

    def _answers(self) -> bool:
        return subprocess.run(self._psql("SELECT 1"), capture_output=True, cwd=self.folder).returncode == 0

    def create_database(self, template: str | None = None) -> str:
        """The URL of a new database: empty, or a copy of the one whose name (or URL) is `template`."""
        name = next(self._names)
        like = f' TEMPLATE "{template.rpartition("/")[2]}"' if template else ""
        self._run(self._psql(f'CREATE DATABASE "{name}"{like}'))
        return f"postgres://tests@127.0.0.1:{self.port}/{name}"

    def stop(self) -> None:
        """Stop at once, and remove every trace."""
        self._server.send_signal(signal.SIGQUIT)
        try:
            self._server.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._server.kill()
            self._server.wait()
        self._kept.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _psql(self, statement: str) -> list[str]:
        where = ["-h", "127.0.0.1", "-p", str(self.port), "-U", "tests", "-d", "postgres"]
        return [str(self._programs / "psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1", *where, "-c", statement]

    def _run(self, command: list[Any]) -> None:
        done = subprocess.run(command, capture_output=True, text=True, cwd=self.folder, **self._as_user)
        if done.returncode:
            raise RuntimeError(f"{command[0]} failed: {done.stderr}")


def _unprivileged() -> dict[str, Any]:
    for name in ("postgres", "nobody"):
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    raise RuntimeError("running as root, and there is neither a user postgres nor nobody")
