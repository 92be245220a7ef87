"""Running a piece of asynchronous Python in several processes at once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
SECONDS = 120


def run_at_once(code: str, *arguments: str, processes: int) -> list[str]:
    """What each process printed; a process that fails or hangs fails the test with its own words."""
    command = [sys.executable, "-c", code, *arguments]
    running = [
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(processes)
    ]
    try:
        results = [process.communicate(timeout=SECONDS) for process in running]
    finally:
        for process in running:
            process.kill()
    assert [process.returncode for process in running] == [0] * processes, [errors for _, errors in results]
    return [printed.strip() for printed, _ in results]
