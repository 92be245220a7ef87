"""Restoring an archive that `web.backup` made, into an empty database and folder."""

import asyncio
import os
import re
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
import zlib
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Final

import asyncpg

SQLITE: Final = "database.sqlite"
POSTGRES: Final = "database.pgdump"
_FILE: Final = re.compile(r"media/[A-Za-z0-9_-]+\.[a-z0-9]+")


def restore(database_url: str, source: Path, media: Path) -> int:
    """Bring back what `source` holds and return 0; `migrate` or `serve` then brings it up to date.

    Everything is unpacked and looked through before the first of it appears under its name; PostgreSQL is filled in
    one transaction. An archive of one kind of database is brought back into that kind.
    Raises ValueError with one line, and has changed nothing, where there is something already, where the archive is
    none of ours, or where it is damaged.
    """
    target = Path(database_url.removeprefix("sqlite://")) if database_url.startswith("sqlite://") else None
    _check_empty(database_url, target, media)
    with ExitStack() as kept:
        copy = _unpacked(source, _folder_beside(target or media, kept), {SQLITE if target else POSTGRES})
        files = _unpacked(source, _folder_beside(media, kept), set())
        if target:
            _check_whole(copy / SQLITE)
        else:
            _load(database_url, copy / POSTGRES)
        count = _put(files / "media", media)
        if target:
            _flush(copy / SQLITE)
            (copy / SQLITE).replace(target)
            _flush(target.parent)
    print(f"{source}: the database and {count} files are back")
    return 0


def _folder_beside(path: Path, kept: ExitStack) -> Path:
    """A folder on the same disk, so that what is in it can take its name in one step."""
    path.parent.mkdir(parents=True, exist_ok=True)
    return Path(kept.enter_context(tempfile.TemporaryDirectory(dir=path.parent)))


def _check_empty(database_url: str, target: Path | None, media: Path) -> None:
    if target and any(path.exists() for path in (target, Path(f"{target}-wal"))):
        raise ValueError(f"there is a database at {target} already: restore where there is none")
    if target is None and asyncio.run(_has_tables(database_url)):
        raise ValueError("the database has tables already: restore into an empty one")
    if media.is_dir() and any(media.iterdir()):
        raise ValueError(f"there are files in {media} already: restore where there are none")


async def _has_tables(database_url: str) -> bool:
    try:
        connection = await asyncpg.connect(database_url)
    except (OSError, asyncpg.PostgresError) as error:
        raise ValueError(f"the database cannot be reached: {error}") from None
    try:
        return bool(await connection.fetchval("SELECT COUNT(*) FROM pg_tables WHERE schemaname = 'public'"))
    finally:
        await connection.close()


def _unpacked(source: Path, folder: Path, wanted: set[str]) -> Path:
    """The folder, with the wanted database or else the files of the archive in it; nothing besides is taken out."""
    try:
        with tarfile.open(source, "r:gz") as packed:
            members = [one for one in packed if one.isreg()]
            if wanted:
                _check_kind(source, {one.name for one in members} & {SQLITE, POSTGRES}, wanted)
            taken = [one for one in members if (one.name in wanted if wanted else _FILE.fullmatch(one.name))]
            packed.extractall(folder, taken, filter="data")
    except (OSError, EOFError, zlib.error, tarfile.TarError) as error:
        raise ValueError(f"{source} cannot be read as a backup: {error}") from None
    return folder


def _check_kind(source: Path, found: set[str], wanted: set[str]) -> None:
    if found != wanted:
        held, needed = " and ".join(sorted(found)) or "no database", " ".join(wanted)
        raise ValueError(f"{source} holds {held}, where {needed} is needed")


def _check_whole(copy: Path) -> None:
    with closing(sqlite3.connect(f"{copy.resolve().as_uri()}?mode=ro", uri=True)) as reading:
        try:
            whole = reading.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        except sqlite3.DatabaseError:
            whole = False
    if not whole:
        raise ValueError("the database in the backup is damaged")


def _put(unpacked: Path, media: Path) -> int:
    """Let a folder of files take its name; how many they are."""
    if not unpacked.is_dir():
        return 0
    files = list(unpacked.iterdir())
    for path in (*files, unpacked):
        _flush(path)
    unpacked.replace(media)
    _flush(media.parent)
    return len(files)


def _load(database_url: str, copy: Path) -> None:
    program = shutil.which("pg_restore")
    if program is None:
        raise ValueError("pg_restore was not found: install PostgreSQL's client programs")
    result = subprocess.run(  # noqa: S603 - the program found above, with our own setting
        [program, "--no-owner", "--single-transaction", "--exit-on-error", f"--dbname={database_url}", copy],
        capture_output=True,
        text=True,
        check=False,
    )
    if result.returncode:
        raise ValueError(f"pg_restore failed: {result.stderr.strip().splitlines()[-1:]}")


def _flush(path: Path) -> None:
    """Make the system write a file or a folder to the disk now."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
