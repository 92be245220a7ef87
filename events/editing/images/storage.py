"""Storage of pictures on disk and in the database: stored, described, removed when nothing refers to them.

A file is written whole before the row that names it, and removed after the row is gone: what is killed in between
leaves a file too many, never one too few.
"""

import asyncio
import os
import re
import tempfile
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from tortoise.transactions import in_transaction

from events.domain import vocabulary
from events.editing.errors import EditRefused
from events.editing.images.processing import Prepared, file_name, prepare, widths_of
from events.storage.models import Event, Image
from web.cleaning import clean_line
from web.database.connection import fetch

ALTERNATIVE: Final = 250
CREDIT: Final = 120
LICENCE: Final = 40
GRACE: Final = timedelta(hours=24)
"""How long a picture that nothing refers to is kept: its form may still be open."""
NAME: Final = re.compile(r"([0-9a-f]{64})-([0-9]{1,4})\.webp")
"""The name of a file: the digest of the picture, and its width."""
_LEFTOVER: Final = ".part"
_worker: Final = ThreadPoolExecutor(max_workers=1, thread_name_prefix="images")
"""One picture at a time: a large one takes a quarter of a gigabyte while it is decoded."""


@dataclass(frozen=True, slots=True)
class Description:
    """What is said of a picture: an alternative per language, or that it is decoration; by whom, under what terms."""

    decorative: bool = False
    alternatives: Mapping[str, str] = field(default_factory=dict)
    credit: str = ""
    licence: str = ""


async def take_in(content: bytes, *, organisation_id: int | None, folder: Path, now: datetime) -> Image:
    """Prepare a picture, store its files, and return its new row. Raises `ImageRefused`."""
    prepared = await asyncio.get_running_loop().run_in_executor(_worker, _prepared_and_kept, content, folder)
    return await Image.create(
        organisation_id=organisation_id,
        digest=prepared.digest,
        width=prepared.width,
        height=prepared.height,
        created=now,
    )


async def describe(image_id: int, said: Description, *, now: datetime) -> int:
    """Say what a picture shows; the id of the picture that says so. Raises `EditRefused` for an unknown one.

    One that an event shows keeps its words until the edit with the new ones is accepted: they are said of a second
    one, with the same files.
    """
    texts = {tag: clean_line(text, ALTERNATIVE) for tag, text in said.alternatives.items()}
    async with in_transaction():
        image = await Image.select_for_update().get_or_none(id=image_id)
        if image is None:
            raise EditRefused("image_gone")
        words = {
            "decorative": said.decorative,
            "alternatives": {tag: text for tag, text in texts.items() if text and tag in vocabulary.LANGUAGES},
            "credit": clean_line(said.credit, CREDIT),
            "licence": clean_line(said.licence, LICENCE),
        }
        if all(getattr(image, name) == value for name, value in words.items()):
            return image_id
        if await Event.exists(image_id=image_id):
            image = image.clone()
            image.created = now
        await image.update_from_dict(words).save()
    return int(image.id)


async def remove_unused(folder: Path, *, now: datetime) -> int:
    """Remove the pictures, rows and files, that no event and no proposal has referred to for a day; how many rows.

    Events that were withdrawn keep theirs as long as it can be undone, but nobody is shown it. For a job.
    """
    before = now - GRACE
    rows = await fetch(
        "DELETE FROM image WHERE created < ? AND NOT EXISTS (SELECT 1 FROM event e WHERE e.image_id = image.id)"
        " AND NOT EXISTS (SELECT 1 FROM proposal p WHERE p.image_id = image.id) RETURNING id, digest",
        before,
    )
    kept = {row["digest"] for row in await fetch("SELECT DISTINCT digest FROM image")}
    await asyncio.to_thread(_remove_others, folder, kept, before)
    return len(rows)


def addresses(image: Image, base_url: str = "") -> dict[int, str]:
    """The address of each width of a picture."""
    return {width: f"{base_url}/media/{file_name(image.digest, width)}" for width in widths_of(image.width)}


def _prepared_and_kept(content: bytes, folder: Path) -> Prepared:
    prepared = prepare(content)
    folder.mkdir(parents=True, exist_ok=True)
    for width, name in prepared.names().items():
        _write_whole(folder / name, prepared.files[width])
    return prepared


def _write_whole(target: Path, content: bytes) -> None:
    """Under its name only once it is on the disk; also where it is there already, so that it is not taken for old."""
    handle, part = tempfile.mkstemp(dir=target.parent, suffix=_LEFTOVER)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(part).chmod(0o644)
        Path(part).replace(target)
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise


def _remove_others(folder: Path, kept: Iterable[str], before: datetime) -> None:
    """Files that no row names any more, and halves that were left behind; never a young one, whose row may follow."""
    known = set(kept)
    if not folder.is_dir():
        return
    for path in folder.iterdir():
        named = NAME.fullmatch(path.name)
        ours = path.suffix == _LEFTOVER or (named is not None and named[1] not in known)
        if ours and path.stat().st_mtime < before.timestamp():
            path.unlink(missing_ok=True)
