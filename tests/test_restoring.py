"""What an operator has backed up comes back as it was, and never over something that is there."""

from __future__ import annotations

import asyncio
import io
import tarfile
from pathlib import Path

import pytest

from events.editing.images import storage as media
from events.editing.images.storage import Description
from events.storage.models import Event
from tests.events.editing.hostile_images import JPEG
from tests.people import Calendar, migrated, opened_calendar, weekly
from web.backup import back_up
from web.restore import POSTGRES, SQLITE, restore


def with_picture(calendar: Calendar, folder: Path) -> tuple[str, str]:
    """(public id, digest of the picture) of a weekly club."""
    event = calendar.publish(schedule=weekly(times=3), place_id=calendar.place())
    organisation = calendar.association()

    async def give() -> str:
        now = calendar.clock()
        image = await media.take_in(JPEG, organisation_id=organisation.id, folder=folder, now=now)
        await media.describe(image.id, Description(decorative=True), now=now)
        await Event.filter(public_id=event).update(image_id=image.id)
        return str(image.digest)

    return event, calendar.run(give)


def seen(calendar: Calendar, event: str, digest: str) -> tuple[bytes, bytes, str]:
    """What subscribers and readers get: the feed, the picture, the page."""
    feed, picture = calendar.get("/fi/events.ics"), calendar.get(f"/media/{digest}-400.webp")
    page = calendar.get(f"/ar/events/{event}")
    assert {feed.status_code, picture.status_code, page.status_code} == {200}
    return feed.content, picture.content, page.text


def test_a_site_comes_back_on_another_machine_as_it_was(
    empty_database_url: str, another_database_url: str, tmp_path: Path
) -> None:
    here, there, archive = tmp_path / "here/media", tmp_path / "there/media", tmp_path / "backup.tar.gz"
    asyncio.run(migrated(empty_database_url))
    with opened_calendar(empty_database_url, MEDIA_DIR=str(here)) as calendar:
        event, digest = with_picture(calendar, here)
        back_up(empty_database_url, archive, here)
        before = seen(calendar, event, digest)

    assert restore(another_database_url, archive, there) == 0

    assert sorted(file.name for file in there.iterdir()) == sorted(file.name for file in here.iterdir())
    with opened_calendar(another_database_url, MEDIA_DIR=str(there)) as calendar:
        assert seen(calendar, event, digest) == before
        assert calendar.publish("Toinen")


@pytest.fixture
def archive(migrated_file: Path, tmp_path: Path) -> Path:
    """A backup of a site with nothing in it but one file."""
    folder = tmp_path / "kept"
    folder.mkdir()
    (folder / "a-400.webp").write_bytes(b"RIFF")
    back_up(f"sqlite://{migrated_file}", tmp_path / "backup.tar.gz", folder)
    return tmp_path / "backup.tar.gz"


def packed(path: Path, **contents: bytes) -> Path:
    """An archive with these files; «__» stands for a dot, «_s_» for a slash."""
    with tarfile.open(path, "w:gz") as made:
        for name, content in contents.items():
            member = tarfile.TarInfo(name.replace("__", ".").replace("_s_", "/"))
            member.size = len(content)
            made.addfile(member, io.BytesIO(content))
    return path


def test_nothing_that_is_there_is_written_over(archive: Path, tmp_path: Path) -> None:
    (tmp_path / "old.db").write_bytes(b"old")
    (tmp_path / "full").mkdir()
    (tmp_path / "full/b-400.webp").write_bytes(b"RIFF")

    with pytest.raises(ValueError, match="there is a database at"):
        restore(f"sqlite://{tmp_path / 'old.db'}", archive, tmp_path / "new")
    with pytest.raises(ValueError, match="there are files in"):
        restore(f"sqlite://{tmp_path / 'new.db'}", archive, tmp_path / "full")

    assert ((tmp_path / "old.db").read_bytes(), (tmp_path / "new.db").exists()) == (b"old", False)


def test_a_database_with_tables_is_not_written_over(empty_database_url: str, archive: Path, tmp_path: Path) -> None:
    asyncio.run(migrated(empty_database_url))

    with pytest.raises(ValueError, match="already"):
        restore(empty_database_url, archive, tmp_path / "new")


@pytest.mark.parametrize(
    ("contents", "said"),
    [
        ({}, "holds no database"),
        ({POSTGRES.replace(".", "__"): b"PGDMP"}, "holds database.pgdump, where database.sqlite is needed"),
        ({SQLITE.replace(".", "__"): b"not a database, but long enough to be one" * 50}, "is damaged"),
    ],
)
def test_what_is_no_backup_changes_nothing(tmp_path: Path, contents: dict[str, bytes], said: str) -> None:
    target = tmp_path / "site"
    wrong = packed(tmp_path / "wrong.tar.gz", media_s_a__webp=b"RIFF", **contents)

    with pytest.raises(ValueError, match=said):
        restore(f"sqlite://{target / 'site.db'}", wrong, target / "media")

    assert list(target.iterdir()) == []


@pytest.mark.parametrize("cut", [0, 10, 2_000])
def test_half_an_archive_changes_nothing(archive: Path, tmp_path: Path, cut: int) -> None:
    half, target = tmp_path / "half.tar.gz", tmp_path / "site"
    half.write_bytes(archive.read_bytes()[:cut])

    with pytest.raises(ValueError, match=r"half\.tar\.gz"):
        restore(f"sqlite://{target / 'site.db'}", half, target / "media")

    assert list(target.iterdir()) == []


def test_nothing_but_the_database_and_its_files_is_taken_out(migrated_file: Path, tmp_path: Path) -> None:
    strange = packed(
        tmp_path / "strange.tar.gz",
        **{SQLITE.replace(".", "__"): migrated_file.read_bytes()},
        media_s_a__webp=b"RIFF",
        media_s____s_____s_evil__webp=b"x",
        etc_s_passwd=b"x",
    )
    target = tmp_path / "site"

    restore(f"sqlite://{target / 'site.db'}", strange, target / "media")

    assert sorted(str(path.relative_to(target)) for path in target.rglob("*")) == ["media", "media/a.webp", "site.db"]
