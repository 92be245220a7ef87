"""What npm brings for the tests, installed once from `tests/js/package-lock.json`: parsers that read our feeds back."""

import json
import os
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

from tests.clients.environment import said_by
from tests.one_at_a_time import alone_with
from tests.requirements import missing

FOLDER = Path(__file__).parent / "js"
LOCK = FOLDER / "package-lock.json"
STAMP = FOLDER / "node_modules" / ".installed"


def run_script(name: str, given: bytes) -> Any:
    """What a script of `tests/js` prints as JSON when it is given this on standard input."""
    reason = _installed()
    if reason:
        missing(reason)
    # A machine far from Helsinki, so that nothing is right by its own clock alone.
    environment = {**os.environ, "TZ": "America/New_York"}
    done = subprocess.run(
        ["node", f"{name}.mjs"], cwd=FOLDER, env=environment, input=given, capture_output=True, timeout=60
    )
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)


def installed_package(name: str) -> Path:
    """The folder of a package."""
    reason = _installed()
    if reason:
        missing(reason)
    return FOLDER / "node_modules" / name


@cache
def _installed() -> str:
    """Install what the lock says unless that is done; why it cannot be, or nothing."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        return "no Node.js with npm found (apt-get install nodejs npm)"
    with alone_with(LOCK):
        return _install()


def _install() -> str:
    if STAMP.is_file() and STAMP.read_bytes() == LOCK.read_bytes():
        return ""
    try:
        # No package of ours needs a script to install itself, so none may run one.
        subprocess.run(
            ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
            cwd=FOLDER,
            capture_output=True,
            check=True,
            timeout=300,
        )
    except subprocess.SubprocessError as error:
        return f"the packages of tests/js cannot be installed: {error}\n{said_by(error)}"
    STAMP.write_bytes(LOCK.read_bytes())
    return ""
