"""A backup holds every row and every file that a row may name."""

import sqlite3
import tarfile
from contextlib import closing
from pathlib import Path

import pytest

from web.backup import back_up


def database_in(folder: Path) -> str:
    with closing(sqlite3.connect(folder / "site.db")) as made:
        made.execute("CREATE TABLE book (title TEXT)")
        made.execute("INSERT INTO book VALUES ('Kirja')")
        made.commit()
    return f"sqlite://{folder / 'site.db'}"


def names(archive: Path) -> list[str]:
    with tarfile.open(archive) as packed:
        return sorted(packed.getnames())


def test_files_are_packed_beside_the_database_but_no_halves(tmp_path: Path) -> None:
    url, media = database_in(tmp_path), tmp_path / "media"
    media.mkdir()
    (media / "a-400.webp").write_bytes(b"RIFF")
    (media / "tmp123.part").write_bytes(b"RI")

    assert back_up(url, tmp_path / "backup.tar.gz", media) == 0

    assert names(tmp_path / "backup.tar.gz") == ["database.sqlite", "media/a-400.webp"]


@pytest.mark.parametrize("folder", [None, Path("/nowhere/at/all")])
def test_without_files_the_database_alone_is_packed(tmp_path: Path, folder: Path | None) -> None:
    back_up(database_in(tmp_path), tmp_path / "backup.tar.gz", folder)

    assert names(tmp_path / "backup.tar.gz") == ["database.sqlite"]
