"""Foreign programs and parsers in an environment of their own, so that ours stays as it is delivered."""

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

from tests.one_at_a_time import alone_with
from tests.requirements import missing

FOLDER = Path(__file__).parent
REQUIREMENTS = FOLDER / "requirements.txt"
ENVIRONMENT = FOLDER.parent.parent / ".venv-clients"
STAMP = ENVIRONMENT / ".installed"


def program(name: str) -> str:
    """The path of a program of that environment: khal, vdirsyncer, python…"""
    reason = _built()
    if reason:
        missing(reason)
    return str(ENVIRONMENT / "bin" / name)


def read_by(parser: str, feed: bytes) -> Any:
    """What `read_feed.py` prints for one of its parsers."""
    # A machine far from Helsinki, so that nothing is right by its own clock alone.
    done = subprocess.run(
        [program("python"), FOLDER / "read_feed.py", parser],
        env={**os.environ, "TZ": "America/New_York"},
        input=feed,
        capture_output=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)


@cache
def _built() -> str:
    """Build the environment unless it holds what is asked for; why it cannot be, or nothing."""
    with alone_with(REQUIREMENTS):
        return _build()


def _build() -> str:
    wanted = f"{sys.version}\n{REQUIREMENTS.read_text()}"
    if STAMP.is_file() and STAMP.read_text() == wanted:
        return ""
    pip = [str(ENVIRONMENT / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    try:
        subprocess.run(
            [sys.executable, "-m", "venv", "--clear", ENVIRONMENT], capture_output=True, check=True, timeout=120
        )
        subprocess.run([*pip, "--requirement", str(REQUIREMENTS)], capture_output=True, check=True, timeout=600)
    except subprocess.SubprocessError as error:
        return f"the calendar programs cannot be installed (python -m venv, pip): {error}\n{said_by(error)}"
    STAMP.write_text(wanted)
    return ""


def said_by(error: subprocess.SubprocessError) -> str:
    """What a program that failed wrote about it."""
    return (getattr(error, "stderr", None) or b"").decode()
