"""One archive with a consistent copy of the database and the files beside it, taken while the site runs."""

import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path


def back_up(database_url: str, target: Path, media: Path | None = None) -> int:
    """Write `target` (a .tar.gz) and return 0.

    SQLite is copied with its online backup interface, PostgreSQL dumped by `pg_dump`, which must be installed.
    Nothing acknowledged before the call is missing: the files of `media` are packed after the database, so that
    every one a row names is there. The archive appears under its name only when it is whole.
    Raises ValueError with one line where the target exists or the database cannot be read.
    """
    if target.exists():
        raise ValueError(f"{target} exists already: give a new name")
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        copy = _sqlite(database_url, Path(folder)) or _postgres(database_url, Path(folder))
        archive = Path(folder) / "archive.tar.gz"
        with tarfile.open(archive, "w:gz") as packed:
            packed.add(copy, arcname=copy.name)
            _add_files(packed, media)
        archive.replace(target)
    print(f"{target}: {target.stat().st_size} bytes, {datetime.now(UTC):%Y-%m-%d %H:%M} UTC")
    return 0


def _add_files(packed: tarfile.TarFile, media: Path | None) -> None:
    """Pack the whole files of a folder under «media/»; one that is removed meanwhile is not missed."""
    if media is None or not media.is_dir():
        return
    for file in sorted(media.iterdir()):
        if file.is_file() and file.suffix != ".part":
            with suppress(FileNotFoundError):
                packed.add(file, arcname=f"media/{file.name}")


def _sqlite(url: str, folder: Path) -> Path | None:
    if not url.startswith("sqlite://"):
        return None
    source = Path(url.removeprefix("sqlite://"))
    if not source.is_file():
        raise ValueError(f"there is no database at {source}")
    copy = folder / "database.sqlite"
    # Opened read-only, so that a mistyped name is never created; the copy includes what is still in the -wal file.
    with (
        closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)) as reading,
        closing(sqlite3.connect(copy)) as writing,
    ):
        reading.backup(writing)
        writing.execute("PRAGMA journal_mode = DELETE")
        if writing.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise ValueError(f"the database at {source} is damaged")
    return copy


def _postgres(url: str, folder: Path) -> Path:
    program = shutil.which("pg_dump")
    if program is None:
        raise ValueError("pg_dump was not found: install PostgreSQL's client programs")
    copy = folder / "database.pgdump"
    result = subprocess.run(  # noqa: S603 - the program found above, with our own setting
        [program, "--format=custom", f"--file={copy}", url], capture_output=True, text=True, check=False
    )
    if result.returncode:
        raise ValueError(f"pg_dump failed: {result.stderr.strip().splitlines()[-1:]}")
    return copy
